"""The practices nearest to one, and what they have in common with it."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, ngettext

from catalogue.documents.reading import listed
from catalogue.listing.bitsets import Listed, bitset_index
from catalogue.text.languages import localized

NEAREST = 3
WORDS = 3  # keywords named in a reason


def shared_by(practice):
    """Return the networks, keywords and implementing States of a practice: ``{parameter: {code: name}}``."""
    records = {
        "network": {row.network.slug: row.network for row in practice.practice_networks.all()},
        "keyword": {term.code: term for term in practice.keywords.all()},
        "country": {country.iso2: country for country in practice.implementing_countries},
    }
    return {
        parameter: {code: localized(record, "name").text for code, record in by_code.items()}
        for parameter, by_code in records.items()
    }


def nearest(key, shared, index):
    """Return the primary keys of up to three practices: of the same network, then keywords, then State.

    Within each, those with most keywords in common come first. ``key`` is the practice they are near to, ``shared``
    what it has. Counted in bitsets: among very many practices the database would compare them all.
    """
    sharing = at_least([index.of_choice("keyword", code) for code in shared["keyword"]], index.everything)
    found, left = [], index.everything & ~index.bit_of(key)
    for parameter in ("network", "keyword", "country"):
        candidates = left & index.of_choices(parameter, shared[parameter])
        for together in reversed(sharing):
            if (best := candidates & together) and len(found) < NEAREST:
                found += Listed(index, best)[0 : NEAREST - len(found)]
                candidates &= ~best
                left &= ~best
    return found


def at_least(sets, everything):
    """Return the sets of what is in at least none, one, two … of ``sets``."""
    counted = [everything]
    for each in sets:
        counted.append(0)
        for number in range(len(counted) - 1, 0, -1):
            counted[number] |= counted[number - 1] & each
    return counted


def related_to(practice, version=None):
    """Return the cards of the practices nearest to one, as HTML; ``practice`` comes from ``for_detail``."""
    index, shared = bitset_index(version), shared_by(practice)
    near = listed(nearest(practice.pk, shared, index), version)
    return [_rendered(each, reasons(shared, each.pk, index)) for each in near]


def _rendered(practice, reasons):
    """Return the card of a practice with what it shares with another."""
    context = {"practice": practice, "reasons": " · ".join(reasons)}
    html = render_to_string("catalogue/_related_card.html", context, using="jinja2")
    return mark_safe(html)  # noqa: S308 - a template has escaped it


def reasons(shared, key, index):
    """Return what a practice, by its primary key, has in common with one that has ``shared``, in words."""
    it = index.bit_of(key)
    networks, keywords, countries = (
        [name for code, name in shared[parameter].items() if index.of_choice(parameter, code) & it]
        for parameter in ("network", "keyword", "country")
    )
    sentences = []
    if networks:
        sentences.append(_("Same network"))
    if keywords:
        words = ", ".join(keywords[:WORDS])
        sentences.append(
            ngettext("Keyword in common: %(words)s", "Keywords in common: %(words)s", len(keywords[:WORDS]))
            % {"words": words}
        )
    if countries:
        sentences.append(_("Same country"))
    return sentences
