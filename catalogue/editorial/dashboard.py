"""The first page of the admin: what waits for me, what is due, what is broken or missing.

Each list shows its first entries; ``totals`` says how many there are, and a filter of the list of practices shows all.
"""

from django.utils import timezone

from catalogue.choices import State
from catalogue.editorial import enquiries
from catalogue.editorial.translation.status import translations_waiting
from catalogue.editorial.workflow import editions
from catalogue.editorial.workflow.roles import (
    WRITING,
    Action,
    Role,
    may,
    practices_for_editor,
    roles_of,
    visible_to_focal_point,
)
from catalogue.link_checker.schedule import broken_links_of, broken_on_pages, with_broken_links
from catalogue.models import Adaptation, Enquiry, Practice, Transition
from catalogue.querysets.adaptations import asked_about, with_interest
from catalogue.server import worker
from networks.models import Country, Network

SHOWN = 10
OVERSEERS = {Role.ADMINISTRATOR, Role.SECRETARIAT, Role.REVIEWER}


def lists_for(user):
    """Return the lists of an account's first page, ``None`` for a list that does not concern its role.

    Who has no role has no first page: ``None``.
    """
    if not roles_of(user):
        return None
    seen, today = practices_for_editor(user, Practice.objects.all()), timezone.now().date()
    moves = may(user, Action.SUBMIT) or may(user, Action.PUBLISH)
    lists = {
        "waiting": waiting_for(user, seen).order_by("state_since", "code") if moves else None,
        "in_review": seen.in_states([State.IN_REVIEW]).select_related("reviewer").order_by("state_since", "code"),
        "due": seen.due_for_verification(today).order_by("next_review", "code") if may(user, Action.VERIFY) else None,
        "broken": with_broken_links(seen.published()).by_code() if _may_propose(user) else None,
        "last": Transition.objects.filter(practice__in=seen.order_by()).select_related("practice", "by"),
    }
    shown = {name: None if rows is None else list(rows[:SHOWN]) for name, rows in lists.items()}
    return {
        **shown,
        "totals": {name: rows.count() for name, rows in lists.items() if rows is not None},
        "broken_links": broken_links_of(shown["broken"]) if shown["broken"] else [],
        "broken_on_pages": broken_on_pages() if roles_of(user) & OVERSEERS else [],
        "untranslated": translations_waiting(user) if _may_propose(user) or may(user, Action.TRANSLATE) else None,
        "adaptations": _adaptations_waiting(user)[:SHOWN],
        "questions": _questions() if enquiries.may_answer(user) else None,
        "calls": editions.calls_for(user),
        "neglected": worker.stalled_queues(),
        "gaps": _gaps() if roles_of(user) & OVERSEERS else None,
    }


def waiting_for(user, practices):
    """Return those of the practices whose next transition is this account's.

    For who publishes, what is in review, unless somebody else was asked to review it; for who writes, what is theirs;
    for a focal point, what its countries have in writing.
    """
    waiting = Practice.objects.none()
    if may(user, Action.PUBLISH):
        waiting |= Practice.objects.awaiting_reviewer(user)
    if may(user, Action.SUBMIT):
        waiting |= Practice.objects.in_states(WRITING).written_by(user)
    if Role.FOCAL_POINT in roles_of(user):
        waiting |= visible_to_focal_point(user, Practice.objects.all()).in_states(WRITING)
    seen = practices_for_editor(user, Practice.objects.all())
    return practices.filter(pk__in=waiting.values("pk")).filter(pk__in=seen.values("pk"))


def _may_propose(user):
    """Whether an account may change a text or propose it."""
    return may(user, Action.EDIT) or may(user, Action.REVISE)


def _adaptations_waiting(user):
    """Return the adaptations that wait for this account: in review to who publishes, in writing to who writes."""
    seen = practices_for_editor(user, Adaptation.objects.select_related("practice", "country"))
    states = [State.IN_REVIEW] if may(user, Action.PUBLISH) else []
    states += WRITING if may(user, Action.SUBMIT) else []
    return seen.in_states(states).order_by("state_since", "pk")


def _questions():
    """Return how many questions wait for an answer, and the practices most asked about, each with its count."""
    practices = with_interest(Practice.objects.records(), Enquiry.objects.all())
    return {"waiting": Enquiry.objects.unanswered().count(), "most": list(asked_about(practices)[:SHOWN])}


def _gaps():
    """Return the networks and the countries without a published practice."""
    published = Practice.objects.published()
    networks, countries = published.covered_networks(), published.covered_countries()
    return {
        "networks": [network for network in Network.objects.all() if network.active and network.pk not in networks],
        "countries": [country for country in Country.objects.all() if country.pk not in countries],
    }
