"""What follows the entries of a book: coverage, abbreviations, bibliography, licence and how to cite."""

from django.utils.translation import gettext as _

from catalogue.citations import cite_catalogue
from catalogue.publication.texts import (
    bullets,
    clean,
    joined,
    language_tag,
    paragraph,
    part,
    said,
    sentence,
    span,
    table,
)
from catalogue.text.folding import sort_key
from catalogue.text.languages import localized
from networks.models import Country, Network

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


def closing_parts(gathered, cite):
    """Return what follows the entries; ``cite`` are the blocks that tell how to cite the book."""
    return [
        coverage(gathered.cells),
        *abbreviations(gathered.abbreviations()),
        *([bibliography(gathered)] if gathered.references or gathered.editions else []),
        licence(gathered.editions.values(), cite),
    ]


def cite_list_of_today(address):
    """Return how the catalogue is cited, and where the list of a book is found as it is today."""
    return [
        sentence(cite_catalogue()),
        paragraph([span(_("This list on the website, with later changes:")), span(" "), span(address, url=address)]),
    ]


def coverage(cells):
    """Return the matrix of States and networks: how many practices of this book each pair has."""
    networks = list(Network.objects.all())
    countries = sorted(Country.objects.all(), key=lambda country: sort_key(localized(country, "name").text))
    slugs = [*(network.slug for network in networks), ""]
    columns = [
        _("Country"),
        *(clean(localized(network, "short_name").text) for network in networks),
        _("All networks"),
    ]
    rows = [[[paragraph(said(country, "name"))], *_counts(cells, country.iso2, slugs)] for country in countries]
    rows.append([[paragraph([span(_("All States"), strong=True)])], *_counts(cells, "", slugs)])
    explanation = _(
        "A practice of several States or networks is counted once for each of them and once in the"
        " totals. A dash means that this book contains no such practice, not that the State does"
        " nothing."
    )
    matrix = table(_("Coverage"), columns, rows, [5, *(3 for _slug in slugs)])
    return part([span(_("Coverage"))], opens=True, blocks=[sentence(explanation), {**matrix, "matrix": True}])


def _counts(cells, iso2, slugs):
    return [[sentence(cells[iso2, slug] or "–")] for slug in slugs]


def abbreviations(found):
    """Yield the abbreviations that the book uses, with what they stand for; nothing without any."""
    if found:
        rows = [{"label": clean(short), "blocks": [_spelled_out(meanings)]} for short, meanings in found]
        yield part([span(_("Abbreviations"))], opens=True, blocks=[{"kind": "facts", "rows": rows}])


def _spelled_out(meanings):
    return paragraph(joined([said(each.record, each.field) for each in meanings], "; "))


def bibliography(gathered):
    """Return the documents that the practices cite, and the publications they come from."""
    references = sorted(gathered.references.values(), key=_place_in_bibliography)
    items = [[paragraph(_reference(row))] for row in references]
    items += [[paragraph(said(edition, "citation"))] for edition in gathered.editions.values()]
    return part([span(_("Bibliography"))], opens=True, blocks=[bullets(items)])


def _place_in_bibliography(row):
    return sort_key(localized(row, "author").text), row.year or 0, row.pk


def _reference(row):
    year = f" ({row.year})" if row.year else ""
    title = span(row.title, lang=language_tag(row.language), emphasis=True, url=row.url)
    address = [span(f" {row.url}", url=row.url, soft=True)] if row.url else []
    return [*said(row, "author"), span(f"{year}. "), title, span("."), *address]


def licence(editions, cite):
    """Return under which terms the book may be used, and how it is cited."""
    terms = _(
        "The texts written for this catalogue may be shared and adapted, including for commercial"
        " purposes, if the catalogue is credited:"
    )
    opinion = _("Names and descriptions imply no opinion on the legal status of any country, territory or border.")
    return part(
        [span(_("Licence and how to cite"))],
        opens=True,
        blocks=[
            paragraph([span(terms), span(" "), span("CC BY 4.0", url=LICENCE_URL), span(".")]),
            *(sentence(source_terms(edition)) for edition in editions),
            sentence(opinion),
        ],
        parts=[part([span(_("How to cite"))], blocks=cite)],
    )


def source_terms(edition):
    """Return the terms of a publication from which facts were carried over."""
    return _(
        "The data on practices were taken from “%(title)s”, but none of its sentences; that"
        " publication is licensed under %(licence)s. Attribution required by it: %(attribution)s."
    ) % {"title": edition.title, "licence": edition.licence, "attribution": edition.attribution or "–"}
