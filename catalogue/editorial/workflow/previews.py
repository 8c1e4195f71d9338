"""Preview links: under one, a practice that is not public can be read for some days, without an account.

A link shows one version of a practice, or of its revision: what it said when the link was created. It ends when

- its seven days are over, or somebody who may make one revokes it,
- a newer version exists: any text, term or row was changed, by whomever, even if it was changed back later,
- the practice is published or archived, or its revision is published or discarded,
- the account that created it may no longer see the practice in the admin, or is gone.

The URL contains the random key of a stored row, signed: reading the database is not enough to open one.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, override

from catalogue.choices import WORK_STATES, AuditEvent, State
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow import practice_content, revisions
from catalogue.editorial.workflow.roles import Action, may, refuse_unless
from catalogue.errors import Refused
from catalogue.models import PreviewLink
from catalogue.text.languages import HTML_LANGUAGES, LANGUAGE_NAMES

SALT = "catalogue.preview"
VALID_FOR = timedelta(days=7)
MOST = 20  # links of one practice that open at the same time


class EndedError(Exception):
    """The link existed and has ended."""


def may_share(user, practice):
    """Whether an account may create and revoke links of a practice: it sees the practice, which is being worked on."""
    return practice.state in WORK_STATES and may(user, Action.VIEW, practice)


@transaction.atomic
def create_link(practice, *, by):
    """Create a link to what a practice says now. Raises ``Refused`` when ``by`` may not, or when there are too many."""
    refuse_unless(may_share(by, practice))
    version = revisions.store_version(practice)
    open_links = living(practice)
    practice.preview_links.exclude(pk__in=[link.pk for link in open_links]).delete()
    if len(open_links) >= MOST:
        raise Refused(
            _("This practice has %(number)d preview links: revoke one before creating another.") % {"number": MOST}
        )
    link = practice.preview_links.create(version=version, made_by=by, until=timezone.now() + VALID_FOR)
    audit_log.record(AuditEvent.PREVIEW, by, f"{practice.record_code} link {link.pk} made")
    return link


def revoke(practice, *, by, link=None):
    """End one link of a practice, given by its primary key, or all of them. Raises ``Refused`` when ``by`` may not."""
    refuse_unless(may_share(by, practice))
    links = practice.preview_links.filter(pk=link) if link else practice.preview_links.all()
    if links.delete()[0]:
        audit_log.record(
            AuditEvent.PREVIEW, by, f"{practice.record_code} {f'link {link}' if link else 'all links'} revoked"
        )


def end(practice):
    """End the links of a practice and of its revision for good: it was published or archived."""
    PreviewLink.objects.on(practice).delete()


def living(practice):
    """Return the links of a practice that still open, the newest first."""
    links = list(practice.preview_links.filter(until__gt=timezone.now()).select_related("made_by", "version"))
    if not links or not _is_worked_on(practice):
        return []
    newest, content = revisions.newest_number(practice), practice_content.read_content(practice)
    return [
        link
        for link in links
        if link.version.number == newest
        and link.version.content == content  # an import or a list changes a practice without a new version
        and may(link.made_by, Action.VIEW, practice)
    ]


def addresses(link):
    """Return ``(language, URL path)`` of a link in each language."""
    token = signing.dumps(str(link.key), salt=SALT)
    found = []
    for code, name in LANGUAGE_NAMES.items():
        with override(HTML_LANGUAGES[code].lower()):
            found.append((name, reverse("practice_preview", args=[token])))
    return found


def practice_of(token):
    """Return the practice that a link shows, as the public would see it; ``None`` for a token that was never issued.

    Raises ``EndedError`` when the link has ended, as have all that were sent before links were stored.
    """
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    link = _stored(key)
    if link is None or link not in living(link.practice):
        raise EndedError
    return practice_content.as_practice(link.practice.record, link.version.content)


def _stored(key):
    try:
        return PreviewLink.objects.filter(key=UUID(str(key))).select_related("practice__revision_of", "version").first()
    except ValueError:
        return None


def _is_worked_on(practice):
    of_public = practice.revision_of is None or practice.revision_of.state == State.PUBLISHED
    return practice.state in WORK_STATES and of_public
