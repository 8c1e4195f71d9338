"""The way of an edition: in preparation → open for proposals ↔ closed → frozen; and the proposals while it is open.

Every step is taken here, whoever asks for it. Nothing else changes the state of an edition.
"""

import hashlib
import json
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.choices import (
    AuditEvent,
    CountryRole,
    EditionMove,
    EditionState,
    OrganisationRole,
    TranslationStatus,
)
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow import revisions
from catalogue.editorial.workflow.roles import Action, Role, bound_to_own_countries, may, own_countries, roles_of
from catalogue.errors import Refused
from catalogue.models import (
    Edition,
    EditionDocument,
    EditionEntry,
    FrozenEdition,
    Practice,
    PracticeCountry,
    PracticeNetwork,
    PracticeOrganisation,
)
from catalogue.search.index import deferred
from networks.models import Country
from networks.records import translated_fields

PUBLISHERS = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
FACTS = ("slug", "title", "language", "year", "author", "licence", "licence_url", "attribution")


class Step(NamedTuple):
    """From which states a move leads where."""

    sources: tuple
    target: str


STEPS = {
    EditionMove.OPEN: Step((EditionState.PREPARED, EditionState.CLOSED), EditionState.OPEN),
    EditionMove.CLOSE: Step((EditionState.OPEN,), EditionState.CLOSED),
    EditionMove.FREEZE: Step((EditionState.PREPARED, EditionState.CLOSED), EditionState.FROZEN),
}


class Contents(NamedTuple):
    """What an edition says when it is frozen; ``catalogue.editions.freeze`` gathers it."""

    facts: dict
    checksum: str
    entries: list
    documents: list


def may_move(user):
    """Whether an account opens, closes and freezes editions."""
    return bool(roles_of(user) & PUBLISHERS)


def moves_for(user, edition):
    """Return the moves an account may make with an edition now."""
    return [move for move, step in STEPS.items() if edition.state in step.sources and may_move(user)]


@transaction.atomic
def move(edition, move, *, by, contents=None):
    """Move an edition one step on and return it as it is then stored; freezing takes its ``contents``.

    Raises ``Refused`` when the step does not lead on from the stored state, when ``by`` may not take it, when a call
    lacks its text or a deadline to come, or when there is nothing to freeze.
    """
    move = EditionMove(move)
    if not may_move(by):
        raise Refused(_("Your role does not allow this step."))
    stored = Edition.objects.select_for_update().get(pk=edition.pk)
    if stored.state not in STEPS[move].sources:
        raise Refused(
            _("This step is not possible: the status of the edition is now “%(state)s”.")
            % {"state": stored.get_state_display()}
        )
    source, now = stored.state, timezone.now()
    if move == EditionMove.OPEN:
        _refuse_incomplete_call(stored)
        stored.opened_at, stored.closed_at = now, None
    elif move == EditionMove.CLOSE:
        stored.closed_at = now
    else:
        keep(stored, contents, at=now)
    stored.state = STEPS[move].target
    stored.save()
    audit_log.record(AuditEvent.TRANSITION, by, f"edition {stored.slug} {move} {source} → {stored.state}")
    return stored


def close_due():
    """Close the calls whose deadline has passed; return their slugs. Safe to run often, and several at once."""
    return [edition.slug for edition in Edition.objects.overdue() if _close(edition)]


@transaction.atomic
def _close(edition):
    """Close a call that is still overdue; ``False`` when somebody else was there first."""
    stored = Edition.objects.select_for_update().overdue().filter(pk=edition.pk).first()
    if stored:
        stored.state, stored.closed_at = EditionState.CLOSED, timezone.now()
        stored.save()
        audit_log.record(AuditEvent.TRANSITION, None, f"edition {stored.slug} deadline open → closed")
    return bool(stored)


def _refuse_incomplete_call(edition):
    if not any(getattr(edition, f"call_{code}") for code in ("es", "en", "pt")):
        raise Refused(_("First write the text of the call in at least one language."))
    if not edition.deadline or edition.deadline < timezone.now().date():
        raise Refused(_("First set a deadline in the future."))


# What is frozen


@transaction.atomic
def keep(edition, contents, *, at):
    """Keep the contents of an edition for good. Raises ``Refused`` when it has no published practice."""
    if not contents or not contents.entries:
        raise Refused(_("The edition cannot be frozen: no published practice belongs to it."))
    frozen = FrozenEdition.objects.create(edition=edition, at=at, facts=contents.facts, checksum=contents.checksum)
    for model, rows in ((EditionEntry, contents.entries), (EditionDocument, contents.documents)):
        for row in rows:
            model(edition=frozen, **row).save()
    return frozen


def facts_of(edition):
    """Return what an edition says of itself: its translated texts by language."""
    texts = {
        name: {code: getattr(edition, f"{name}_{code}") for code in ("es", "en", "pt")}
        for name in translated_fields(Edition)
        if name != "call"
    }
    return {**{name: getattr(edition, name) for name in FACTS}, **texts}


def told(entries):
    """Return what entries (``{"code", "version", "records"}``) tell: the list over which the checksum is made."""
    return [{name: entry[name] for name in ("code", "version", "records")} for entry in entries]


def told_by(frozen):
    """Return what the stored entries of a frozen edition tell, in their order."""
    return told(frozen.entries.order_by("order").values("code", "version", "records"))


def checksum_of(practices):
    """Return the SHA-256 of a list of practices: over their JSON with sorted keys, no spaces, in UTF-8."""
    text = json.dumps(practices, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_anew(day):
    """Give frozen editions whose contents were amended on ``day`` their new checksum: a person was erased from them.

    The text keeps saying that it was amended.
    """
    for frozen in FrozenEdition.objects.all():
        checksum = checksum_of(told_by(frozen))
        if checksum != frozen.checksum:
            audit_log.record(AuditEvent.TRANSITION, None, f"edition {frozen.edition.slug} amended {checksum[:12]}")
            frozen.checksum, frozen.amended_on = checksum, day
            frozen.save()


# What is proposed


def calls_for(user):
    """Return the editions for which an account may propose a practice today, the nearest deadline first."""
    return list(Edition.objects.calling()) if may(user, Action.ADD) else []


def countries_for(user):
    """Return the countries of which an account may propose practices: a focal point of its own alone."""
    return own_countries(user) if bound_to_own_countries(user) else list(Country.objects.all())


def refuse_late(edition):
    """Raise ``Refused`` when an edition takes no proposals today."""
    if edition.state == EditionState.PREPARED:
        raise Refused(_("The call for this edition is not open yet."))
    if edition.state != EditionState.OPEN:
        raise Refused(_("The call for this edition is closed: no more practices can be proposed for it."))
    if not edition.is_calling:
        raise Refused(_("The deadline of this call has passed: no more practices can be proposed for it."))


@transaction.atomic
def propose(edition, proposal, *, by):
    """Return a new draft for an edition that is open.

    ``proposal`` has its ``country``, ``network``, ``language``, ``title``, ``summary`` and ``scope``, and if known
    ``organisation`` and ``start``. Raises ``Refused`` when the call is over, when ``by`` may not propose practices, or
    not of this country.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if not may(by, Action.ADD):
        raise Refused(_("Your role does not allow this step."))
    refuse_late(edition)
    if proposal["country"] not in countries_for(by):
        raise Refused(_("You can propose practices of your own countries only."))
    with deferred():
        practice = _draft(edition, proposal, by=by)
    revisions.keep_version(practice, by=by)
    return practice


def _draft(edition, proposal, *, by):
    """Store a proposal as a draft with its rows."""
    language = proposal["language"]
    practice = Practice.objects.create(
        edition=edition,
        created_by=by,
        original_language=language,
        scope=proposal["scope"],
        start=proposal.get("start", ""),
        **{f"title_{language}": proposal["title"], f"summary_{language}": proposal["summary"]},
        **{f"translation_status_{language}": TranslationStatus.ORIGINAL},
    )
    rows = {"practice": practice, "order": 1}
    PracticeCountry.objects.create(country=proposal["country"], role=CountryRole.IMPLEMENTING, **rows)
    PracticeNetwork.objects.create(network=proposal["network"], **rows)
    if organisation := proposal.get("organisation"):
        PracticeOrganisation.objects.create(organisation=organisation, role=OrganisationRole.LEAD, **rows)
    return practice
