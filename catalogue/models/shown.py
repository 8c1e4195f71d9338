"""Of which models the public sees the rows, and which rows belong to one practice each."""

from django.apps import apps

from catalogue.models.practice import Practice

SHOWN_APPS = ("catalogue", "networks")
# names of models, by the reason why a change of them changes no page
REBUILT = {"PracticeDocument", "SearchDocument", "PostgresIndex", "SqliteIndex", "VocabularyWord", "SqliteVocabulary"}
REBUILT |= {"SuggestedRecord", "SuggestedName", "SynonymToken"}
COUNTED_OR_CACHED = {"CatalogueVersion", "CatalogueChange", "CodeSequence", "CachedFile", "CachedFilePiece"}
RECEIVED = {"Enquiry", "ImportRun", "ImportedPractice", "TranslationUpload"}
OF_WORKFLOW = {"AdaptationStep", "RecordVersion", "Transition"}
OF_EDITORS = {"AuditEntry", "EditorProfile", "PreviewLink", "UnsavedWork"}
# a withdrawal is shown to harvesters, but never without the change of its practice; a check moves the version by itself
SHOWN_OTHERWISE = {"PublicRecord", "LinkCheck"}
NEVER_SHOWN = REBUILT | COUNTED_OR_CACHED | RECEIVED | OF_WORKFLOW | OF_EDITORS | SHOWN_OTHERWISE


def shown_models():
    """Return the models whose rows the public can see."""
    every = [model for name in SHOWN_APPS for model in apps.get_app_config(name).get_models()]
    return [model for model in every if model.__name__ not in NEVER_SHOWN]


def is_row(model):
    """Whether the records of a model belong to one practice each."""
    return any(field.attname == "practice_id" for field in model._meta.concrete_fields)


def of_practices(model):
    """Whether the records of a model are practices or belong to one; what others hold, several practices may name."""
    return model is Practice or is_row(model)
