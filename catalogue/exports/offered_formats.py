"""The formats in which a list and one practice can be downloaded, as pages name them.

The menu of the list itself stands in ``templates/catalogue/_downloads.html``; what writes them in ``list_files``.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Format(NamedTuple):
    """The end of the address, the name people know the format by, and what it is good for."""

    extension: str
    name: str
    use: str


RECORD_FORMATS = (
    Format("pdf", "PDF", _("two-page brief")),
    Format("docx", "DOCX", _("editable brief")),
    Format("bib", "BibTeX", _("references")),
    Format("ris", "RIS", _("references")),
    Format("csl.json", "CSL-JSON", _("references")),
    Format("json", "JSON", _("for programs")),
    Format("jsonld", "JSON-LD", _("linked data, for programs")),
)
LIST_FORMATS = (
    *("csv", "xlsx", "ods", "zip", "pdf", "docx", "json", "jsonl", "jsonld"),
    *("bib", "ris", "csl.json", "atom"),
)
EXTENSIONS = {form.extension for form in RECORD_FORMATS}
