"""What follows the entries of a book: coverage, abbreviations, bibliography, licence and how to cite."""

from django.utils.translation import gettext as _

from catalogue.citations import cite_catalogue
from catalogue.harvest.linked_data import LICENCE_URL
from catalogue.publication.blocks import (
    bullets,
    clean,
    document_part,
    facts_block,
    join_spans,
    localized_spans,
    paragraph,
    sentence,
    span,
    table,
)
from catalogue.publication.record_parts import reference_title
from catalogue.text.folding import sort_key
from catalogue.text.languages import localized
from networks.models import Country, Network


def closing_parts(contents, cite):
    """Return what follows the entries; ``cite`` are the blocks that tell how to cite the book."""
    return [
        coverage_part(contents.cells),
        *abbreviations_part(contents.abbreviations()),
        *([bibliography_part(contents)] if contents.references or contents.editions else []),
        licence_part(contents.editions.values(), cite),
    ]


def cite_current_list(url):
    """Return how the catalogue is cited, and the URL of the list of a book as it is today."""
    link = [span(_("This list on the website, with later changes:")), span(" "), span(url, url=url)]
    return [sentence(cite_catalogue()), paragraph(link)]


def coverage_part(cells):
    """Return the matrix of States and networks: how many practices of this book each pair has."""
    networks = list(Network.objects.all())
    countries = sorted(Country.objects.all(), key=lambda country: sort_key(localized(country, "name").text))
    slugs = [*(network.slug for network in networks), ""]
    names = (clean(localized(network, "short_name").text) for network in networks)
    columns = [_("Country"), *names, _("All networks")]
    heads = [(country.iso2, localized_spans(country, "name")) for country in countries]
    heads.append(("", [span(_("All States"), strong=True)]))
    rows = [[[paragraph(spans)], *([sentence(cells[iso2, slug] or "–")] for slug in slugs)] for iso2, spans in heads]
    explanation = _(
        "A practice of several States or networks is counted once for each of them and once in the"
        " totals. A dash means that this book contains no such practice, not that the State does"
        " nothing."
    )
    matrix = table(_("Coverage"), columns, rows, [5, *(3 for _slug in slugs)])
    return document_part(_("Coverage"), opens=True, blocks=[sentence(explanation), {**matrix, "matrix": True}])


def abbreviations_part(found):
    """Return the part with the abbreviations of the book and their meanings, in a list; empty without any."""
    rows = [
        (clean(short), join_spans([localized_spans(each.record, each.field) for each in meanings], "; "))
        for short, meanings in found
    ]
    return [document_part(_("Abbreviations"), opens=True, blocks=[facts_block(rows)])] if found else []


def bibliography_part(contents):
    """Return the documents that the practices cite, and the publications they come from."""
    references = sorted(contents.references.values(), key=_bibliography_order)
    items = [[paragraph(_reference(row))] for row in references]
    items += [[paragraph(localized_spans(edition, "citation"))] for edition in contents.editions.values()]
    return document_part(_("Bibliography"), opens=True, blocks=[bullets(items)])


def _bibliography_order(row):
    return sort_key(localized(row, "author").text), row.year or 0, row.pk


def _reference(row):
    year = f" ({row.year})" if row.year else ""
    url = [span(f" {row.url}", url=row.url, soft=True)] if row.url else []
    return [*localized_spans(row, "author"), span(f"{year}. "), reference_title(row), span("."), *url]


def licence_part(editions, cite):
    """Return under which terms the book may be used, and how it is cited."""
    terms = _(
        "The texts written for this catalogue may be shared and adapted, including for commercial"
        " purposes, if the catalogue is credited:"
    )
    opinion = _("Names and descriptions imply no opinion on the legal status of any country, territory or border.")
    return document_part(
        _("Licence and how to cite"),
        opens=True,
        blocks=[
            paragraph([span(terms), span(" "), span("CC BY 4.0", url=LICENCE_URL), span(".")]),
            *(sentence(_source_terms(edition)) for edition in editions),
            sentence(opinion),
        ],
        parts=[document_part(_("How to cite"), blocks=cite)],
    )


def _source_terms(edition):
    """Return the terms of a publication from which facts were carried over."""
    return _(
        "The data on practices were taken from “%(title)s”, but none of its sentences; that"
        " publication is licensed under %(licence)s. Attribution required by it: %(attribution)s."
    ) % {"title": edition.title, "licence": edition.licence, "attribution": edition.attribution or "–"}
