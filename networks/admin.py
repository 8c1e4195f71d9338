"""Editing networks and countries, and the language tabs that every editing form has."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.utils import get_translation_fields

from networks.models import Country, Network

LANGUAGE_LABELS = {"es": _("Texts in Spanish"), "en": _("Texts in English"), "pt": _("Texts in Portuguese")}


class LanguageTabs:
    """Media of the forms with language tabs; without JavaScript the languages stand one below the other."""

    class Media:
        css = {"all": ["admin/catalogue.css"]}
        js = ["admin/language-tabs.js"]


class LanguageTabsAdmin(LanguageTabs, TranslationAdmin):
    """A form whose translated texts stand in one fieldset per language, below the plain fields.

    ``plain_fieldsets`` groups the plain fields; those it leaves out, and every one of a form without it, come first.
    """

    plain_fieldsets = ()

    def get_fieldsets(self, request, obj=None):
        names = [name for _label, options in super().get_fieldsets(request, obj) for name in options["fields"]]
        fields_of = [get_translation_fields(field) for field in self.trans_opts.all_fields]
        translated = {name for fields in fields_of for name in fields}
        grouped = {name for _label, options in self.plain_fieldsets for name in _flat(options["fields"])}
        first = [name for name in names if name not in translated and name not in grouped]
        by_language = [
            (
                label,
                {
                    "classes": ["language-tab", f"language-{code}"],
                    "fields": [name for fields in fields_of for name in fields if name.endswith(f"_{code}")],
                },
            )
            for code, label in LANGUAGE_LABELS.items()
        ]
        return [*([(None, {"fields": first})] if first else []), *by_language, *self.plain_fieldsets]


class LanguageTabsInline(TranslationStackedInline):
    """Rows below a form, with their texts in the three languages."""

    extra = 0
    show_change_link = False


def _flat(fields):
    return [name for entry in fields for name in (entry if isinstance(entry, (list, tuple)) else [entry])]


@admin.register(Network)
class NetworkAdmin(LanguageTabsAdmin):
    list_display = ["order", "name", "short_name", "colour", "active"]
    list_display_links = ["name"]
    list_filter = ["active"]
    search_fields = ["slug", "name_es", "name_en", "name_pt", "aliases"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(Country)
class CountryAdmin(LanguageTabsAdmin):
    list_display = ["iso2", "name", "official_name", "iso3", "m49", "member_since"]
    list_display_links = ["name"]
    search_fields = ["iso2", "iso3", "name_es", "name_en", "name_pt", "aliases"]
