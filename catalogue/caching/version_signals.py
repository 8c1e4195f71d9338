"""Every change of what the public can see moves the version of the catalogue, in the transaction of the change."""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from catalogue.models import Practice
from catalogue.models.shown import is_row, of_practices, shown_models
from catalogue.models.version import bump
from networks.records import changed_in_bulk


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


def practices_of(instance):
    """Return the primary keys of the practices that a record tells of; none when it may be of every one."""
    key = instance.pk if isinstance(instance, Practice) else getattr(instance, "practice_id", None)
    return {key} - {None}
