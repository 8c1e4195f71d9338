"""Indexes a practice whenever it changes, or a record whose name finds it.

What writes past ``save`` (``update``, ``bulk_create``, SQL) must call ``index.touch`` or `manage.py rebuild_search`.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save

from catalogue.models import Organisation, Practice, SynonymSet, Term
from catalogue.models.ordered import OrderedRow
from catalogue.search import index, name_index, synonyms
from networks.models import Country, Forum, Meeting, Network


def connect_search_signals():
    """Connect to practices, their rows, and the records whose names find them."""
    post_save.connect(_practice_saved, sender=Practice)
    m2m_changed.connect(_terms_changed)
    for row in OrderedRow.__subclasses__():
        post_save.connect(_row_changed, sender=row)
        post_delete.connect(_row_deleted, sender=row)
    for model in (Term, Organisation, Network, Country):
        post_save.connect(_name_changed, sender=model)
    post_save.connect(_synonyms_saved, sender=SynonymSet)
    post_save.connect(_forum_saved, sender=Forum)
    post_delete.connect(_named_deleted, sender=Practice)
    for model in (Organisation, Network, Country, Meeting):
        post_save.connect(_named_saved, sender=model)
        post_delete.connect(_named_deleted, sender=model)


def _practice_saved(instance, **kwargs):
    index.touch({instance.pk})


def _row_changed(instance, **kwargs):
    index.touch({instance.practice_id})


def _row_deleted(instance, origin, **kwargs):
    if getattr(origin, "model", type(origin)) is not Practice:  # a row that goes with its practice needs no document
        index.touch({instance.practice_id})


def _terms_changed(sender, instance, action, **kwargs):
    if isinstance(instance, Practice) and action.startswith("post_"):
        index.touch({instance.pk})


def _name_changed(instance, created, **kwargs):
    if not created:
        index.touch(_practices_named_by(instance))


def _named_saved(instance, **kwargs):
    name_index.index(_kind_of(instance), {instance.pk})


def _named_deleted(instance, **kwargs):
    name_index.forget(_kind_of(instance), {instance.pk})


def _forum_saved(instance, **kwargs):
    name_index.index("meeting", instance.meetings.values_list("pk", flat=True))  # its acronym finds its meetings


def _synonyms_saved(instance, **kwargs):
    synonyms.index(instance)


def _kind_of(record):
    return type(record)._meta.model_name


def _practices_named_by(record):
    """Return the primary keys of the practices that the name of a record finds."""
    if not isinstance(record, Term):
        return set(record.practices.values_list("pk", flat=True))
    fields = ("keywords", "populations")
    found = (Practice.objects.filter(**{field: record}).values_list("pk", flat=True) for field in fields)
    return set().union(*found)
