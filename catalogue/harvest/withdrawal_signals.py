"""Records every withdrawal of a published practice, for good."""

from django.db.models.signals import post_save, pre_delete
from django.utils import timezone

from catalogue.harvest.oai_sets import sets_of
from catalogue.models import Practice, PublicRecord
from networks.records import changed_in_bulk


def connect_withdrawal_signals():
    """Connect to practices that are saved, deleted, or written in bulk."""
    post_save.connect(_saved, sender=Practice)
    pre_delete.connect(_deleted, sender=Practice)
    changed_in_bulk.connect(_changed, sender=Practice)


def _saved(instance, using, **kwargs):
    _update_public_records(Practice.objects.using(using).with_keys([instance.pk]), instance.code)


def _changed(using, keys, **kwargs):
    practices = Practice.objects.using(using)
    if keys is None:
        _update_public_records(practices)
    elif codes := practices.with_keys(keys).values_list("code", flat=True):
        _update_public_records(practices.with_keys(keys), *codes)


def _deleted(instance, using, **kwargs):
    records = PublicRecord.objects.using(using).filter(code=instance.code, withdrawn_at=None)
    records.update(withdrawn_at=timezone.now(), sets=_stored_sets(instance))


def _update_public_records(practices, *codes):
    """Update the public records of ``practices``; of these codes alone, or of all."""
    records = PublicRecord.objects.using(practices.db)
    if codes:
        records = records.filter(code__in=codes)
    public = set(practices.published().values_list("code", flat=True))
    known = dict(records.values_list("code", "withdrawn_at"))
    records.bulk_create([PublicRecord(code=code) for code in sorted(public - set(known))])
    again = [code for code in public & set(known) if known[code]]
    gone = [code for code, withdrawn_at in known.items() if not withdrawn_at and code not in public]
    if again:
        records.filter(code__in=again).update(withdrawn_at=None, sets="")
    for practice in practices.with_codes(gone).for_listing():
        records.filter(code=practice.code).update(withdrawn_at=timezone.now(), sets=_stored_sets(practice))
    if gone:  # some rows may have been deleted without ``delete``
        records.filter(code__in=gone, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _stored_sets(practice):
    return f" {' '.join(sets_of(practice))} "
