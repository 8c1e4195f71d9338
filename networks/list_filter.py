"""The base of every filtered list: it reads the parameters of a URL, names what is wrong, and narrows the rows."""

from typing import NamedTuple
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext


class Condition(NamedTuple):
    """One value that was asked for, in words, and the query that drops it."""

    parameter: str
    label: str
    value: str
    value_label: str
    without: str


class Choice(NamedTuple):
    """One choice of a facet; ``count`` is the number of rows it would list with all the other filters."""

    value: str
    label: str
    count: int
    checked: bool

    @property
    def disabled(self):
        """Whether choosing it would only empty the list; what is chosen can always be taken back."""
        return not self.count and not self.checked


class ParameterFilter(django_filters.Filter):
    """A filter that hands the value of its parameter to a method of the queryset."""

    options = ()  # (code, label) of every choice, in the active language

    def __init__(self, *, queryset_method=None, **options):
        self.queryset_method = queryset_method
        super().__init__(**options)

    def __deepcopy__(self, memo):
        """Return the copy of a request; what a filter declares is never changed, so the copies share it."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin

    @property
    def name(self):
        """The name of the parameter."""
        return self.field_name

    @property
    def chosen(self):
        """The texts that were given for the parameter."""
        return self.parent.data.getlist(self.name)

    @property
    def errors(self):
        """What is wrong with them, as sentences."""
        return self.parent.errors.get(self.name, [])

    def clean(self, texts):
        """Return the value that texts of the parameter mean; raises ``ValidationError`` with what is wrong."""
        texts = MultiValueDict({self.name: texts})
        return self.field.clean(self.field.widget.value_from_datadict(texts, None, self.name))

    def prepare(self):
        """Build what copies of this filter share: its label and choices in the active language, and its field."""
        self.label = str(self.label)
        return self.options, self.field

    def label_of(self, value):
        """Return a value in words."""
        return value

    def filter(self, rows, value):
        return getattr(rows, self.queryset_method)(value)


class ValueFilter(ParameterFilter):
    """A filter with one value; of several the last counts."""


class CodesField(forms.MultipleChoiceField):
    """Codes looked up among ``codes``; Django's own field compares each value with every choice."""

    def __init__(self, *, codes, **options):
        self.codes = codes
        super().__init__(**options)

    def valid_value(self, value):
        return value in self.codes


class CodesFilter(ParameterFilter):
    """A facet: its values are codes of a list, and several are alternatives.

    ``choices`` is a closed list; where they are rows of the database, the filter set sets ``options`` itself.
    """

    field_class = CodesField

    def __init__(self, *, choices=(), **options):
        self.choices = choices
        super().__init__(**options)

    @cached_property
    def options(self):
        return [(code, str(label)) for code, label in self.choices]

    @cached_property
    def labels(self):
        """``{code: label}`` of the options."""
        return dict(self.options)

    @property
    def field(self):
        self.extra = {**self.extra, "codes": self.labels}
        return super().field

    def label_of(self, value):
        return self.labels.get(value, value)


class ListFilter(django_filters.FilterSet):
    """What a reader may ask of a list. Values of one filter are alternatives; filters narrow each other.

    An impossible value lists nothing, so that no error widens a list, and its error stands under its parameter's name.
    Unknown parameters are ignored.
    """

    carried = ()  # parameters beside the filters that the links of the page keep

    def __init__(self, query, queryset):
        super().__init__(read_parameters(query), queryset)

    def filter_queryset(self, queryset):
        if self.errors:
            return queryset.none()
        for name, value in self.values.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def is_valid(self):
        return not self.errors

    @property
    def errors(self):
        """What is wrong with the parameters: ``{name: sentences}``."""
        return self._understood[1]

    @property
    def values(self):
        """What was understood of the parameters, by their names."""
        return self._understood[0]

    @cached_property
    def _understood(self):
        """Return values and errors; a form with the same fields would take longer to build than to fill in."""
        values, errors = {}, {}
        for name, each in self.filters.items():
            if name in self.data:
                try:
                    values[name] = each.clean(self.data.getlist(name))
                except ValidationError as error:
                    errors[name] = error.messages
        return values, errors

    def known_query(self):
        """Return the parameters that decide the list, as they were understood, without the page and unknown ones.

        What is impossible stays as it was written.
        """
        query = QueryDict(mutable=True)
        for name, texts in self.data.lists():
            if name in self.filters:
                value = self.values.get(name, texts)
                query.setlist(name, value if isinstance(value, list) else [str(value)])
        return query

    def chosen(self):
        """Return a ``Condition`` for every active value, in the order of the filters."""
        asked = [(name, value) for name in (*self.filters, *self.carried) for value in self.data.getlist(name)]
        written = {pair: urlencode([pair]) for pair in asked}
        return [
            Condition(
                name,
                str(self.filters[name].label),
                value,
                self.filters[name].label_of(value),
                "?" + "&".join([written[other] for other in asked if other != (name, value)]),
            )
            for name, value in asked
            if name in self.filters and name != "sort"
        ]

    def in_words(self):
        """Return what the list holds, ``Country: Peru or Chile; Scope: National``; empty for everything."""
        values = {}
        for condition in self.chosen():
            values.setdefault(condition.label, []).append(condition.value_label)
        alternatives = gettext(" or ")
        return "; ".join(f"{label}: {alternatives.join(several)}" for label, several in values.items())


def read_parameters(query):
    """Return the parameters of a URL, or a plain mapping of them, as a ``QueryDict``.

    Without empty values, each value once, and codes of countries in capitals.
    """
    given = query if isinstance(query, QueryDict) else MultiValueDict({name: [value] for name, value in query.items()})
    parameters = QueryDict(mutable=True)
    for name, values in given.lists():
        texts = [value.strip() for value in values if value.strip()]
        if texts:
            parameters.setlist(name, list(dict.fromkeys(map(str.upper, texts) if name == "country" else texts)))
    return parameters
