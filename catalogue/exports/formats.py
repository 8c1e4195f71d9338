"""The formats in which one practice can be taken away: its page offers what this table lists."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Format(NamedTuple):
    """The end of the address, the name people know the format by, and what it is good for."""

    extension: str
    name: str
    use: str


RECORD_FORMATS = (
    Format("bib", "BibTeX", _("references")),
    Format("ris", "RIS", _("references")),
    Format("csl.json", "CSL-JSON", _("references")),
    Format("json", "JSON", _("for programs")),
    Format("jsonld", "JSON-LD", _("linked data, for programs")),
)
EXTENSIONS = {form.extension for form in RECORD_FORMATS}
