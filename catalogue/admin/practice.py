"""Editing a practice with everything that belongs to it, in one form and one transaction."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from catalogue import models
from catalogue.choices import CountryRole, State
from catalogue.search.index import deferred
from networks.admin import LanguageTabsAdmin, LanguageTabsInline, OrderedFormSet


class OneImplementingCountry(OrderedFormSet):
    """At least one State implements every practice."""

    def clean(self):
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        if not any(row.get("role") == CountryRole.IMPLEMENTING for row in kept if row):
            raise ValidationError(_("Add at least one country that implements the practice."))


class PracticeNetworks(admin.TabularInline):
    model = models.PracticeNetwork
    formset = OrderedFormSet
    extra = 0
    min_num = 1
    validate_min = True


class PracticeCountries(LanguageTabsInline):
    model = models.PracticeCountry
    formset = OneImplementingCountry


class PracticeScopes(admin.TabularInline):
    model = models.PracticeScope
    extra = 0


class Places(LanguageTabsInline):
    model = models.Place
    formset = OrderedFormSet


class PracticeOrganisations(LanguageTabsInline):
    model = models.PracticeOrganisation
    formset = OrderedFormSet
    autocomplete_fields = ["organisation"]


class LegalInstruments(LanguageTabsInline):
    model = models.LegalInstrument
    formset = OrderedFormSet


class Results(LanguageTabsInline):
    model = models.Result
    formset = OrderedFormSet


class Links(LanguageTabsInline):
    model = models.Link
    formset = OrderedFormSet


class Citations(LanguageTabsInline):
    model = models.Citation
    formset = OrderedFormSet
    autocomplete_fields = ["reference"]


class EditorsNotes(LanguageTabsInline):
    model = models.EditorsNote
    formset = OrderedFormSet


@admin.register(models.Practice)
class PracticeAdmin(LanguageTabsAdmin):
    list_display = ["code", "title", "network_names", "country_names", "status", "state", "updated"]
    list_display_links = ["code", "title"]
    list_filter = [
        "state",
        "networks",
        ("practice_countries__country", admin.RelatedOnlyFieldListFilter),
        "scope",
        "status",
        "edition",
        "translation_status_es",
        "translation_status_en",
        "translation_status_pt",
    ]
    search_fields = ["code", "slug", "acronym", *get_translation_fields("title"), *get_translation_fields("summary")]
    search_help_text = _("Code, title, acronym or a word of the summary.")
    autocomplete_fields = ["populations", "keywords", "gcm_objectives", "sdg_targets", "contact"]
    list_per_page = 50
    save_on_top = True
    leading_fields = ["state", "code", "slug", "acronym"]
    permanent_fields = ["code", "slug"]
    plain_fieldsets = [
        (_("Scope, period and status"), {"fields": ["scope", ("start", "end"), "status", "evidence"]}),
        (_("For filters"), {"fields": ["populations", "keywords", "gcm_objectives", "sdg_targets"]}),
        (_("Contact and source"), {"fields": ["hotline", "contact", "edition"]}),
        (
            _("Languages"),
            {
                "fields": [
                    "original_language",
                    ("translation_status_es", "translation_status_en", "translation_status_pt"),
                ]
            },
        ),
    ]
    inlines = [
        PracticeNetworks,
        PracticeCountries,
        PracticeScopes,
        Places,
        PracticeOrganisations,
        LegalInstruments,
        Results,
        Links,
        Citations,
        EditorsNotes,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).for_listing()

    def view_on_site(self, practice):
        """Lead to the public page; a practice that is not public has none."""
        return practice.get_absolute_url() if practice.state == State.PUBLISHED else None

    def save_related(self, request, form, formsets, change):
        """Save the rows, and index the practice once for all of them."""
        with deferred():
            super().save_related(request, form, formsets, change)

    @admin.display(description=_("networks"))
    def network_names(self, practice):
        return ", ".join(str(row.network.short_name) for row in practice.practice_networks.all())

    @admin.display(description=_("countries"))
    def country_names(self, practice):
        return ", ".join(country.name for country in practice.implementing_countries)
