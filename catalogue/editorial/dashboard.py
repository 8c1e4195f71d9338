"""The first page of the desk: what waits for me, what is due, what is missing."""

from django.utils import timezone

from catalogue.choices import State
from catalogue.editorial.roles import Action, Role, may, practices_for_editor, roles_of
from catalogue.editorial.translations import translations_waiting
from catalogue.models import Practice, Transition
from networks.models import Country, Network

SHOWN = 10


def of(user):
    """Return the lists of an account's first page; ``None`` for who has no role."""
    if not roles_of(user):
        return None
    seen = practices_for_editor(user, Practice.objects.all())
    waiting = [practice for practice in _oldest(seen.in_states([*_moved_by(user)])) if _waits_for(user, practice)]
    return {
        "waiting": waiting[:SHOWN],
        "in_review": _oldest(seen.in_states([State.IN_REVIEW]))[:SHOWN],
        "due": list(seen.due_for_verification(timezone.now().date()).order_by("next_review", "code")[:SHOWN]),
        "untranslated": translations_waiting(user),
        "gaps": _gaps() if roles_of(user) & {Role.ADMINISTRATOR, Role.SECRETARIAT, Role.REVIEWER} else None,
        "last": list(Transition.objects.filter(practice__in=seen).select_related("practice", "by")[:SHOWN]),
    }


def _moved_by(user):
    """Return the states from which an account leads practices on."""
    states = {State.DRAFT, State.CHANGES_REQUESTED} if may(user, Action.SUBMIT) else set()
    return states | ({State.IN_REVIEW} if may(user, Action.PUBLISH) else set())


def _waits_for(user, practice):
    """Whether the next step is this account's: a writer's own, a reviewer's all."""
    if practice.state == State.IN_REVIEW:
        return may(user, Action.PUBLISH, practice)
    own = user.pk in (practice.created_by_id, practice.submitted_by_id)
    return may(user, Action.SUBMIT, practice) and (own or Role.FOCAL_POINT in roles_of(user))


def _oldest(practices):
    return list(practices.order_by("state_since", "code")[: SHOWN * 5])


def _gaps():
    """Return the networks and the countries without a published practice."""
    published = Practice.objects.published()
    networks, countries = published.covered_networks(), published.covered_countries()
    return {
        "networks": [network for network in Network.objects.all() if network.active and network.pk not in networks],
        "countries": [country for country in Country.objects.all() if country.pk not in countries],
    }
