"""When somebody last made sure that a published practice is still as the record says, and when that is due again."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.choices import OperationalStatus, TransitionKind
from catalogue.editorial.workflow import revisions, workflow
from catalogue.editorial.workflow.roles import Action, may, refuse_unless
from catalogue.errors import Refused
from catalogue.models import Practice

VALID_FOR = timedelta(days=365)
# What a verifier may answer to “is it still running?”, beside “as the record says”
ANSWERS = (OperationalStatus.ONGOING, OperationalStatus.ENDED, OperationalStatus.UNKNOWN)


def verify(practice, *, by, running="", today=None):
    """Note that ``by`` has verified a published practice, and whether it still runs, in one transaction.

    ``running`` is one of ``ANSWERS``, or empty for what the record says. Another status than the record's is proposed
    as a revision, like every change of what is published, and submitted; the revision is returned, otherwise ``None``.
    Raises ``Refused`` when the role does not allow it.
    """
    if running and running not in ANSWERS:
        raise Refused(_("Indicate whether the practice is ongoing, has ended or is unknown."))
    today = today or timezone.now().date()
    with transaction.atomic():
        stored = Practice.objects.select_for_update().filter(pk=practice.pk).first()
        refuse_unless(stored is not None and may(by, Action.VERIFY, stored))
        Practice.objects.filter(pk=stored.pk).update(last_verified=today, verified_by=by, next_review=today + VALID_FOR)
        return _propose(stored, OperationalStatus(running), by) if running not in ("", stored.status) else None


def _propose(practice, status, by):
    """Return the revision that gives a published practice another operational status."""
    open_already = practice.open_revision
    revision = open_already or workflow.revise(practice, by=by)
    if not may(by, Action.EDIT, revision):
        raise Refused(
            _(
                "A proposed change to this practice is in review. Tell its reviewer whether the practice is still"
                " running."
            )
        )
    revision.status = status
    revision.save()
    revisions.store_version(revision, by=by, reason=_("Verified: %(status)s.") % {"status": status.label})
    if not open_already and may(by, Action.SUBMIT, revision):  # what somebody else is still writing waits for them
        workflow.move(revision, TransitionKind.SUBMIT, by=by)
    return revision
