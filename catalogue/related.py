"""The practices nearest to one, and what they have in common with it."""

from typing import NamedTuple

from django.utils.translation import gettext as _, ngettext

from catalogue.languages import localized
from catalogue.models import Practice
from catalogue.snapshot import Listed, snapshot_of

NEAREST = 3
WORDS = 3  # keywords named in a reason


class Related(NamedTuple):
    """A practice and, in words, what it shares with the one it stands beside."""

    practice: Practice
    reasons: list


def related_to(practice):
    """Return up to three ``Related``: of the same network first, then of the same keywords, then of the same State.

    Within each, those with most keywords in common come first. ``practice`` comes from ``for_detail``. Counted in the
    sets of the snapshot: among very many practices the database would compare them all for every page.
    """
    networks, keywords, countries = shared_by(practice)
    snapshot, keys = snapshot_of(), [practice.pk]
    sharing = at_least([snapshot.choice("keyword", code) for code in keywords], snapshot.everything)
    for parameter, codes in (("network", networks), ("keyword", keywords), ("country", countries)):
        candidates = snapshot.any_of(parameter, codes)
        for together in reversed(sharing):
            if len(keys) <= NEAREST:
                nearest = candidates & together & ~snapshot.holding(keys)
                keys += Listed(snapshot, nearest)[0 : NEAREST + 1 - len(keys)]
    found = {other.pk: other for other in Practice.objects.published().with_keys(keys[1:]).for_related()}
    return [Related(found[key], reasons(practice, found[key])) for key in keys[1:] if key in found]


def at_least(sets, everything):
    """Return the sets of what is in at least none, one, two … of ``sets``."""
    counted = [everything]
    for each in sets:
        counted.append(0)
        for number in range(len(counted) - 1, 0, -1):
            counted[number] |= counted[number - 1] & each
    return counted


def shared_by(practice):
    """Return the codes of the networks, keywords and implementing States of a practice, in its order."""
    return (
        {row.network.slug: row.network for row in practice.practice_networks.all()},
        {term.code: term for term in practice.keywords.all()},
        {country.iso2: country for country in practice.implementing_countries},
    )


def reasons(practice, other):
    """Return what two practices have in common, in words."""
    networks, keywords, countries = (
        [mine[code] for code in mine if code in theirs]
        for mine, theirs in zip(shared_by(practice), shared_by(other), strict=True)
    )
    sentences = []
    if networks:
        sentences.append(_("Same network"))
    if keywords:
        words = ", ".join(localized(term, "name").text for term in keywords[:WORDS])
        sentences.append(
            ngettext("Keyword in common: %(words)s", "Keywords in common: %(words)s", len(keywords[:WORDS]))
            % {"words": words}
        )
    if countries:
        sentences.append(_("Same country"))
    return sentences
