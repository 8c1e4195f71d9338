"""The kinds of filters of the list of practices, beside those of every list in ``networks.list_filter``."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalogue.models.sequence import CODE_PATTERN
from networks.list_filter import ParameterFilter, ValueFilter

SORT_CHOICES = [
    ("relevance", _("Relevance")),
    ("title", _("Title, A to Z")),
    ("-start", _("Start, latest first")),
    ("start", _("Start, earliest first")),
    ("-updated", _("Latest update first")),
]


class TextFilter(ValueFilter):
    """A filter with a text to search for."""

    field_class = forms.CharField

    def filter(self, practices, text):
        return super().filter(practices, self.parent.search_query)


class InputFilter(ValueFilter):
    """A filter whose value is written into an ``<input>`` of the page."""

    @cached_property
    def attributes(self):
        """The attributes of the HTML of its field, beside type, name and value."""
        return flatatt(self.field.widget.attrs)

    def prepare(self):
        return super().prepare(), self.attributes


class DayFilter(InputFilter):
    """A filter with a day, written 2026-01-31."""

    field_class = forms.DateField

    def __init__(self, **options):
        super().__init__(widget=forms.DateInput(attrs={"class": "field", "type": "date"}), **options)


class YearFilter(InputFilter):
    """A filter with a year, from 1900 to 2100."""

    field_class = forms.IntegerField

    def __init__(self, **options):
        widget = forms.NumberInput(attrs={"class": "field"})
        super().__init__(widget=widget, min_value=1900, max_value=2100, **options)


class SelectionField(forms.Field):
    """Permanent codes of records; what cannot be a code is named, a record that is not public is only not listed."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"invalid_choice": _("“%(value)s” is not the code of a record, such as CSM-2023-001.")}

    def clean(self, value):
        for code in value:
            if not re.fullmatch(CODE_PATTERN, code):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": code})
        return value


class SelectionFilter(ValueFilter):
    """A selection of records by their codes, all of them one value."""

    field_class = SelectionField


class SortFilter(ParameterFilter):
    """The order of the list; without one, rows come by code."""

    field_class = forms.ChoiceField

    def __init__(self):
        super().__init__(label=_("Sort by"), choices=[("", _("Code of the record")), *SORT_CHOICES])

    @cached_property
    def options(self):
        return [(code, str(label)) for code, label in self.field.choices]

    def filter(self, practices, order):
        """Return the practices as they are: ``PracticeFilter`` orders them last, also without a value."""
        return practices
