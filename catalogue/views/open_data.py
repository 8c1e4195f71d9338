"""The page for those who download the data: formats, parameters, URLs that work, licence and promises."""

from typing import NamedTuple
from urllib.parse import unquote_plus

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.choices import OperationalStatus
from catalogue.citations import cite_catalogue
from catalogue.documents.reading import fetched
from catalogue.exports.offered_formats import LIST_FORMATS, RECORD_FORMATS
from catalogue.listing.parameters import KEEPS
from catalogue.models import Practice
from catalogue.server.absolute_urls import permanent_url

SOME = 5  # practices among which every parameter finds an example
USES = {
    "csv": _("table for statistics programs and spreadsheets, in UTF-8"),
    "xlsx": _("Excel file with all tables"),
    "ods": _("the same in the open format of LibreOffice"),
    "json": _("data for programs: codes and texts"),
    "jsonl": _("data for programs that read line by line: one practice per line"),
    "jsonld": _("linked data, for search engines and knowledge graphs"),
    "bib": _("references for BibTeX and LaTeX"),
    "ris": _("references for Zotero, Mendeley and EndNote"),
    "csl.json": _("references for programs that use CSL, such as Zotero and Pandoc"),
    "atom": _("news feed for feed readers"),
    "pdf": _("for reading, printing and distributing"),
    "docx": _("for editing in a word processor"),
    "zip": _("all tables, with the codebook and a list of the files"),
}
NEUTRAL = {
    "/api/v1/": _("API: lists and records as JSON, in pages"),
    "/api/v1/schema/": _("description of the API in OpenAPI, for developers"),
    "/oai": _("records for libraries, by OAI-PMH"),
    "/sitemap.xml": _("all pages in all languages, for search engines"),
}


class Row(NamedTuple):
    """A line of a table: a name, what it is for, and a URL that shows it."""

    name: str
    use: str
    address: str

    @property
    def query(self):
        """What follows the question mark, to be read."""
        return unquote_plus(self.address.partition("?")[2])


@require_safe
@versioned
def data(request):
    """Every format and parameter with an example that works, what is promised, and how to name the source."""
    practices = fetched(Practice.objects.published().by_code()[:SOME], request.version)
    practice = practices[0] if practices else None
    examples = examples_from(practices)
    return render(
        request,
        "catalogue/data.html",
        {
            "list_formats": [Row(name, USES[name], list_file(name)) for name in LIST_FORMATS],
            "record_formats": record_formats(practice),
            "parameters": parameters(examples),
            "neutral": [Row(path, use, path) for path, use in NEUTRAL.items()],
            "codebook": reverse("codebook"),
            "citation_text": cite_catalogue(),
            "permanent_url": permanent_url(practice) if practice else "",
            "combined": combined(examples) if practice else "",
        },
    )


def list_file(extension, **query):
    """Return the URL of the list as a file, in the active language."""
    address = reverse("practice_list_file", args=[extension])
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


def record_formats(practice):
    """Return a ``Row`` for each format of one practice; none while nothing is published."""
    if practice is None:
        return []
    names = [form.extension for form in RECORD_FORMATS]
    return [Row(name, USES[name], reverse("practice_file", args=[practice.slug, name])) for name in names]


def combined(examples):
    """Return the URL of a file with two alternatives of one parameter, narrowed by another."""
    return list_file(
        "csv", status=[examples["status"], OperationalStatus.PLANNED.value], country=examples.get("country", "")
    )


def parameters(examples):
    """Return a ``Row`` for each parameter, with its example where there is one."""
    address = reverse("practice_list")
    return [
        Row(name, use, f"{address}?{urlencode({name: examples[name]})}" if name in examples else "")
        for name, use in KEEPS.items()
    ]


def examples_from(practices):
    """Return for each parameter a value of the first practice that has one, so that each example finds something."""
    values = [example_values(practice) for practice in reversed(practices)]
    return {name: value for of_practice in values for name, value in of_practice.items() if value}


def example_values(practice):
    """Return one value for each parameter that lists this practice; empty where it has none."""
    first_year = practice.start[:4] if practice.start[:4].isdecimal() else ""
    country = practice.implementing_countries[0] if practice.implementing_countries else None
    return {
        "q": country.name if country else "",
        "network": practice.primary_network.slug if practice.primary_network else "",
        "country": country.iso2 if country else "",
        "scope": practice.scope,
        "status": practice.status,
        "population": code_of_first(practice.populations.all()),
        "keyword": code_of_first(practice.keywords.all()),
        "gcm": code_of_first(practice.gcm_objectives.all()),
        "sdg": code_of_first(practice.sdg_targets.all()).partition(".")[0],
        "principle": code_of_first(practice.guiding_principles.all()),
        "sdg_target": code_of_first(practice.sdg_targets.all()),
        "psdhm": code_of_first(practice.psdhm_programmes.all()),
        "evidence": practice.evidence,
        "edition": practice.edition.slug if practice.edition else "",
        "from": first_year,
        "to": first_year,
        "updated_since": practice.updated.date().isoformat(),
        "id": practice.code,
        "sort": "-updated",
        "page": "1",
    }


def code_of_first(terms):
    """Return the code of the first term, or the empty text."""
    return next((term.code for term in terms), "")
