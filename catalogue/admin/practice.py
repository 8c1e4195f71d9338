"""Editing a practice with everything that belongs to it, in one form and one transaction."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import models as db
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from catalogue import models
from catalogue.admin.autosave import Autosave
from catalogue.admin.bulk import BulkActions
from catalogue.admin.filters import BrokenLinks, Completeness, DueForVerification, Kind, MissingTexts, WaitingForMe
from catalogue.admin.forms import PracticeForm
from catalogue.admin.history import Versions
from catalogue.admin.inlines import INLINES, WrittenDates, only_translates, own_texts
from catalogue.admin.merging import merge
from catalogue.admin.similar import Similar
from catalogue.admin.transitions import Steps
from catalogue.admin.translations import Translations
from catalogue.choices import FRAMEWORK_FIELDS, State
from catalogue.editorial import form_panel
from catalogue.editorial.translation import status
from catalogue.editorial.workflow import autosave, framework_suggestions, revisions, roles
from catalogue.editorial.workflow.roles import Action, may
from catalogue.models.narrative import MAY_BE_INFERRED
from catalogue.querysets.adaptations import with_interest
from catalogue.search.index import deferred
from networks.admin import LanguageTabsAdmin


@admin.register(models.Practice)
class PracticeAdmin(Translations, Autosave, Similar, Steps, BulkActions, Versions, WrittenDates, LanguageTabsAdmin):
    form = PracticeForm
    exclude = ["state", *FRAMEWORK_FIELDS.values()]  # the workflow moves it; the classifications below hold the terms
    change_form_template = "admin/catalogue/practice/change_form.html"
    list_display = ["name", "title", "state", "network_names", "country_names", "updated", "interest"]
    list_display_links = ["name", "title"]
    list_filter = [
        "state",
        WaitingForMe,
        DueForVerification,
        BrokenLinks,
        Kind,
        Completeness,
        MissingTexts,
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
    autocomplete_fields = ["populations", "keywords", "contact"]
    list_per_page = 50
    save_on_top = True
    leading_fields = ["code", "slug", "acronym"]
    permanent_fields = ["code", "slug"]
    plain_fieldsets = [
        (
            _("Scope, period and status"),
            {"fields": ["scope", ("start", "end"), "period_not_stated", "status", "evidence"]},
        ),
        (
            _("What the source does not say"),
            {"fields": [*(f"{field}_inferred" for field in MAY_BE_INFERRED), "limits_none_reported"]},
        ),
        (_("For filters"), {"fields": ["populations", "keywords"]}),
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
        (_("Frameworks"), {"fields": ["suggested"]}),
        (_("For the history"), {"fields": ["reason", "small_correction", "seen", "work"]}),
    ]
    inlines = INLINES

    class Media:
        js = [
            "admin/desk.js",
            "admin/merging.js",
            "admin/originals.js",
            "admin/counters.js",
            "admin/places.js",
            "admin/similar.js",
            "admin/autosave.js",
        ]

    # Who sees and does what

    def get_queryset(self, request):
        seen = roles.practices_for_editor(request.user, super().get_queryset(request)).for_listing()
        return with_interest(seen, models.Enquiry.objects.all())

    def has_view_permission(self, request, obj=None):
        return may(request.user, Action.VIEW, obj)

    def has_change_permission(self, request, obj=None):
        return may(request.user, Action.EDIT, obj) or may(request.user, Action.TRANSLATE, obj)

    def has_delete_permission(self, request, obj=None):
        return may(request.user, Action.DELETE, obj)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # the same answer for what there is not and for what is not for these eyes

    def get_readonly_fields(self, request, obj=None):
        shown = list(super().get_readonly_fields(request, obj))
        if only_translates(request.user, obj):
            own = [*own_texts(request.user, models.Practice), "reason", "small_correction", "seen", "work"]
            own += [f"translation_status_{code}" for code in roles.own_languages(request.user)]
            shown += [name for name in self._form_names() if name not in own and name not in shown]
        return shown

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets[:-2]  # nothing is changed, so nobody is asked why
        if obj is None or only_translates(request.user, obj):
            return [*fieldsets[:-2], fieldsets[-1]]  # nothing to suggest, or nobody to follow it
        return fieldsets

    def _form_names(self):
        model = models.Practice
        fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
        auto = [f for f in fields if not isinstance(f, db.ManyToManyField) or f.remote_field.through._meta.auto_created]
        whole = self.trans_opts.all_fields
        return [f.name for f in auto if f.editable and f.name not in ("id", "state") and f.name not in whole]

    # What is shown

    def view_on_site(self, practice):
        """Lead to the public page; a practice that is not public has none."""
        return practice.get_absolute_url() if practice.state == State.PUBLISHED else None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        practice = self.get_object(request, object_id) if object_id else None
        context = {
            **(extra_context or {}),
            "desk": form_panel.panel(request.user, practice) if practice else None,
            "offered": self.offered(request, practice),
        }
        return super().changeform_view(request, object_id, form_url, context)

    @admin.display(description=_("code"), ordering="code")
    def name(self, practice):
        return _("%s (proposed change)") % practice.record_code if practice.is_revision else practice.code

    @admin.display(description=_("networks"))
    def network_names(self, practice):
        return ", ".join(str(row.network.short_name) for row in practice.practice_networks.all())

    @admin.display(description=_("countries"))
    def country_names(self, practice):
        return ", ".join(country.name for country in practice.implementing_countries)

    @admin.display(description=_("questions"), ordering="interest")
    def interest(self, practice):
        return practice.interest

    # What is stored

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST":
            practice = self._locked(request, object_id)
            may_write = self.has_change_permission(request, practice) if practice else not object_id
            if "_resume" in request.POST and may_write:
                request.resumed = self.resumed(request, practice)
                if request.resumed is None:
                    messages.error(request, _("This unsaved work no longer exists."))
                    return redirect(request.path)
                request.POST = autosave.as_posted(request.resumed)
            if practice and may_write:
                request.POST, request.merge = merge(self, request, practice)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _locked(self, request, object_id):
        """Return the practice that is about to be saved; two who save at once come one after the other."""
        key = unquote(object_id or "")
        if not key.isdecimal():
            return None
        models.Practice.objects.select_for_update().filter(pk=key).first()
        return self.get_object(request, key)

    def get_form(self, request, obj=None, change=False, **options):
        """Return a form that knows what was put into it before the editor has looked at it."""
        form = super().get_form(request, obj, change=change, **options)
        form.merge, form.resumed = getattr(request, "merge", None), getattr(request, "resumed", None)
        return form

    def save_model(self, request, obj, form, change):
        if change:
            form.before = revisions.keep_version(models.Practice.objects.get(pk=obj.pk)).content  # before the change
        else:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Save the rows, index the practice once for all of them, and keep the whole as a version."""
        with deferred():
            super().save_related(request, form, formsets, change)
            framework_suggestions.take_up(form.instance, form.cleaned_data.get("suggested", ()))
            small = form.cleaned_data.get("small_correction", False)
            status.follow(form.instance, form.before, small_correction=small)
        autosave.settle(request.user, form.cleaned_data.get("work"))
        revisions.keep_version(form.instance, by=request.user, reason=form.cleaned_data.get("reason", ""))
