"""Editing what practices refer to: terms, organisations, contacts and bibliographies."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from catalogue import models
from catalogue.admin.filters import UnconfirmedIn
from catalogue.admin.links import LastVisitMixin
from catalogue.editorial.workflow import model_permissions
from catalogue.text.languages import LANGUAGE_NAMES
from networks.admin import LanguageTabsAdmin, UnconfirmedNamesMixin
from networks.unconfirmed_names import unconfirmed_name_languages

ASKING = {"practice": models.Practice, "classification": models.Classification}
NOT_FOR_ALL = ("email", "consent_note")  # of a contact
NAMES = ["name_es", "name_en", "name_pt"]


class NameOriginsMixin(UnconfirmedNamesMixin):
    """Names whose confirmation follows from their origin, one for each language."""

    def confirmation_text(self, record):
        languages = [str(LANGUAGE_NAMES[code]) for code in unconfirmed_name_languages(record)]
        text = _("not confirmed by the institution: %(languages)s") % {"languages": ", ".join(languages)}
        return text if languages else ""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["confirmation"] if obj else [])]


@admin.register(models.Term)
class TermAdmin(NameOriginsMixin, LanguageTabsAdmin):
    list_display = ["scheme", "code", "name", "origin_es", "origin_en", "origin_pt", "confirmation"]
    list_display_links = ["code", "name"]
    list_filter = ["scheme", UnconfirmedIn, "origin_es", "origin_en", "origin_pt"]
    search_fields = ["code", *NAMES]
    autocomplete_fields = ["parent"]
    permanent_fields = ["scheme", "code"]

    def get_search_results(self, request, queryset, search_term):
        """Offer a field of a practice or of its classifications only the terms of its vocabularies."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if model := ASKING.get(request.GET.get("model_name")):
            field = model._meta.get_field(request.GET.get("field_name"))
            found = found.complex_filter(field.get_limit_choices_to())
        return found, duplicates


@admin.register(models.Organisation)
class OrganisationAdmin(NameOriginsMixin, LanguageTabsAdmin):
    list_display = ["name", "acronym", "kind", "country", "confirmation"]
    list_filter = ["kind", UnconfirmedIn, "country"]
    search_fields = ["slug", "acronym", *NAMES]
    permanent_fields = ["slug"]


@admin.register(models.Contact)
class ContactAdmin(UnconfirmedNamesMixin, LanguageTabsAdmin):
    """Offices. Who may not see an e-mail address that is not public cannot search or sort by it."""

    list_display = ["office", "organisation", "via", "email", "ground", "confirmation"]
    list_filter = ["consent_to_publish", "name_unconfirmed", "via"]
    search_fields = ["slug", "office_es", "office_en", "office_pt", "email"]
    autocomplete_fields = ["organisation", "via"]
    permanent_fields = ["slug"]
    plain_fieldsets = [
        (
            _("E-mail address and why it may be shown"),
            {"fields": ["email", ("consent_to_publish", "consent_date"), "consent_note", "printed_in"]},
        )
    ]

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        return shown if self._is_open_to(request) else ["shown_email" if name == "email" else name for name in shown]

    def get_search_fields(self, request):
        searched = super().get_search_fields(request)
        return searched if self._is_open_to(request) else [name for name in searched if name not in NOT_FOR_ALL]

    def lookup_allowed(self, lookup, value, request=None):
        hidden = lookup.partition("__")[0] in NOT_FOR_ALL and not self._is_open_to(request)
        return not hidden and super().lookup_allowed(lookup, value, request)

    def get_object(self, request, object_id, from_field=None):
        """Return the contact as the form shows it; who does not see everything cannot change it."""
        contact = super().get_object(request, object_id, from_field)
        if contact and not self._is_open_to(request):
            contact.email, contact.consent_note = self.shown_email(contact), ""
        return contact

    def _is_open_to(self, request):
        return request is not None and model_permissions.sees_all_email_addresses(request.user)

    @admin.display(description=_("office e-mail address"))
    def shown_email(self, contact):
        return contact.email if contact.email_is_public else ""

    @admin.display(description=_("shown because"))
    def ground(self, contact):
        if contact.consent_to_publish:
            return _("the office has consented")
        return _("the institution prints it itself") if contact.printed_in else ""


@admin.register(models.Reference)
class ReferenceAdmin(LastVisitMixin, LanguageTabsAdmin):
    list_display = ["number", "author", "year", "title", "edition"]
    list_display_links = ["title"]
    list_filter = ["edition"]
    search_fields = [*get_translation_fields("author"), "title"]


@admin.register(models.SynonymSet)
class SynonymSetAdmin(admin.ModelAdmin):
    """Spellings, acronyms and translations that find each other; understood at once."""

    list_display = ["slug", "__str__"]
    search_fields = ["slug", "words"]
