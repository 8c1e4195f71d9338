"""Editing adaptations: which State does what with a practice of another, and the steps of its review."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from catalogue.admin.forms import MoveForm, PartialDateField
from catalogue.choices import Move, State
from catalogue.editorial.workflow import adaptations
from catalogue.editorial.workflow.roles import Action, practices_for_editor
from catalogue.editorial.workflow.workflow import STEPS, moves_for
from catalogue.errors import Refused
from catalogue.models import Adaptation
from networks.admin import LanguageTabsAdmin


class AdaptationForm(ModelForm):
    """An adaptation, as the account that writes it may write it."""

    by = None  # set by the admin, for each request

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        own = adaptations.bound_to(self.by)
        if own is not None and "country" in self.fields:
            field = self.fields["country"]
            field.queryset = field.queryset.filter(pk__in=[country.pk for country in own])
        if "practice" in self.fields:
            self.fields["practice"].queryset = self.fields["practice"].queryset.published().by_code()


@admin.register(Adaptation)
class AdaptationAdmin(LanguageTabsAdmin):
    form = AdaptationForm
    change_form_template = "admin/catalogue/adaptation/change_form.html"
    list_display = ["__str__", "stage", "since", "state", "updated"]
    list_filter = ["state", "stage", ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["practice", "country"]
    search_fields = ["practice__code", "practice__title_es", "practice__title_en", "practice__title_pt"]
    autocomplete_fields = ["contact"]
    leading_fields = ["practice", "country", "stage", "since"]
    plain_fieldsets = [(gettext_lazy("Contact and evidence"), {"fields": ["contact", "evidence", "evidence_url"]})]

    # Who sees and does what

    def get_queryset(self, request):
        return practices_for_editor(request.user, super().get_queryset(request))

    def has_view_permission(self, request, obj=None):
        return adaptations.may(request.user, Action.VIEW, obj)

    def has_add_permission(self, request):
        return adaptations.may(request.user, Action.ADD)

    def has_change_permission(self, request, obj=None):
        return adaptations.may(request.user, Action.EDIT, obj)

    def has_delete_permission(self, request, obj=None):
        return adaptations.may(request.user, Action.DELETE, obj)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # the same answer for what there is not and for what is not for these eyes

    # What is stored

    def get_form(self, request, obj=None, **options):
        form = super().get_form(request, obj, **options)
        form.by = request.user
        return form

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name == "since":
            options["form_class"] = PartialDateField
        return super().formfield_for_dbfield(db_field, request, **options)

    def save_model(self, request, obj, form, change):
        adaptations.keep(obj, by=request.user)

    def view_on_site(self, adaptation):
        """Lead to the practice that shows it; what is not public has no page."""
        shown = adaptation.state == adaptation.practice.state == State.PUBLISHED
        return f"{adaptation.practice.get_absolute_url()}#travels" if shown else None

    # Steps

    def get_urls(self):
        move = self.admin_site.admin_view(self.move_view)
        own = [path("<path:object_id>/move/<str:move>/", move, name="catalogue_adaptation_move")]
        return [*own, *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        adaptation = self.get_object(request, unquote(object_id)) if object_id else None
        panel = self.panel(request.user, adaptation) if adaptation else None
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "desk": panel})

    def panel(self, user, adaptation):
        """Return what the form tells beside its fields: where the adaptation stands and what may be done."""
        return {
            "adaptation": adaptation,
            "moves": moves_for(user, adaptation),
            "lacks": adaptations.missing(adaptation) if adaptation.state != State.PUBLISHED else [],
            "steps": adaptation.steps.select_related("by"),
        }

    def move_view(self, request, object_id, move):
        """Ask for the note of a step, and take it."""
        adaptation = self.get_object(request, unquote(object_id))
        if adaptation is None or move not in STEPS:
            raise Http404
        if not adaptations.may(request.user, Action(move)):
            raise PermissionDenied
        form = MoveForm(request.POST if request.method == "POST" else None, move=move)
        form.fields.pop("at", None)  # adaptations are not scheduled
        edited_at = reverse("admin:catalogue_adaptation_change", args=[adaptation.pk])
        if request.method == "POST" and form.is_valid():
            try:
                taken = adaptations.move(adaptation, move, by=request.user, note=form.cleaned_data["note"])
            except Refused as refusal:
                form.add_error(None, ValidationError([refusal.sentence, *(each.sentence for each in refusal.missing)]))
            else:
                messages.success(request, f"{adaptation}: {taken.get_to_state_display()}")
                return redirect(edited_at)
        context = {
            **self.admin_site.each_context(request),
            "title": Move(move).label,
            "original": adaptation,
            "opts": self.opts,
            "form": form,
            "edited_at": edited_at,
        }
        return TemplateResponse(request, "admin/catalogue/adaptation/move.html", context)
