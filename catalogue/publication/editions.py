"""The book of an edition: of the practices it is given, with nothing that depends on the day or the version."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _, ngettext

from catalogue.partial_dates import date_in_words
from catalogue.publication.blocks import document_part, paragraph, sentence, span
from catalogue.publication.books import HOW_TO_READ, BookContents, in_volumes, network_parts, volume_lines
from catalogue.publication.closing import closing_parts
from catalogue.publication.documents import new_document
from catalogue.text.languages import localized


class Imprint(NamedTuple):
    """What the book says of its edition beside the practices: when it was frozen, its checksum, its permanent URL."""

    day: date
    checksum: str
    address: str


def edition_volumes(practices):
    """Return practices as books bind them, in volumes: by the order of their first network, then by code."""
    return in_volumes(sorted(practices, key=_network_order))


def _network_order(practice):
    network = practice.primary_network
    return network is None, network.order if network else 0, practice.code


def edition_volume(edition, volumes, number, imprint):
    """Return volume ``number`` (from 1) of the book of an edition, in the active language."""
    contents = BookContents()
    for practice in volumes[number - 1]:
        contents.add(practice, cited=False)
    total, frozen_on = sum(map(len, volumes)), date_in_words(imprint.day.isoformat())
    return new_document(
        "book",
        title=edition.title,
        lines=[_edition_in_words(edition, total), *volume_lines(volumes, number)],
        details=[
            (_("Permanent address"), imprint.address),
            ("SHA-256", imprint.checksum),
            (_("Contents frozen on"), frozen_on),
        ],
        parts=[
            _introduction(edition, total, frozen_on),
            *network_parts(contents),
            *closing_parts(contents, _citation(edition, imprint.address)),
        ],
    )


def _edition_in_words(edition, total):
    """Return which edition this is and how many practices it holds."""
    words = ngettext("Edition %(year)s: %(total)s practice", "Edition %(year)s: %(total)s practices", total)
    return words % {"year": edition.year, "total": total}


def _introduction(edition, total, frozen_on):
    """Return the introduction: what this is, that it does not change, and how to read it."""
    holds = ngettext(
        "This is the %(year)s edition of the catalogue. It contains %(total)s practice as it stood on"
        " %(day)s, without later changes, withdrawals or additions.",
        "This is the %(year)s edition of the catalogue. It contains %(total)s practices as they stood"
        " on %(day)s, without later changes, withdrawals or additions.",
        total,
    ) % {"year": edition.year, "total": total, "day": frozen_on}
    offices = _("The contact offices are named without their e-mail addresses, which may change.")
    return document_part(_("Introduction"), blocks=[sentence(text) for text in (holds, *HOW_TO_READ, offices)])


def _citation(edition, url):
    """Return how the edition is cited."""
    event = localized(edition, "event").text
    words = [str(settings.SITE_NAME), _("edition %(year)s") % {"year": edition.year}, *([event] if event else [])]
    return [
        sentence(f"{'. '.join([words[0], ', '.join(words[1:])])}."),
        paragraph([span(_("Permanent address")), span(": "), span(url, url=url)]),
    ]


def entry_in_volume(content, code):
    """Return the part of a practice in a stored volume; ``None`` when it is not there."""
    return next((entry for each in content["parts"] for entry in each["parts"] if entry["anchor"] == code), None)
