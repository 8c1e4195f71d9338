"""How a practice, a list and the catalogue are cited: as text in three styles, and for reference managers."""

from catalogue.citations.items import catalogue_item, list_item, practice_item
from catalogue.citations.texts import formatted, formatted_citations
from catalogue.models.version import current


def cite_practice(practice):
    """Return the citation of a practice in the first style."""
    return formatted(practice_item(practice))


def cite_list(filterset, version, *, url=""):
    """Return the citation of a filtered list, or of the file with this address, in the first style."""
    return formatted(list_item(filterset, version, url=url))


def cite_catalogue(version=None):
    """Return the citation of the catalogue as a whole in the first style; by default of its present version."""
    return formatted(catalogue_item(version or current()))


def citations_of_practice(practice):
    """Return the citation of a practice in every style, as ``(style, text)``."""
    return formatted_citations(practice_item(practice))


def citations_of_list(filterset, version):
    """Return the citation of a filtered list in every style, as ``(style, text)``."""
    return formatted_citations(list_item(filterset, version))


def citations_of_catalogue(version):
    """Return the citation of the catalogue in every style, as ``(style, text)``."""
    return formatted_citations(catalogue_item(version))
