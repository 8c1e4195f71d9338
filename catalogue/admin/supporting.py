"""Editing what practices refer to: terms, organisations, contacts and bibliographies."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue import models
from catalogue.admin.links import Visited
from networks.admin import LanguageTabsAdmin

ASKING = {"practice": models.Practice, "classification": models.Classification}
NAMES = ["name_es", "name_en", "name_pt"]


@admin.register(models.Term)
class TermAdmin(LanguageTabsAdmin):
    list_display = ["scheme", "code", "name", "origin_es", "origin_en", "origin_pt"]
    list_display_links = ["code", "name"]
    list_filter = ["scheme", "origin_es", "origin_en", "origin_pt"]
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
class OrganisationAdmin(LanguageTabsAdmin):
    list_display = ["name", "acronym", "kind", "country"]
    list_filter = ["kind", "country"]
    search_fields = ["slug", "acronym", *NAMES]
    permanent_fields = ["slug"]


@admin.register(models.Contact)
class ContactAdmin(LanguageTabsAdmin):
    list_display = ["office", "organisation", "via", "email", "consent_to_publish"]
    list_filter = ["consent_to_publish", "via"]
    search_fields = ["slug", "office_es", "office_en", "office_pt", "email"]
    autocomplete_fields = ["organisation", "via"]
    permanent_fields = ["slug"]
    plain_fieldsets = [
        (
            _("Mailbox and consent"),
            {"fields": ["email", ("consent_to_publish", "consent_date"), "consent_note"]},
        )
    ]


@admin.register(models.Reference)
class ReferenceAdmin(Visited, LanguageTabsAdmin):
    list_display = ["number", "author", "year", "title", "edition"]
    list_display_links = ["title"]
    list_filter = ["edition"]
    search_fields = ["author", "title"]


@admin.register(models.SynonymSet)
class SynonymSetAdmin(admin.ModelAdmin):
    """Spellings, acronyms and translations that find each other; understood at once."""

    list_display = ["slug", "__str__"]
    search_fields = ["slug", "words"]
