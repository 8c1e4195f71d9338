"""Kinds of fields that both applications use, and fields that several tables share."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.partial_dates import validate_partial_date


class WebAddressField(models.URLField):
    """An address of the web: http or https, nothing else; https is assumed when an editor leaves it out."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **options):
        return super().formfield(assume_scheme="https", **options)


def address_field(label, help_text):
    """Return an optional field for an address of the web."""
    return WebAddressField(label, max_length=500, blank=True, help_text=help_text)


def partial_date_field(label, help_text):
    """Return an optional field for a year, a month or a day in EDTF, see ``partial_dates``."""
    return models.CharField(label, max_length=10, blank=True, validators=[validate_partial_date], help_text=help_text)


def slug_field():
    """Return the field for the last part of a record's URL."""
    return models.SlugField(
        _("slug"), max_length=80, unique=True, help_text=_("Part of the address; it never changes.")
    )
