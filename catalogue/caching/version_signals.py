"""Every change of what the public can see moves the version of the catalogue, in the transaction of the change."""

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from catalogue.models import Practice
from catalogue.models.version import bump
from networks.records import changed_in_bulk

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


def connect_version_signals():
    """Listen to every shown model; one by one, so that other models keep Django's fast deletes."""
    for model in shown_models():
        post_save.connect(saved, sender=model, dispatch_uid="catalogue_version")
        post_delete.connect(deleted, sender=model, dispatch_uid="catalogue_version")
        changed_in_bulk.connect(written_in_bulk, sender=model, dispatch_uid="catalogue_version")
        if is_row(model):
            pre_save.connect(before_saving, sender=model, dispatch_uid="catalogue_version")
        for field in model._meta.local_many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(moved_by_relation, sender=through, dispatch_uid="catalogue_version")


def before_saving(sender, instance, using, **kwargs):
    """Note whose row it was: it may be given to another practice."""
    stored = sender._base_manager.using(using).filter(pk=instance.pk).values_list("practice_id", flat=True)
    instance._was_of = set() if instance._state.adding else set(stored)


def saved(using, instance, created, **kwargs):
    """A record was saved; one that a fixture writes again under its key may have been anybody's."""
    before = getattr(instance, "_was_of", set())
    changed = practices_of(instance)
    changed = changed | before if created or before or isinstance(instance, Practice) else ()
    bump(using, changed, shared=not of_practices(type(instance)))


def deleted(using, instance, **kwargs):
    """A record was deleted; with a term its place in practices, of which Django tells nothing."""
    bump(using, practices_of(instance))


def written_in_bulk(sender, using, keys, fields, **kwargs):
    """Several records were written; very many, or others than practices and their rows, may concern every practice."""
    if keys == []:
        return
    if keys and is_row(sender) and fields.isdisjoint({"practice", "practice_id"}):
        keys = sender._base_manager.using(using).filter(pk__in=keys).values_list("practice_id", flat=True)
    elif sender is not Practice:
        keys = None
    bump(using, set(keys or ()), shared=not of_practices(sender))


def moved_by_relation(action, using, instance, **kwargs):
    """Terms were added to a record or taken from it."""
    if action.startswith("post_"):
        bump(using, practices_of(instance))


def is_row(model):
    """Whether the records of a model belong to one practice each."""
    return any(field.attname == "practice_id" for field in model._meta.concrete_fields)


def of_practices(model):
    """Whether the records of a model are practices or belong to one; what others hold, several practices may name."""
    return model is Practice or is_row(model)


def practices_of(instance):
    """Return the primary keys of the practices that a record tells of; none when it may be of every one."""
    key = instance.pk if isinstance(instance, Practice) else getattr(instance, "practice_id", None)
    return {key} - {None}
