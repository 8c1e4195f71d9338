"""The kinds of filters: what a value may be, and which queryset word it is handed to."""

import re

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.models.sequence import CODE_PATTERN

SORT_CHOICES = [
    ("relevance", _("Relevance")),
    ("title", _("Title, A to Z")),
    ("-start", _("Start, latest first")),
    ("start", _("Start, earliest first")),
    ("-updated", _("Latest update first")),
]


def field(widget, **attributes):
    """Return a widget in the dress of the site's form fields."""
    return widget(attrs={"class": "field", **attributes})


class CodesFilter(django_filters.MultipleChoiceFilter):
    """A filter whose values are codes of a list; several are alternatives. A queryset word does the work."""

    def __init__(self, *, word, **options):
        self.word = word
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    def filter(self, practices, codes):
        return getattr(practices, self.word)(codes) if codes else practices


class WordFilter(django_filters.Filter):
    """A filter with one value, handed to a queryset word."""

    def __init__(self, *, word, **options):
        self.word = word
        super().__init__(**options)

    def filter(self, practices, value):
        return practices if value in (None, "") else getattr(practices, self.word)(value)


class TextFilter(WordFilter):
    """A filter with a text."""

    field_class = forms.CharField


class DayFilter(WordFilter):
    """A filter with a day, written 2026-01-31."""

    field_class = forms.DateField


class YearFilter(WordFilter):
    """A filter with one year."""

    field_class = forms.IntegerField


class CodesField(forms.Field):
    """Permanent codes of records; what cannot be a code is named, a record that is not public is only not listed."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"invalid_choice": _("“%(value)s” is not the code of a record, such as CSM-2023-001.")}

    def clean(self, value):
        codes = list(dict.fromkeys(value or ()))
        for code in codes:
            if not re.fullmatch(CODE_PATTERN, code):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": code})
        return codes


class SelectionFilter(WordFilter):
    """A selection of records by their codes."""

    field_class = CodesField


class SortFilter(django_filters.ChoiceFilter):
    """The order of the list; without one, rows come by code."""

    def __init__(self):
        super().__init__(
            label=_("Sort by"), choices=SORT_CHOICES, empty_label=_("Code of the record"), widget=field(forms.Select)
        )
