"""Publishing and withdrawing at a date: who may decide it, and what `manage.py publish_due` does when it has come."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.choices import Move, State
from catalogue.editorial.workflow import completeness, workflow
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.models import Practice

log = logging.getLogger(__name__)
WITHDRAWN = "Its date of withdrawal has come."  # kept in the history, in the language of the code


def publish_later(practice, at, *, by):
    """Let a reviewed practice go public at a time to come; ``None`` takes the date away.

    Raises ``Refused`` when ``by`` may not publish it now, when it is incomplete or when the time is past.
    """
    _refuse_past(at)
    if not may(by, Action.PUBLISH, practice):
        raise Refused(_("Your role does not allow this step."))
    if at and (lacks := completeness.missing(practice)):
        raise Refused(_("It cannot be published yet: required data are missing."), missing=lacks)
    _set(practice, State.IN_REVIEW, publish_at=at, scheduled_by=by)


def withdraw_later(practice, at, *, by):
    """Let a published practice be archived at a time to come; ``None`` takes the date away. Raises ``Refused``."""
    _refuse_past(at)
    if not may(by, Action.ARCHIVE, practice):
        raise Refused(_("Your role does not allow this step."))
    _set(practice, State.PUBLISHED, unpublish_at=at, scheduled_by=by)


def _refuse_past(at):
    if at and at <= timezone.now():
        raise Refused(_("Choose a date and time in the future."))


@transaction.atomic
def _set(practice, state, **dates):
    if not Practice.objects.filter(pk=practice.pk, state=state).update(**dates):
        raise Refused(_("Another user has changed the status of this practice in the meantime."))


def publish_due(now=None):
    """Publish and withdraw what is due; return the codes of both, in order. Safe to run often, and several at once."""
    now = now or timezone.now()
    published = [_due(practice, Move.PUBLISH, "") for practice in Practice.objects.due_to_publish(now).by_code()]
    withdrawn = [
        _due(practice, Move.ARCHIVE, WITHDRAWN) for practice in Practice.objects.due_to_withdraw(now).by_code()
    ]
    return [code for code in published if code], [code for code in withdrawn if code]


def _due(practice, move, note):
    """Take a step that was decided earlier; return the record's code, ``None`` when somebody else was there first."""
    try:
        with transaction.atomic():
            workflow.take_as_decided(practice, move, note=note)
    except Refused as refusal:
        if refusal.missing:  # edited since it was scheduled: it waits for a person again
            Practice.objects.filter(pk=practice.pk, state=State.IN_REVIEW).update(publish_at=None)
            log.warning("%s was due and is incomplete: its date was taken away", practice.record.code)
        return None
    return practice.record.code
