"""A list and a practice as files for reference managers."""

from datetime import UTC, datetime

from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue.citations.items import practice_item
from catalogue.citations.references import bibtex, csl_json, ris

CHUNK = 200
CONTENT_TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


def practice_as_bib(practice):
    """Return a practice as BibTeX and its content type."""
    return bibtex(practice_item(practice)), CONTENT_TYPES["bib"]


def practice_as_ris(practice):
    """Return a practice as RIS and its content type."""
    return ris(practice_item(practice)), CONTENT_TYPES["ris"]


def practice_as_csl_json(practice):
    """Return a practice as CSL-JSON, a list of one item as reference managers expect, and its content type."""
    return f"[{csl_json(practice_item(practice))}]\n", CONTENT_TYPES["csl.json"]


def bib_file(filterset, language):
    """Answer with an entry of BibTeX for every practice of the list."""
    return _download((f"{bibtex(item)}\n" for item in items_of(filterset)), "bib")


def ris_file(filterset, language):
    """Answer with a record of RIS for every practice of the list."""
    return _download(map(ris, items_of(filterset)), "ris")


def csl_json_file(filterset, language):
    """Answer with a CSL-JSON item for every practice of the list."""

    def pieces():
        yield "["
        separator = "\n"
        for item in items_of(filterset):
            yield separator + csl_json(item)
            separator = ",\n"
        yield "\n]\n"

    return _download(pieces(), "csl.json")


def items_of(filterset):
    """Return the CSL-JSON items of a list, made while they are sent, in the language that is active now."""
    language = translation.get_language()

    def items():
        for practice in filterset.qs.iterator(chunk_size=CHUNK):
            with translation.override(language):
                item = practice_item(practice)
            yield item

    return items()


def _download(pieces, extension):
    name, day = slugify(_("practices")), datetime.now(UTC).date().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="csm-{name}-{day}.{extension}"'}
    return StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[extension], headers=headers)
