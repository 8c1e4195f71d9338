"""The same list as the page, as a file, and what its columns mean."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.citations import citations_of_list
from catalogue.citations.files import practice_as_bib, practice_as_csl_json, practice_as_ris
from catalogue.documents.reading import published_or_404
from catalogue.exports import codebook
from catalogue.exports.export_request import Selection, described_tables
from catalogue.exports.list_files import LIST_WRITERS, TABLES
from catalogue.exports.options import read_options
from catalogue.exports.records import public_record
from catalogue.exports.responses import json_response, json_text
from catalogue.exports.writers.csv_text import MEDIA_TYPE
from catalogue.harvest.linked_data import practice_as_jsonld
from catalogue.listing.facets import Facets
from catalogue.listing.feed import atom_file
from catalogue.listing.filters import practices_for
from catalogue.views.files import from_cache, streamed

WRITTEN_WHOLE = ("xlsx", "ods", "zip")  # on the disk, before the first byte is sent
JSON_ENDINGS = ("json", "jsonl", "jsonld")  # of the URLs whose errors are JSON, too
WRITERS = {**LIST_WRITERS, "atom": atom_file}


@require_safe
@versioned
def practice_list_file(request, extension):
    """Every practice the page would list, in one file; an impossible parameter is named with status 400."""
    if extension not in TABLES and extension not in WRITERS:
        raise Http404
    options, problems = read_options(request.GET, tabular=extension in TABLES)
    filterset = practices_for(request.GET, request.version)
    if problems or not filterset.is_valid():
        return invalid_parameters(request, {**filterset.errors, **problems})
    query = canonical(filterset, {**options.as_parameters(), "lang": options.language})
    return file_of_list(request, extension, filterset, query, lambda: list_file(extension, filterset, options, request))


def list_file(extension, filterset, options, request):
    """Return the response with a list in one of the formats of ``TABLES`` and ``WRITERS``."""
    with translation.override(options.interface_language):
        if extension in TABLES:
            return TABLES[extension](Selection(filterset, options, request.version))
        return WRITERS[extension](filterset, options.language)


def file_of_list(request, extension, filterset, query, make):
    """Return the response that ``make()`` returns: what is written whole from the cache, what is streamed at once."""
    if extension in WRITTEN_WHOLE:
        return from_cache(request, make, query)
    if extension == "atom":
        return make()  # a feed has its newest entries only: how long the list is does not matter
    return streamed(request, filterset.qs.count(), make)


def canonical(filterset, more):
    """Return the one spelling of a query for all that list the same; ``more`` are parameters beside the filters."""
    known = {name: sorted(values) for name, values in filterset.known_query().lists()}
    return urlencode(sorted({**known, **more}.items()), doseq=True)


@require_safe
@versioned
def practice_file(request, slug, extension):
    """One practice as a file."""
    writer = PRACTICE_WRITERS.get(extension)
    if writer is None:
        raise Http404
    practice = published_or_404(slug, request.version)
    text, content_type = writer(practice)
    return HttpResponse(text, content_type=content_type)


def practice_as_json(practice):
    """Return the whole record as JSON and its content type."""
    return json_text(public_record(practice)), "application/json"


PRACTICE_WRITERS = {
    "json": practice_as_json,
    "jsonld": practice_as_jsonld,
    "bib": practice_as_bib,
    "ris": practice_as_ris,
    "csl.json": practice_as_csl_json,
}


@require_safe
@versioned
def cite_list(request):
    """How to cite a filtered list, in three styles; an impossible parameter is named with status 400."""
    filterset = practices_for(request.GET, request.version)
    if not filterset.is_valid():
        return invalid_parameters(request, filterset.errors)
    context = {
        "filter": filterset,
        "total": Facets(filterset).total,
        "citations": citations_of_list(filterset, request.version),
        "query": f"?{filterset.known_query().urlencode()}".rstrip("?"),
    }
    return render(request, "catalogue/cite_list.html", context)


@require_safe
@versioned
def codebook_page(request):
    """What every column of every table means, for people."""
    tables = [(layout.table, list(codebook.entries(layout))) for layout in described_tables()]
    return render(request, "catalogue/codebook.html", {"tables": tables})


@require_safe
@versioned
def codebook_file(request, extension):
    """The same for programs: as CSV, and as metadata of CSV on the Web."""
    if extension == "csv":
        return HttpResponse(codebook.as_csv(described_tables()), content_type=MEDIA_TYPE)
    if extension == "json":
        return json_response(codebook.metadata(described_tables()), "application/csvm+json")
    raise Http404


def invalid_parameters(request, errors):
    """Name the parameters that cannot be answered, as a page for people and as JSON for programs."""
    problems = [{"parameter": name, "message": message} for name, messages in errors.items() for message in messages]
    if request.path.endswith(JSON_ENDINGS):
        return json_response({"error": _("A parameter is not valid."), "parameters": problems}, status=400)
    return render(request, "400.html", {"problems": problems}, status=400)
