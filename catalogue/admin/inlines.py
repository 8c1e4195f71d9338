"""Inlines of the form of a practice: who may edit the practice edits them, a translator only their texts."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from catalogue import models, partial_dates
from catalogue.admin.forms import PartialDateField
from catalogue.admin.links import LastVisitMixin
from catalogue.choices import CountryRole
from catalogue.editorial.workflow import roles
from catalogue.editorial.workflow.roles import Action, may
from catalogue.text.numbers import number_in_words
from networks.admin import LanguageTabsInline, OrderedFormSet
from networks.records import translated_fields


def only_translates(user, practice):
    """Whether an account may write texts of its languages in a practice, and nothing else."""
    return practice is not None and may(user, Action.TRANSLATE, practice) and not may(user, Action.EDIT, practice)


def fields_locked_for(translator, model):
    """Return the fields of the form of a model that a translator only reads."""
    relations = [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]
    names = [field.name for field in [*model._meta.concrete_fields, *relations] if field.editable]
    texts, languages = translated_fields(model), roles.own_languages(translator)
    own = [build_localized_fieldname(name, code) for name in texts for code in languages]
    open_fields = {"id", "practice", "state", *texts, *own}
    return [name for name in names if name not in open_fields]


class TypedDatesMixin:
    """Dates may be typed as people write them: 15 September 2022; a limited text tells its limit to the counter."""

    date_validators = (partial_dates.validate_partial_date, partial_dates.validate_end)

    def formfield_for_dbfield(self, db_field, request, **options):
        if any(validator in db_field.validators for validator in self.date_validators):
            options |= {"form_class": PartialDateField, "max_length": 40}
        field = super().formfield_for_dbfield(db_field, request, **options)
        limits = [rule.limit_value for rule in db_field.validators if isinstance(rule, MaxLengthValidator)]
        if limits and not db_field.max_length:
            field.widget.attrs["data-limit"] = min(limits)
        return field


class PracticeInlineMixin(TypedDatesMixin):
    """What an account may do with the rows of a practice follows from what it may do with the practice."""

    extra = 0
    formset = OrderedFormSet  # without a field ``order``, rows are saved as by Django's

    def get_formset(self, request, obj=None, **options):
        """Return the formset class, cached on the request: it takes long to build, and Django asks three times."""
        cache = vars(request).setdefault("formset_classes", {})
        key = type(self), obj and obj.pk, repr(sorted(options.items()))
        if key not in cache:
            cache[key] = super().get_formset(request, obj, **options)
        return cache[key]

    def has_view_permission(self, request, obj=None):
        return may(request.user, Action.VIEW, obj)

    def has_add_permission(self, request, obj=None):
        return may(request.user, Action.EDIT if obj else Action.ADD, obj)

    def has_change_permission(self, request, obj=None):
        texts = translated_fields(self.model)
        return may(request.user, Action.EDIT, obj) or bool(texts and only_translates(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return may(request.user, Action.EDIT, obj)

    def get_readonly_fields(self, request, obj=None):
        shown = super().get_readonly_fields(request, obj)
        if not only_translates(request.user, obj):
            return shown
        return list(dict.fromkeys([*shown, *fields_locked_for(request.user, self.model)]))


class ReadableValueMixin:
    """Shows ``value`` to who may not change it as public pages do: 13, and not the 13,0000 that the table holds."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self._shows_value(request, obj):
            return fieldsets
        return [(label, {**options, "fields": _shown(options["fields"])}) for label, options in fieldsets]

    def get_readonly_fields(self, request, obj=None):
        shown = super().get_readonly_fields(request, obj)
        return [*shown, "shown_value"] if self._shows_value(request, obj) else shown

    def _shows_value(self, request, obj):
        return not self.has_change_permission(request, obj) or "value" in super().get_readonly_fields(request, obj)

    @admin.display(description=_("value"))
    def shown_value(self, row):
        return "–" if row.value is None else number_in_words(row.value)


def _shown(names):
    return ["shown_value" if name == "value" else name for name in names if name != "shown_value"]


class TranslatedInline(PracticeInlineMixin, LanguageTabsInline):
    """Rows with texts in three languages."""


class PlainInline(PracticeInlineMixin, admin.TabularInline):
    """Rows without translated texts."""


class CountryFormSet(OrderedFormSet):
    """At least one State implements every practice; for a focal point, one of its own."""

    own = None  # the countries of a focal point; ``None`` for everybody else

    def clean(self):
        super().clean()
        if "role" not in self.form.base_fields:  # a translator changes no country
            return
        kept = [form.cleaned_data for form in self.forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        countries = {row.get("country") for row in kept if row and row.get("role") == CountryRole.IMPLEMENTING}
        if not countries:
            raise ValidationError(_("Add at least one country that implements the practice."))
        if self.own is not None and not countries & set(self.own):
            raise ValidationError(_("At least one of the countries that implement the practice must be one of yours."))


def inline_for(model, *bases, **options):
    """Return the class of the inline of a model, with ``options`` as its attributes."""
    return type(f"{model.__name__}Inline", bases, {"model": model, **options})


class PracticeCountries(TranslatedInline):
    model = models.PracticeCountry
    formset = CountryFormSet

    def get_formset(self, request, obj=None, **options):
        formset = super().get_formset(request, obj, **options)
        if roles.bound_to_own_countries(request.user) and not only_translates(request.user, obj):
            formset.own = roles.own_countries(request.user)
        return formset


class Classifications(TranslatedInline):
    model = models.Classification
    autocomplete_fields = ["term"]

    def get_readonly_fields(self, request, obj=None):
        """Leave the confirmation to the secretariat."""
        confirmation = ["status", "confirmed_on"] if roles.bound_to_own_countries(request.user) else []
        return list(dict.fromkeys([*super().get_readonly_fields(request, obj), *confirmation]))


INLINES = [
    inline_for(models.PracticeNetwork, PlainInline, min_num=1, validate_min=True),
    PracticeCountries,
    inline_for(models.PracticeScope, PlainInline),
    Classifications,
    inline_for(models.Place, TranslatedInline),
    inline_for(models.PracticeOrganisation, TranslatedInline, autocomplete_fields=["organisation"]),
    inline_for(models.LegalInstrument, LastVisitMixin, TranslatedInline),
    inline_for(models.Result, ReadableValueMixin, TranslatedInline),
    inline_for(models.Link, LastVisitMixin, TranslatedInline),
    inline_for(models.Citation, TranslatedInline, autocomplete_fields=["reference"]),
    inline_for(models.EditorsNote, TranslatedInline),
]
