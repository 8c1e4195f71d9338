"""A practice as a file for reference managers."""

from catalogue.citations.items import practice_item
from catalogue.citations.references import bibtex, csl_json, ris

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
