"""Lists, searches and forms of the admin accept from a URL only what they declare.

Django's lists accept any lookup of any column: ``?summary_es__regex=…`` keeps SQLite busy for minutes.
``CatalogueAdminSite.register`` puts the mixin before the admin of each model, those of other packages included.
"""

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalogue.errors import Refused

MOST_WORDS = 10  # of a search: each is looked for in every search field of every record
SHOWN_OF_NAME = 40  # characters
EMPTY, TRUTH_VALUES = "__isnull", ("True", "False")  # as Django's filters write it


def refuse_impossible(request):
    """Raise ``Refused`` for a URL with a NUL, which no database can look for."""
    texts = [request.path, *(text for name, values in request.GET.lists() for text in (name, *values))]
    if any("\0" in text for text in texts):
        raise Refused(_("The address contains a character that is not allowed."))


class DeclaredList(ChangeList):
    """A list that is filtered only by the filters that it shows and by its dates."""

    def get_filters(self, request):
        """Refuse every other parameter, and a choice that its filter does not offer."""
        filters = super().get_filters(request)
        specs, _has_filters, left, *_more = filters
        dates = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        accepted = (dates - left.keys()).union(*(spec.expected_parameters() for spec in specs))
        if undeclared := self.get_filters_params().keys() - accepted:
            raise _undeclared(min(undeclared))
        if not all(map(_is_offered, specs)):
            raise IncorrectLookupParameters
        return filters


def _is_offered(spec):
    """Whether a filter of our own offers what was chosen; Django's filters find nothing for what they do not offer."""
    if not isinstance(spec, SimpleListFilter) or spec.value() is None:
        return True
    return spec.value() in {str(choice) for choice, _label in spec.lookup_choices}


def _undeclared(name):
    shown = Truncator(name).chars(SHOWN_OF_NAME)
    return Refused(_("This list cannot be filtered by “%(name)s”.") % {"name": shown})


def _is_possible(name, values):
    """Whether the links of a list could hold a parameter: once, not long, and a truth value for ``__isnull``."""
    value, *more = values
    return not more and len(value) <= settings.QUERY_MAX_LENGTH and (not name.endswith(EMPTY) or value in TRUTH_VALUES)


class DeclaredLookupsMixin:
    """Refuses with a reason what the admin of a model does not declare."""

    show_facets = ShowFacets.NEVER  # counting each choice of each filter grows with the records

    def get_changelist(self, request, **options):
        return DeclaredList

    def get_changelist_instance(self, request):
        """Return the list. Raises ``Refused`` for an impossible value; a possible one may find nothing."""
        try:
            if not all(_is_possible(name, values) for name, values in request.GET.lists()):
                raise IncorrectLookupParameters
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, ValueError, OverflowError) as problem:  # 31 February, the year 99999
            sentence = _("A filter in the address has an impossible value; for example, a date that does not exist.")
            raise Refused(sentence) from problem

    def lookup_allowed(self, lookup, value, request):
        """Refuse relations that are not declared with the same reason as any other parameter."""
        if not super().lookup_allowed(lookup, value, request):
            raise _undeclared(lookup)
        return True

    def get_search_results(self, request, queryset, search_term):
        """Search, in a list or for a field of a form, for what a person would type."""
        if len(search_term) > settings.QUERY_MAX_LENGTH or len(search_term.split()) > MOST_WORDS:
            limits = {"words": MOST_WORDS, "characters": settings.QUERY_MAX_LENGTH}
            raise Refused(_("Use at most %(words)d words and %(characters)d characters in a search.") % limits)
        return super().get_search_results(request, queryset, search_term)

    def get_changeform_initial_data(self, request):
        """Fill no field of a new record from the URL: no link of the admin does, and anybody may send one."""
        return {}

    def response_action(self, request, queryset):
        """Refuse a chosen value that is no key of a record; Django would fail with a server error."""
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise Refused(_("The selected item does not belong to this list. Select again."))
        return super().response_action(request, queryset)


def is_key(text):
    """Whether a text can be the primary key of a record: every model of the admin has a number."""
    return text.isascii() and text.isdigit() and len(text) < 19
