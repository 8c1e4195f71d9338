"""Every change of what the public can see moves the version of the catalogue, in the transaction of the change."""

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save

from catalogue.models import (
    AdaptationStep,
    AuditEntry,
    EditorProfile,
    Enquiry,
    ImportedPractice,
    ImportRun,
    LinkCheck,
    Practice,
    PracticeCountry,
    PracticeNetwork,
    PracticeOrganisation,
    PracticeScope,
    RecordVersion,
    Transition,
    TranslationUpload,
    UnsavedWork,
)
from catalogue.models.public_record import PublicRecord
from catalogue.models.search import PostgresIndex, SearchDocument, SqliteIndex, SqliteVocabulary, VocabularyWord
from catalogue.models.sequence import CodeSequence
from catalogue.models.version import CatalogueChange, CatalogueVersion, bump
from networks.records import changed_in_bulk

SHOWN_APPS = ("catalogue", "networks")
# a withdrawal is shown to harvesters, but never without the change of its practice
NEVER_SHOWN = (
    CatalogueVersion,
    CatalogueChange,
    CodeSequence,
    PublicRecord,
    SearchDocument,
    PostgresIndex,
    SqliteIndex,
    VocabularyWord,
    SqliteVocabulary,
    AdaptationStep,
    AuditEntry,
    EditorProfile,
    Enquiry,
    ImportRun,
    ImportedPractice,
    LinkCheck,  # what readers are told of it moves the version by itself
    RecordVersion,
    Transition,
    UnsavedWork,
    TranslationUpload,
)


# rows on which sets and cards are built, and which a change may have taken from another practice
CAN_MOVE = (PracticeNetwork, PracticeCountry, PracticeOrganisation, PracticeScope)


def shown_models():
    """Return the models whose rows the public can see."""
    every = [model for name in SHOWN_APPS for model in apps.get_app_config(name).get_models()]
    return [model for model in every if model not in NEVER_SHOWN]


def connect():
    """Listen to every shown model; one by one, so that other models keep Django's fast deletes."""
    for model in shown_models():
        for signal in (post_save, post_delete, changed_in_bulk):
            signal.connect(moved, sender=model, dispatch_uid="catalogue_version")
        for field in model._meta.local_many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(moved_by_relation, sender=through, dispatch_uid="catalogue_version")


def moved(using, instance=None, created=True, **kwargs):
    """A row was saved or deleted, or several were."""
    bump(using, None if not created and isinstance(instance, CAN_MOVE) else practice_of(instance))


def moved_by_relation(action, using, instance, **kwargs):
    """Terms were added to a record or taken from it."""
    if action.startswith("post_"):
        bump(using, practice_of(instance))


def practice_of(instance):
    """Return the primary key of the one practice that a row tells of; None when it may be of several."""
    return instance.pk if isinstance(instance, Practice) else getattr(instance, "practice_id", None)
