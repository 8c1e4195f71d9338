"""Documents as plain data: the book of a list, in the active language, with everything around its entries.

A document is ``{"kind", "title", "lines", "details", "labels", "parts", …}``; the parts are those of ``texts``.
"""

import json
import re
from collections import Counter
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from catalogue.choices import CountryRole
from catalogue.citations import cite_practice
from catalogue.models.version import current
from catalogue.partial_dates import in_words
from catalogue.publication.closing import cite_list_of_today, closing_parts
from catalogue.publication.entries import entry
from catalogue.publication.texts import (
    bullets,
    clean,
    language_tag,
    paragraph,
    part,
    said,
    sentence,
    span,
)
from catalogue.record import glossary
from catalogue.server.absolute_urls import list_url
from catalogue.text.languages import content_language
from networks.models import Network

VOLUME = 50  # practices: some 200 pages, 3 seconds and 350 MB of the typesetter; see docs/adr/0010
LAST = 1_000_000  # after every network


class Gathered:
    """What the pages around the entries need to know of the practices, gathered while the entries are made."""

    def __init__(self):
        self.entries = {}  # primary network -> [part]
        self.elsewhere = {}  # further network -> [(title, code)]
        self.cells = Counter()  # (iso2 or "", slug or "") -> practices
        self.meanings = []  # of the abbreviations of practices and organisations
        self.words = set()  # of the entries
        self.references = {}
        self.editions = {}

    def add(self, practice, *, cited=True):
        """Make the entry of a practice and note what it brings; ``cited`` with how to cite the record of today."""
        slugs = [row.network.slug for row in practice.practice_networks.all()] or [""]
        made = entry(practice)
        if cited:
            made["parts"].append(how_to_cite(practice))
        self.entries.setdefault(slugs[0], []).append(made)
        for slug in slugs[1:]:
            self.elsewhere.setdefault(slug, []).append((said(practice, "title"), practice.code))
        states = [row.country.iso2 for row in practice.practice_countries.all() if row.role == CountryRole.IMPLEMENTING]
        self.cells.update((iso2, slug) for iso2 in {*states, ""} for slug in {*slugs, ""})
        self.meanings += glossary.of_practice(practice)
        self.words.update(re.findall(r"\w+", json.dumps(made, ensure_ascii=False)))
        self.references |= {row.reference_id: row.reference for row in practice.citations.all() if row.reference}
        if practice.edition:
            self.editions[practice.edition_id] = practice.edition

    def abbreviations(self):
        """Return the abbreviations of the practices, and those of others that their entries use."""
        return glossary.in_use(self.meanings, self.words)


def how_to_cite(practice):
    """Return the citation of a record as it is today."""
    return part([span(_("How to cite this record"))], blocks=[sentence(cite_practice(practice), "small")])


def volumes_of(filterset):
    """Return the primary keys of a list as books bind them: by network, then as the list has them, in volumes."""
    keys = list(filterset.qs.primary_keys())
    place = filterset.qs.places_of_first_networks()
    keys.sort(key=lambda key: place.get(key, LAST))
    return [keys[start : start + VOLUME] for start in range(0, len(keys), VOLUME)] or [[]]


def book(filterset, volumes, number):
    """Return volume ``number`` (from 1) of the book of a list; each volume is a whole book of its practices."""
    gathered = Gathered()
    keys = volumes[number - 1]
    fetched = {practice.pk: practice for practice in filterset.qs.with_keys(keys).for_detail()}
    for key in keys:
        if key in fetched:  # it may have been withdrawn meanwhile
            gathered.add(fetched[key])
    selection = filterset.in_words()
    lines = [_("South American Conference on Migration"), count_in_words(sum(map(len, volumes)))]
    if len(volumes) > 1:
        lines.append(volume_in_words(volumes, number))
    return document(
        "book",
        title=_("Catalogue of practices"),
        lines=lines,
        details=[(_("Selection"), selection), *issue()],
        parts=[
            introduction(len(keys), selection),
            *network_parts(gathered),
            *closing_parts(gathered, cite_list_of_today(list_url(filterset.known_query()))),
        ],
    )


def volume_in_words(volumes, number):
    """Return which volume of how many this is, and which practices of the list it holds."""
    return volume_sentence(number, len(volumes), VOLUME * (number - 1), len(volumes[number - 1]))


def volume_sentence(number, volumes, before, held):
    """Return the same in numbers: ``before`` practices stand in earlier volumes, this one holds ``held``."""
    words = {"number": number, "volumes": volumes, "first": before + 1, "last": before + held}
    return _("Volume %(number)s of %(volumes)s: practices %(first)s to %(last)s") % words


def document(kind, *, title, lines, details, parts, **marks):
    """Return a document with what every one of them says about itself."""
    tag = language_tag(content_language())
    return {
        "kind": kind,
        "language": tag,
        "title": clean(title),
        "lines": [clean(line) for line in lines],
        "details": [{"label": clean(label), "text": clean(text)} for label, text in details],
        "author": _("South American Conference on Migration"),
        "catalogue": str(settings.SITE_NAME),
        "address": settings.SITE_URL,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "footer": clean(" · ".join([str(settings.SITE_NAME), *(f"{label}: {text}" for label, text in details[-1:])])),
        "labels": {"contents": _("Contents"), "page": _("page"), "mark": _("Logo of the catalogue: woven bands")},
        "parts": parts,
        **marks,
    }


def issue():
    """Return when the document is made, and of which version of the contents."""
    version = current()
    changed = in_words(version.changed_at.date().isoformat())
    words = {"number": version.number, "date": changed}
    return [
        (_("Date"), in_words(datetime.now(UTC).date().isoformat())),
        (_("Version of the catalogue"), _("%(number)s, last changed on %(date)s") % words),
    ]


def count_in_words(total):
    """Return how many practices a document holds."""
    return ngettext("%(total)s practice", "%(total)s practices", total) % {"total": total}


def introduction(total, selection):
    """Return the introduction: what this is, what it is not, and how to read it."""
    holds = ngettext(
        "This book contains %(total)s practice of migration governance by South American States."
        " Selection: %(chosen)s.",
        "This book contains %(total)s practices of migration governance by South American States."
        " Selection: %(chosen)s.",
        total,
    ) % {"total": total, "chosen": selection}
    return part([span(_("Introduction"))], blocks=[sentence(text) for text in (holds, *HOW_TO_READ)])


HOW_TO_READ = (
    gettext_lazy(
        "Each practice appears in the section of its main network; the sections of its other networks"
        " refer to it. All entries have the same parts: country, implementing entity, scope, period,"
        " description, figures, links and contact."
    ),
    gettext_lazy(
        "A practice is listed because a State presented it, not because anyone has evaluated it. What its source does"
        " not say is named as a gap; where this catalogue reads it out of the record, the text says so. Where the"
        " source is wrong or doubtful, an editor’s note says what it prints, what is shown here, and why."
    ),
    gettext_lazy(
        "Objectives of the Global Compact, Sustainable Development Goals and evidence levels are classifications"
        " of this catalogue, proposed until the Technical Secretariat confirms them, not statements of the source."
    ),
    gettext_lazy("Texts not available in the language of this book appear in another language, and this is indicated."),
)


def network_parts(gathered):
    """Yield a section for each network that has an entry or points to one, in the order of the Conference."""
    for network in Network.objects.all():
        entries, elsewhere = gathered.entries.get(network.slug, []), gathered.elsewhere.get(network.slug, [])
        if entries or elsewhere:
            yield part(
                said(network, "name"),
                hue=network.colour,
                opens=True,
                blocks=[
                    *([paragraph(said(network, "description"), "lead")]),
                    *pointers(_("In this section:"), [(entry["title"], entry["anchor"]) for entry in entries]),
                    *pointers(_("Also in this network, but described in another section:"), elsewhere),
                ],
                parts=entries,
            )
    if entries := gathered.entries.get(""):
        yield part([span(_("Without a network"))], opens=True, parts=entries)


def pointers(heading, entries):
    """Return references to entries, given as titles and anchors; none without entries."""
    items = [[paragraph(pointed(title, anchor))] for title, anchor in entries]
    return [sentence(heading), bullets(items)] if items else []


def pointed(title, anchor):
    """Return a title that leads to its entry, and the page on which that stands."""
    return [*({**item, "to": anchor} for item in title), {"text": "", "page_of": anchor}]
