"""The practices nearest to one, and what they have in common with it."""

from typing import NamedTuple

from django.utils.translation import gettext as _, ngettext

from catalogue.languages import localized
from catalogue.models import Practice
from catalogue.selection import in_order_of

NEAREST = 3
WORDS = 3  # keywords named in a reason


class Related(NamedTuple):
    """A practice and, in words, what it shares with the one it stands beside."""

    practice: Practice
    reasons: list


def related_to(practice):
    """Return up to three ``Related``: of the same network first, then of the same keywords, then of the same State.

    Within each, those with most keywords in common come first. ``practice`` comes from ``for_detail``.
    """
    networks, keywords, countries = shared_by(practice)
    others = Practice.objects.published().apart_from(practice)
    codes = []
    for candidates in (others.in_networks(networks), others.with_keywords(keywords), others.in_countries(countries)):
        if len(codes) < NEAREST:
            nearest = candidates.by_shared_keywords(practice).first_codes(NEAREST)
            codes += [code for code in nearest if code not in codes]
    found = in_order_of(codes[:NEAREST], others.with_codes(codes).for_related())
    return [Related(other, reasons(practice, other)) for other in found]


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
