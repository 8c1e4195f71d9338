"""The shapes of codes in addresses."""

from django.urls import register_converter

from catalogue.models.sequence import CODE_PATTERN


class CodeConverter:
    """The permanent code of a record, ``CSM-2023-001``."""

    regex = CODE_PATTERN

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class BookConverter:
    """The formats of books and briefs."""

    regex = "pdf|docx"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(CodeConverter, "code")
register_converter(BookConverter, "book")
