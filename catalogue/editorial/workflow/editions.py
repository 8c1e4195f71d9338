"""The workflow of an edition: in preparation → open for proposals ↔ closed → frozen; and the proposals for it.

Nothing else changes the state of an edition.
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
    EditionState,
    EditionTransitionKind,
    OrganisationRole,
    TranslationStatus,
)
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow import revisions
from catalogue.editorial.workflow.roles import (
    Action,
    Role,
    bound_to_own_countries,
    may,
    own_countries,
    refuse_unless,
    roles_of,
)
from catalogue.editorial.workflow.workflow import TransitionRule, refuse_other_state
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
from catalogue.models.derived import deferred
from networks.models import Country
from networks.records import translated_fields

PUBLISHERS = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
FACTS = ("slug", "title", "language", "year", "author", "licence", "licence_url", "attribution")


TRANSITION_RULES = {
    EditionTransitionKind.OPEN: TransitionRule((EditionState.PREPARED, EditionState.CLOSED), EditionState.OPEN),
    EditionTransitionKind.CLOSE: TransitionRule((EditionState.OPEN,), EditionState.CLOSED),
    EditionTransitionKind.FREEZE: TransitionRule((EditionState.PREPARED, EditionState.CLOSED), EditionState.FROZEN),
}


class Contents(NamedTuple):
    """What an edition says when it is frozen; ``catalogue.editions.freeze`` gathers it."""

    facts: dict
    checksum: str
    entries: list
    documents: list


def may_make_transitions(user):
    """Whether an account opens, closes and freezes editions."""
    return bool(roles_of(user) & PUBLISHERS)


def transitions_for(user, edition):
    """Return the transitions an account may make with an edition now."""
    return [
        move for move, rule in TRANSITION_RULES.items() if edition.state in rule.sources and may_make_transitions(user)
    ]


@transaction.atomic
def move(edition, move, *, by, contents=None):
    """Make a transition of an edition and return it as it is then stored; freezing needs its ``contents``.

    Raises ``Refused`` when it does not lead on from the stored state, when ``by`` may not make it, when a call lacks
    its text or a deadline to come, or when there is nothing to freeze.
    """
    move, rule = EditionTransitionKind(move), TRANSITION_RULES[move]
    refuse_unless(may_make_transitions(by))
    stored = Edition.objects.select_for_update().get(pk=edition.pk)
    refuse_other_state(stored, rule, _("This step is not possible: the status of the edition is now “%(state)s”."))
    now = timezone.now()
    if move == EditionTransitionKind.OPEN:
        _refuse_incomplete_call(stored)
        stored.opened_at, stored.closed_at = now, None
    elif move == EditionTransitionKind.CLOSE:
        stored.closed_at = now
    else:
        store_contents(stored, contents, at=now)
    return _change_state(stored, rule.target, by, move)


def _change_state(edition, target, by, cause):
    """Store the new state of a locked edition; ``cause`` is what the audit log calls the change."""
    audit_log.record(AuditEvent.TRANSITION, by, f"edition {edition.slug} {cause} {edition.state} → {target}")
    edition.state = target
    edition.save()
    return edition


def close_due():
    """Close the calls whose deadline has passed; return their slugs. Safe to run often, and several at once."""
    return [edition.slug for edition in Edition.objects.overdue() if _close(edition)]


@transaction.atomic
def _close(edition):
    """Close a call that is still overdue; ``False`` when somebody else was there first."""
    stored = Edition.objects.select_for_update().overdue().filter(pk=edition.pk).first()
    if stored:
        stored.closed_at = timezone.now()
        _change_state(stored, EditionState.CLOSED, None, "deadline")
    return bool(stored)


def _refuse_incomplete_call(edition):
    if not any(getattr(edition, f"call_{code}") for code in ("es", "en", "pt")):
        raise Refused(_("First write the text of the call in at least one language."))
    if not edition.deadline or edition.deadline < timezone.now().date():
        raise Refused(_("First set a deadline in the future."))


# What is frozen


@transaction.atomic
def store_contents(edition, contents, *, at):
    """Store the contents of an edition for good. Raises ``Refused`` when it has no published practice."""
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


def sealed_data(entries):
    """Return the list over which the checksum of entries (``{"code", "version", "records", …}``) is computed."""
    return [{name: entry[name] for name in ("code", "version", "records")} for entry in entries]


def sealed_data_of(frozen):
    """Return the list over which the checksum of a frozen edition is computed, its entries in their order."""
    return sealed_data(frozen.entries.order_by("order").values("code", "version", "records"))


def checksum_of(practices):
    """Return the SHA-256 of a list of practices: over their JSON with sorted keys, no spaces, in UTF-8."""
    text = json.dumps(practices, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def recompute_checksums(day):
    """Give frozen editions whose contents were amended on ``day`` their new checksum: a person was erased from them.

    The text keeps saying that it was amended.
    """
    for frozen in FrozenEdition.objects.all():
        checksum = checksum_of(sealed_data_of(frozen))
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
    refuse_unless(may(by, Action.ADD))
    refuse_late(edition)
    if proposal["country"] not in countries_for(by):
        raise Refused(_("You can propose practices of your own countries only."))
    with deferred():
        practice = _create_draft(edition, proposal, by=by)
    revisions.store_version(practice, by=by)
    return practice


def _create_draft(edition, proposal, *, by):
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
