"""Kinds of fields that both applications use, and fields and constraints that several tables share."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from networks.languages import LANGUAGE_CHOICES
from networks.partial_dates import validate_partial_date

DATE_HELP = _("Write 2015, 2023-04 or 2022-09-15; leave it empty if the source does not state it.")


class WebAddressField(models.URLField):
    """An address of the web: http or https, nothing else; https is assumed when an editor leaves it out."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **options):
        return super().formfield(assume_scheme="https", **options)


def address_field(label, help_text):
    """Return an optional field for an address of the web."""
    return WebAddressField(label, max_length=500, blank=True, help_text=help_text)


def partial_date_field(label, help_text=DATE_HELP, validator=validate_partial_date):
    """Return an optional field for a year, a month or a day in EDTF, see ``partial_dates``."""
    return models.CharField(label, max_length=10, blank=True, validators=[validator], help_text=help_text)


def slug_field():
    """Return the field for the last part of a record's URL."""
    return models.SlugField(
        _("slug"), max_length=80, unique=True, help_text=_("Part of the address; it never changes.")
    )


def unconfirmed_name_field():
    """Return the flag of a name that the institution has not confirmed, see ``unconfirmed_names``."""
    text = _("Tick while only the institution can say whether the name is right. Readers do not see it.")
    return models.BooleanField(_("name not confirmed"), default=False, help_text=text)


def optional_key(to, label, related_name, help_text):
    """Return a foreign key that may be empty and protects the record it points to."""
    options = {"verbose_name": label, "related_name": related_name, "help_text": help_text}
    return models.ForeignKey(to, models.PROTECT, null=True, blank=True, **options)


def language_field(label, help_text, **options):
    """Return the field for one of the languages of the catalogue."""
    return models.CharField(label, max_length=2, choices=LANGUAGE_CHOICES, help_text=help_text, **options)


def quoted_language_field(**options):
    """Return the field for the language of the words that a record quotes."""
    return language_field(_("language of the source"), _("Language of the quoted words."), **options)


def known_choice(field, choices, name):
    """Return the constraint that a field holds one of ``choices``."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)
