"""Editing networks and countries, and the language tabs that every editing form has."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from networks.models import Country, Network

LANGUAGE_LABELS = {"es": _("Texts in Spanish"), "en": _("Texts in English"), "pt": _("Texts in Portuguese")}


class LanguageTabs:
    """Media of the forms with language tabs; without JavaScript the languages stand one below the other."""

    class Media:
        css = {"all": ["admin/catalogue.css"]}
        js = ["admin/language-tabs.js"]


class LanguageTabsAdmin(LanguageTabs, TranslationAdmin):
    """A form whose translated texts stand in one fieldset per language, between two groups of plain fields.

    ``leading_fields`` come first, ``plain_fieldsets`` last; a plain field named in neither joins the first.
    """

    leading_fields = ()
    plain_fieldsets = ()

    def get_fieldsets(self, request, obj=None):
        names = [name for _label, options in super().get_fieldsets(request, obj) for name in options["fields"]]
        translated = [field.name for field in self.opts.fields if field.name in self.trans_opts.all_fields]
        by_language = {code: [f"{name}_{code}" for name in translated] for code in LANGUAGE_LABELS}
        placed = {*_flat(by_language.values()), *self.leading_fields}
        placed.update(name for _label, options in self.plain_fieldsets for name in _flat(options["fields"]))
        first = [*self.leading_fields, *(name for name in names if name not in placed)]
        tabs = [
            (label, {"classes": ["language-tab", f"language-{code}"], "fields": by_language[code]})
            for code, label in LANGUAGE_LABELS.items()
        ]
        return [*([(None, {"fields": first})] if first else []), *tabs, *self.plain_fieldsets]


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
