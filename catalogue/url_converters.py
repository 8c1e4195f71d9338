"""The shapes of codes and formats in URLs."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from catalogue.models.sequence import CODE_PATTERN


class CodeConverter(StringConverter):
    """The permanent code of a record, ``CSM-2023-001``."""

    regex = CODE_PATTERN


class BookConverter(StringConverter):
    """The formats of books and briefs."""

    regex = "pdf|docx"


register_converter(CodeConverter, "code")
register_converter(BookConverter, "book")
