"""Writes the document of a practice anew whenever something changes that it holds; ``shapes`` says what that is."""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from catalogue.documents.shapes import EMBEDDED, NAMED, ROWS, TERMS
from catalogue.documents.writing import write
from catalogue.link_checker.link_sources import OF_PRACTICES
from catalogue.models import LinkCheck, Practice, PracticeDocument, Term, derived
from networks.records import changed_in_bulk

ID = "practice_document"


def connect_document_signals():
    """Listen to practices, to their rows, and to the records that stand in documents or are named there."""
    post_save.connect(_practice_saved, sender=Practice, dispatch_uid=ID)
    changed_in_bulk.connect(_practices_written, sender=Practice, dispatch_uid=ID)
    for field in TERMS:
        m2m_changed.connect(_terms_changed, sender=getattr(Practice, field).through, dispatch_uid=ID)
    for model in ROWS.values():
        post_save.connect(_row_saved, sender=model, dispatch_uid=ID)
        post_delete.connect(_row_deleted, sender=model, dispatch_uid=ID)
        changed_in_bulk.connect(_rows_written, sender=model, dispatch_uid=ID)
    for model in PATHS:
        if model not in NAMED:  # a document holds the keys of those alone
            post_save.connect(_record_saved, sender=model, dispatch_uid=ID)
            changed_in_bulk.connect(_records_written, sender=model, dispatch_uid=ID)
        pre_delete.connect(_before_deleting, sender=model, dispatch_uid=ID)
        post_delete.connect(_record_deleted, sender=model, dispatch_uid=ID)
    post_save.connect(_link_checked, sender=LinkCheck, dispatch_uid=ID)


def _paths():
    """Return ``{model: lookups from a practice to its records}`` for what documents hold beside rows, or name."""
    found = {Term: list(TERMS)}
    waiting = [(Practice, "")]
    waiting += [(model, model._meta.get_field("practice").related_query_name()) for model in ROWS.values()]
    for model, path in waiting:
        keys = [field for field in model._meta.concrete_fields if field.name in EMBEDDED.get(model, ())]
        keys += [field for field in model._meta.concrete_fields if field.related_model in NAMED]
        for key in keys:
            lookup = f"{path}__{key.name}".lstrip("_")
            found.setdefault(key.related_model, []).append(lookup)
            if key.related_model not in (*NAMED, model):
                waiting.append((key.related_model, lookup))
    return found


PATHS = _paths()


def _with(model, keys):
    """Return the primary keys of the public practices whose documents hold or name one of the records ``keys``."""
    found = (Practice.objects.published().filter(**{f"{path}__in": keys}) for path in PATHS[model])
    return set().union(*(practices.order_by().values_list("pk", flat=True) for practices in found))


def _practice_saved(instance, **kwargs):
    derived.touch(write, {instance.pk})


def _practices_written(keys, **kwargs):
    _touch_or_delete(keys)


def _touch_or_delete(keys):
    """Write the documents of practices; of very many, or unknown ones, none stays until all are rebuilt."""
    if keys is None:
        PracticeDocument.objects.all().delete()
    else:
        derived.touch(write, keys)


def _terms_changed(instance, action, **kwargs):
    if action.startswith("post_"):
        derived.touch(write, {instance.pk})


def _row_saved(instance, **kwargs):
    derived.touch(write, {instance.practice_id} | getattr(instance, "_was_of", set()))  # it may have been another's


def _row_deleted(instance, origin, **kwargs):
    if getattr(origin, "model", type(origin)) is not Practice:  # then its document goes as well
        derived.touch(write, {instance.practice_id})


def _rows_written(sender, keys, fields, **kwargs):
    known = keys is not None and fields.isdisjoint({"practice", "practice_id"})
    rows = sender._base_manager.filter(pk__in=keys) if known else None
    _touch_or_delete(set(rows.values_list("practice_id", flat=True)) if known else None)


def _record_saved(sender, instance, created, **kwargs):
    if not created:
        derived.touch(write, _with(sender, [instance.pk]))


def _records_written(sender, keys, **kwargs):
    _touch_or_delete(None if keys is None else _with(sender, keys))


def _before_deleting(sender, instance, **kwargs):
    instance._was_held_by = _with(sender, [instance.pk])


def _record_deleted(instance, **kwargs):
    derived.touch(write, instance._was_held_by)


def _link_checked(instance, **kwargs):
    showing = Practice.objects.published().showing([instance.url], OF_PRACTICES)
    derived.touch(write, showing.values_list("pk", flat=True))
