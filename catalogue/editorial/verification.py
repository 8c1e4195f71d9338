"""When somebody last made sure that a published practice is still as the record says, and when that is due again."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.editorial.roles import Action, may
from catalogue.models import Practice
from catalogue.refusals import Refused

VALID_FOR = timedelta(days=365)


def verify(practice, *, by, today=None):
    """Note that ``by`` has verified a published practice. Raises ``Refused`` when the role does not allow it."""
    if not may(by, Action.VERIFY, practice):
        raise Refused(_("Your role does not allow this step."))
    today = today or timezone.now().date()
    Practice.objects.filter(pk=practice.pk).update(last_verified=today, verified_by=by, next_review=today + VALID_FOR)
