"""Publishing and withdrawing at a date: who may schedule it, and what ``manage.py publish_due`` does then."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.choices import State, TransitionKind
from catalogue.editorial.workflow import completeness, workflow
from catalogue.editorial.workflow.roles import Action, may, refuse_unless
from catalogue.errors import Refused
from catalogue.models import Practice

log = logging.getLogger(__name__)
WITHDRAWN = "Its date of withdrawal has come."  # kept in the history, in the language of the code


def publish_later(practice, at, *, by):
    """Schedule the publication of a reviewed practice; ``None`` removes the date.

    Raises ``Refused`` when ``by`` may not publish it now, when it is incomplete or when the time is past.
    """
    _refuse_past(at)
    refuse_unless(may(by, Action.PUBLISH, practice))
    if at and (lacks := completeness.missing(practice)):
        raise Refused(_("It cannot be published yet: required data are missing."), missing=lacks)
    _store_dates(practice, State.IN_REVIEW, publish_at=at, scheduled_by=by)


def withdraw_later(practice, at, *, by):
    """Schedule the archiving of a published practice; ``None`` removes the date. Raises ``Refused``."""
    _refuse_past(at)
    refuse_unless(may(by, Action.ARCHIVE, practice))
    _store_dates(practice, State.PUBLISHED, unpublish_at=at, scheduled_by=by)


def _refuse_past(at):
    if at and at <= timezone.now():
        raise Refused(_("Choose a date and time in the future."))


@transaction.atomic
def _store_dates(practice, state, **dates):
    if not Practice.objects.filter(pk=practice.pk, state=state).update(**dates):
        raise Refused(_("Another user has changed the status of this practice in the meantime."))


def publish_due(now=None):
    """Publish and withdraw what is due; return the codes of both, in order. Safe to run often, and several at once."""
    now = now or timezone.now()
    published = _move_all(Practice.objects.due_to_publish(now), TransitionKind.PUBLISH)
    return published, _move_all(Practice.objects.due_to_withdraw(now), TransitionKind.ARCHIVE, note=WITHDRAWN)


def _move_all(practices, move, *, note=""):
    """Make a scheduled transition of practices; return the codes of those that nobody else has moved meanwhile."""
    codes = [_move_due(practice, move, note) for practice in practices.by_code()]
    return list(filter(None, codes))


def _move_due(practice, move, note):
    """Make a scheduled transition; return the record's code, ``None`` when it was refused."""
    try:
        with transaction.atomic():
            workflow.move_as_scheduled(practice, move, note=note)
    except Refused as refusal:
        if refusal.missing:  # edited since it was scheduled: it waits for a person again
            Practice.objects.filter(pk=practice.pk, state=State.IN_REVIEW).update(publish_at=None)
            log.warning("%s was due and is incomplete: its date was taken away", practice.record.code)
        return None
    return practice.record.code
