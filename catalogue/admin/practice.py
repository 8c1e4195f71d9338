"""Editing a practice with everything that belongs to it, in one form and one transaction.

Each piece is a module that says where it is hooked in: ``merging``, ``autosave``, ``transitions``, ``history``,
``similar``, ``translations``, ``bulk`` and ``inlines``.
"""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from catalogue import models
from catalogue.admin import bulk
from catalogue.admin.autosave import Autosave
from catalogue.admin.filters import BrokenLinks, Completeness, DueForVerification, Kind, MissingTexts, WaitingForMe
from catalogue.admin.forms import MERGED, RESUMED, UNREVIEWED, PracticeForm
from catalogue.admin.history import Versions
from catalogue.admin.inlines import INLINES, TypedDatesMixin, fields_locked_for, only_translates
from catalogue.admin.merging import merge
from catalogue.admin.pages import as_stored
from catalogue.admin.similar import SimilarTitles
from catalogue.admin.transitions import Transitions
from catalogue.admin.translations import Translations
from catalogue.choices import FRAMEWORK_FIELDS, State
from catalogue.editorial import form_panel
from catalogue.editorial.translation import status
from catalogue.editorial.workflow import autosave, framework_suggestions, revisions, roles
from catalogue.editorial.workflow.roles import Action, may
from catalogue.models.derived import deferred
from catalogue.models.narrative import MAY_BE_INFERRED
from catalogue.querysets.adaptations import with_interest
from catalogue.text.languages import CONTENT_LANGUAGES
from networks.admin import LanguageTabsAdmin

STATUS_FIELDS = tuple(f"translation_status_{code}" for code in CONTENT_LANGUAGES)


@admin.register(models.Practice)
class PracticeAdmin(TypedDatesMixin, LanguageTabsAdmin):
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
        *STATUS_FIELDS,
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
        (_("Languages"), {"fields": ["original_language", STATUS_FIELDS]}),
        (_("Frameworks"), {"fields": ["suggested"]}),
        (_("For the history"), {"fields": ["reason", "small_correction", "seen", "work"]}),
    ]
    inlines = INLINES
    actions = bulk.ACTIONS

    class Media:
        js = [
            "admin/editorial.js",
            "admin/merging.js",
            "admin/originals.js",
            "admin/counters.js",
            "admin/places.js",
            "admin/similar.js",
            "admin/autosave.js",
        ]

    def __init__(self, *args):
        super().__init__(*args)
        self.autosave, self.versions = Autosave(self), Versions(self)
        self.pages = [Translations(self), self.autosave, SimilarTitles(self), Transitions(self), self.versions]

    def get_urls(self):
        return [*(url for pages in self.pages for url in pages.urls()), *super().get_urls()]

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
        raise Http404  # the same response for what there is not and for what is not permitted

    def get_actions(self, request):
        return bulk.permitted_actions(super().get_actions(request), request.user)

    def get_readonly_fields(self, request, obj=None):
        shown = super().get_readonly_fields(request, obj)
        if not only_translates(request.user, obj):
            return shown
        own = {f"translation_status_{code}" for code in roles.own_languages(request.user)}
        locked = [name for name in fields_locked_for(request.user, models.Practice) if name not in own]
        return list(dict.fromkeys([*shown, *locked]))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets[:-2]  # without frameworks and history: nothing is changed, so nobody is asked why
        if obj is None or only_translates(request.user, obj):
            return [*fieldsets[:-2], fieldsets[-1]]  # nothing to suggest, or nobody to follow it
        return fieldsets

    # What is shown

    def view_on_site(self, practice):
        """Lead to the public page; a practice that is not public has none."""
        return practice.get_absolute_url() if practice.state == State.PUBLISHED else None

    def render_change_form(self, request, context, *, obj, **options):
        """Show the panel above the form, on a GET request and when the form was refused."""
        practice = as_stored(self, request, obj)
        context["panel"] = form_panel.panel(request.user, practice) if practice else None
        context["offered"] = self.autosave.offered(request, practice)
        return super().render_change_form(request, context, obj=obj, **options)

    def history_view(self, request, object_id, extra_context=None):
        return self.versions.history_view(request, object_id)

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

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Let Django save the posted form after it was merged with what others have saved since it was opened.

        One transaction holds the practice from the merge to the save. A form that was merged or filled with unsaved
        work is shown and not saved.
        """
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            practice = self._locked(request, object_id)
            posted, context = request.POST, dict(extra_context or {})
            if self.has_change_permission(request, practice) if practice else not object_id:
                if "_resume" in posted:
                    context["resumed"] = self.autosave.resumed(request, practice)
                    if context["resumed"] is None:
                        messages.error(request, _("This unsaved work no longer exists."))
                        return redirect(request.path)
                    posted = autosave.as_query_dict(context["resumed"])
                    posted[UNREVIEWED] = RESUMED
                if practice:
                    posted, context["merge"] = merge(self, request, practice, posted)
                    if context["merge"]:
                        posted[UNREVIEWED] = MERGED
            request.POST = posted
            return super().changeform_view(request, object_id, form_url, context)

    def _locked(self, request, object_id):
        """Return the practice that is about to be saved; two who save at once come one after the other."""
        key = unquote(object_id or "")
        if not key.isdecimal():
            return None
        models.Practice.objects.select_for_update().filter(pk=key).first()
        return self.get_object(request, key)

    def save_model(self, request, obj, form, change):
        if change:
            revisions.store_version(models.Practice.objects.get(pk=obj.pk))  # before the change
        else:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Save the inlines, index the practice once for all of them, and store the whole as a version."""
        practice, asked = form.instance, form.cleaned_data
        before = practice.record.versions.filter(of_revision=practice.is_revision).first()
        with deferred():
            super().save_related(request, form, formsets, change)
            framework_suggestions.take_up(practice, asked.get("suggested", ()))
            small = asked.get("small_correction", False)
            status.update_statuses(practice, before and before.content, small_correction=small)
        autosave.settle(request.user, asked.get("work"))
        revisions.store_version(practice, by=request.user, reason=asked.get("reason", ""))
