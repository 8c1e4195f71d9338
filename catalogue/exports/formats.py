"""The formats in which one practice can be taken away: its page offers what this table lists."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Format(NamedTuple):
    """The end of the address, the name people know the format by, and what it is good for."""

    extension: str
    name: str
    use: str


RECORD_FORMATS = (
    Format("pdf", "PDF", _("brief of two pages")),
    Format("docx", "DOCX", _("brief to go on writing")),
    Format("json", "JSON", _("for programs")),
)
EXTENSIONS = {form.extension for form in RECORD_FORMATS}
