"""Kinds of fields that both applications use."""

from django.core.validators import URLValidator
from django.db import models


class WebAddressField(models.URLField):
    """An address of the web: http or https, nothing else; https is assumed when an editor leaves it out."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **options):
        return super().formfield(assume_scheme="https", **options)


def address_field(label, help_text):
    """Return an optional field for an address of the web."""
    return WebAddressField(label, max_length=500, blank=True, help_text=help_text)
