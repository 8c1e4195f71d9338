"""The shapes of codes in addresses."""

from django.urls import register_converter


class CodeConverter:
    """The permanent code of a record, ``CSM-2023-001``."""

    regex = "CSM-[0-9]{4}-[0-9]{3,}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(CodeConverter, "code")
