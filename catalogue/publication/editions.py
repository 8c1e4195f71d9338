"""The book of an edition: of the practices it is given, without a word that depends on the day or the version."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _, ngettext

from catalogue.partial_dates import in_words
from catalogue.publication.closing import closing_parts
from catalogue.publication.data import HOW_TO_READ, VOLUME, Gathered, document, network_parts, volume_sentence
from catalogue.publication.texts import paragraph, part, sentence, span
from catalogue.text.languages import localized


class Imprint(NamedTuple):
    """What the book says of its edition beside the practices: frozen when, with which checksum, found where."""

    day: date
    checksum: str
    address: str


def volumes_of(practices):
    """Return practices as books bind them, in volumes: by the place of their first network, then by code."""
    order = sorted(practices, key=lambda practice: (_place(practice), practice.code))
    return [order[start : start + VOLUME] for start in range(0, len(order), VOLUME)]


def _place(practice):
    network = practice.primary_network
    return (network is None, network.order if network else 0)


def volume_of(edition, volumes, number, imprint):
    """Return volume ``number`` (from 1) of the book of an edition, in the active language."""
    practices = volumes[number - 1]
    gathered = Gathered()
    for practice in practices:
        gathered.add(practice, cited=False)
    total = sum(map(len, volumes))
    lines = [_("South American Conference on Migration"), edition_in_words(edition, total)]
    if len(volumes) > 1:
        lines.append(volume_sentence(number, len(volumes), VOLUME * (number - 1), len(practices)))
    frozen_on = in_words(imprint.day.isoformat())
    return document(
        "book",
        title=edition.title,
        lines=lines,
        details=[
            (_("Permanent address"), imprint.address),
            ("SHA-256", imprint.checksum),
            (_("Contents frozen on"), frozen_on),
        ],
        parts=[
            introduction(edition, total, frozen_on),
            *network_parts(gathered),
            *closing_parts(gathered, cite(edition, imprint.address)),
        ],
    )


def edition_in_words(edition, total):
    """Return which edition this is and how many practices it holds."""
    words = ngettext("Edition %(year)s: %(total)s practice", "Edition %(year)s: %(total)s practices", total)
    return words % {"year": edition.year, "total": total}


def introduction(edition, total, frozen_on):
    """Return the introduction: what this is, that it does not change, and how to read it."""
    holds = ngettext(
        "This is the %(year)s edition of the catalogue. It contains %(total)s practice as it stood on"
        " %(day)s, without later changes, withdrawals or additions.",
        "This is the %(year)s edition of the catalogue. It contains %(total)s practices as they stood"
        " on %(day)s, without later changes, withdrawals or additions.",
        total,
    ) % {"year": edition.year, "total": total, "day": frozen_on}
    offices = _("The contact offices are named without their e-mail addresses, which may change.")
    return part([span(_("Introduction"))], blocks=[sentence(text) for text in (holds, *HOW_TO_READ, offices)])


def cite(edition, address):
    """Return how the edition is cited."""
    event = localized(edition, "event").text
    words = [str(settings.SITE_NAME), _("edition %(year)s") % {"year": edition.year}, *([event] if event else [])]
    return [
        sentence(f"{'. '.join([words[0], ', '.join(words[1:])])}."),
        paragraph([span(_("Permanent address")), span(": "), span(address, url=address)]),
    ]


def part_of(content, code):
    """Return the part of a practice in a stored volume; ``None`` when it is not there."""
    return next((entry for each in content["parts"] for entry in each["parts"] if entry["anchor"] == code), None)
