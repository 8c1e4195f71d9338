"""Fields and constraints that many models have: optional foreign keys, languages, partial dates, closed lists."""

from django.db import models

from catalogue import partial_dates
from catalogue.choices import LANGUAGE_CHOICES


def optional_key(to, label, related_name, help_text):
    """Return a foreign key that may be empty and protects the record it points to."""
    options = {"verbose_name": label, "related_name": related_name, "help_text": help_text}
    return models.ForeignKey(to, models.PROTECT, null=True, blank=True, **options)


def language_field(label, help_text, **options):
    """Return the field for one of the languages of the catalogue."""
    return models.CharField(label, max_length=2, choices=LANGUAGE_CHOICES, help_text=help_text, **options)


def partial_date_field(label, help_text, validator=partial_dates.validate_partial_date):
    """Return the field for a year, a month or a day as EDTF: ``2015``, ``2023-04``, ``2022-09-15``."""
    return models.CharField(label, max_length=10, blank=True, validators=[validator], help_text=help_text)


def known_choice(field, choices, name):
    """Return the constraint that a field holds one of ``choices``."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)
