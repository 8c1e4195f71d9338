"""Editing networks and countries, and the language tabs that every editing form has."""

from django.contrib import admin
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.fields import TranslationField

from networks.models import Country, Network
from networks.records import translated_fields
from networks.unconfirmed_names import unconfirmed_name_languages

LANGUAGE_LABELS = {"es": _("Texts in Spanish"), "en": _("Texts in English"), "pt": _("Texts in Portuguese")}


class PossibleKeysMixin:
    """Looks up no choice for what cannot be a key; Django's widgets fail when such a form is shown again."""

    def optgroups(self, name, value, attr=None):
        keys = [str(key) for key in value]
        return super().optgroups(name, [key for key in keys if key.isdecimal() and len(key) < 19], attr)


class RecordSelect(PossibleKeysMixin, AutocompleteSelect):
    """The widget of one related record, found while one types."""


class RecordsSelect(PossibleKeysMixin, AutocompleteSelectMultiple):
    """The widget of several related records, found while one types."""


class LanguageTabsMixin:
    """What forms with language tabs share; without JavaScript the languages stand one below the other."""

    class Media:
        js = ["admin/language-tabs.js", "admin/names.js"]

    def formfield_for_dbfield(self, db_field, request, **options):
        """Require no language more than another: the record asks for a text in at least one."""
        if db_field.name in self.get_autocomplete_fields(request):
            widget = RecordsSelect if db_field.many_to_many else RecordSelect
            options.setdefault("widget", widget(db_field, self.admin_site))
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(db_field, TranslationField):
            field.required = False
            field.widget.attrs["lang"] = db_field.language  # how it is read aloud and checked for spelling
        return field


class LanguageTabsAdmin(LanguageTabsMixin, TranslationAdmin):
    """A form whose translated texts stand in one fieldset per language, between two groups of plain fields.

    ``leading_fields`` come first, ``plain_fieldsets`` last; a plain field named in neither joins the first.
    """

    leading_fields = ()
    plain_fieldsets = ()
    permanent_fields = ()  # given once; afterwards only shown

    def get_fieldsets(self, request, obj=None):
        names = flatten_fieldsets(super().get_fieldsets(request, obj))
        translated = translated_fields(self.model)
        by_language = {code: [f"{name}_{code}" for name in translated] for code in LANGUAGE_LABELS}
        named = {*flatten(by_language.values()), *self.leading_fields}
        named.update(flatten_fieldsets(self.plain_fieldsets))
        first = [*self.leading_fields, *(name for name in names if name not in named)]
        tabs = [
            (label, {"classes": ["language-tab", f"language-{code}"], "fields": by_language[code]})
            for code, label in LANGUAGE_LABELS.items()
        ]
        return [*([(None, {"fields": first})] if first else []), *tabs, *self.plain_fieldsets]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.permanent_fields if obj else ())]


class LanguageTabsInline(LanguageTabsMixin, TranslationStackedInline):
    """Rows below a form, with their texts in the three languages."""

    extra = 0
    show_change_link = False


class OrderedFormSet(BaseInlineFormSet):
    """Rows with a unique ``order``: two of them may exchange numbers in one save."""

    def save(self, commit=True):
        if "order" not in self.form.base_fields:  # a translator sees the order and does not change it
            return super().save(commit)
        rows = self.model.objects.filter(**{self.fk.name: self.instance})
        numbers = {form.instance.pk: form.cleaned_data.get("order") for form in self.initial_forms}
        rows.update(order=None)
        for form in self.initial_forms:
            if not form.has_changed():
                rows.filter(pk=form.instance.pk).update(order=numbers[form.instance.pk])
        return super().save(commit)


class UnconfirmedNamesMixin:
    """Shows in list and form which names the institution has not confirmed; the public pages do not show it.

    The names themselves, and whom to ask, are in ``docs/to-confirm.md``.
    """

    @admin.display(description=_("confirmation of the name"))
    def confirmation(self, record):
        return self.confirmation_text(record)

    def confirmation_text(self, record):
        return _("not confirmed by the institution") if unconfirmed_name_languages(record) else ""


@admin.register(Network)
class NetworkAdmin(UnconfirmedNamesMixin, LanguageTabsAdmin):
    list_display = ["order", "name", "short_name", "colour", "active", "confirmation"]
    list_display_links = ["name"]
    list_filter = ["active", "name_unconfirmed"]
    search_fields = ["slug", "name_es", "name_en", "name_pt", "aliases"]
    permanent_fields = ["slug"]


@admin.register(Country)
class CountryAdmin(LanguageTabsAdmin):
    list_display = ["iso2", "name", "official_name", "iso3", "m49", "member_since"]
    list_display_links = ["name"]
    permanent_fields = ["iso2"]
    search_fields = ["iso2", "iso3", "name_es", "name_en", "name_pt", "aliases"]
