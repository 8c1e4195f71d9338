"""The book of a list, in the active language: introduction, a section for each network, and what follows them."""

import json
import re
from collections import Counter

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from catalogue.choices import CountryRole
from catalogue.documents.reading import listed
from catalogue.publication.blocks import bullets, document_part, localized_spans, paragraph, sentence
from catalogue.publication.closing import cite_current_list, closing_parts
from catalogue.publication.documents import issue_details, new_document, practice_count
from catalogue.publication.entries import citation_part, practice_entry
from catalogue.record import glossary
from catalogue.server.absolute_urls import list_url
from networks.models import Network

VOLUME = 50  # practices: some 200 pages, 3 seconds and 350 MB of the typesetter; see docs/adr/0010
LAST = 1_000_000  # after every network


class BookContents:
    """The entries of a book, and what the pages around them need to know of its practices."""

    def __init__(self):
        self.entries = {}  # primary network -> [part]
        self.elsewhere = {}  # further network -> [(title, code)]
        self.cells = Counter()  # (iso2 or "", slug or "") -> practices
        self.meanings = []  # of the abbreviations of practices and organisations
        self.words = set()  # of the entries
        self.references = {}
        self.editions = {}

    def add(self, practice, *, cited=True):
        """Add the entry of a practice; ``cited``: with how to cite the record as it is today."""
        slugs = [row.network.slug for row in practice.practice_networks.all()] or [""]
        entry = practice_entry(practice)
        if cited:
            entry["parts"].append(citation_part(practice))
        self.entries.setdefault(slugs[0], []).append(entry)
        for slug in slugs[1:]:
            self.elsewhere.setdefault(slug, []).append((localized_spans(practice, "title"), practice.code))
        states = [row.country.iso2 for row in practice.practice_countries.all() if row.role == CountryRole.IMPLEMENTING]
        self.cells.update((iso2, slug) for iso2 in {*states, ""} for slug in {*slugs, ""})
        self.meanings += glossary.practice_abbreviations(practice)
        self.words.update(re.findall(r"\w+", json.dumps(entry, ensure_ascii=False)))
        self.references |= {row.reference_id: row.reference for row in practice.citations.all() if row.reference}
        if practice.edition:
            self.editions[practice.edition_id] = practice.edition

    def abbreviations(self):
        """Return the abbreviations of the practices, and those of others that their entries use."""
        return glossary.explained(self.meanings, self.words)


def book_volumes(filterset):
    """Return the primary keys of a list as books bind them, in volumes: by network, then in the order of the list."""
    keys = list(filterset.qs.primary_keys())
    order = filterset.qs.first_network_orders()
    keys.sort(key=lambda key: order.get(key, LAST))
    return in_volumes(keys) or [[]]


def in_volumes(items):
    """Return a list cut into lists of at most ``VOLUME``."""
    return [items[start : start + VOLUME] for start in range(0, len(items), VOLUME)]


def book(filterset, volumes, number):
    """Return volume ``number`` (from 1) of the book of a list; each volume is a whole book of its practices."""
    contents = BookContents()
    keys = volumes[number - 1]
    for practice in listed(keys):  # one may have been withdrawn meanwhile
        contents.add(practice)
    selection = filterset.in_words()
    return new_document(
        "book",
        title=_("Catalogue of practices"),
        lines=[practice_count(sum(map(len, volumes))), *volume_lines(volumes, number)],
        details=[(_("Selection"), selection), *issue_details()],
        parts=[
            _introduction(len(keys), selection),
            *network_parts(contents),
            *closing_parts(contents, cite_current_list(list_url(filterset.known_query()))),
        ],
    )


def volume_lines(volumes, number):
    """Return the line of the cover that names a volume, in a list; empty where there is only one."""
    return [volume_in_words(volumes, number)] if len(volumes) > 1 else []


def volume_in_words(volumes, number):
    """Return which volume of how many this is, and which practices of the list it holds."""
    before = VOLUME * (number - 1)
    words = {"first": before + 1, "last": before + len(volumes[number - 1])}
    words |= {"number": number, "volumes": len(volumes)}
    return _("Volume %(number)s of %(volumes)s: practices %(first)s to %(last)s") % words


def _introduction(total, selection):
    """Return the introduction: what this is, what it is not, and how to read it."""
    holds = ngettext(
        "This book contains %(total)s practice of migration governance by South American States."
        " Selection: %(chosen)s.",
        "This book contains %(total)s practices of migration governance by South American States."
        " Selection: %(chosen)s.",
        total,
    ) % {"total": total, "chosen": selection}
    return document_part(_("Introduction"), blocks=[sentence(text) for text in (holds, *HOW_TO_READ)])


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


def network_parts(contents):
    """Yield a section for each network that has an entry or points to one, in the order of the Conference."""
    for network in Network.objects.all():
        entries, elsewhere = contents.entries.get(network.slug, []), contents.elsewhere.get(network.slug, [])
        if entries or elsewhere:
            yield document_part(
                localized_spans(network, "name"),
                hue=network.colour,
                opens=True,
                blocks=[
                    paragraph(localized_spans(network, "description"), "lead"),
                    *_pointers(_("In this section:"), [(entry["title"], entry["anchor"]) for entry in entries]),
                    *_pointers(_("Also in this network, but described in another section:"), elsewhere),
                ],
                parts=entries,
            )
    if entries := contents.entries.get(""):
        yield document_part(_("Without a network"), opens=True, parts=entries)


def _pointers(heading, entries):
    """Return references to entries, given as titles and anchors; none without entries."""
    items = [[paragraph(_pointer(title, anchor))] for title, anchor in entries]
    return [sentence(heading), bullets(items)] if items else []


def _pointer(title, anchor):
    """Return a title that links to its entry, and the page on which that stands."""
    return [*({**item, "to": anchor} for item in title), {"text": "", "page_of": anchor}]
