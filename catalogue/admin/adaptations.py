"""Editing adaptations: which State does what with a practice of another, and the transitions of its review."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy

from catalogue.admin.forms import PartialDateField, TransitionForm
from catalogue.admin.pages import AdminPages, as_stored, posted
from catalogue.choices import State, TransitionKind
from catalogue.editorial.workflow import adaptations
from catalogue.editorial.workflow.roles import Action, practices_for_editor
from catalogue.editorial.workflow.workflow import TRANSITION_RULES, transitions_for
from catalogue.models import Adaptation, Practice
from networks.admin import LanguageTabsAdmin
from networks.models import Country


class AdaptationPages(AdminPages):
    """The transitions of an adaptation."""

    def urls(self):
        return [self.path("<path:object_id>/move/<str:move>/", self.move_view, "move")]

    def move_view(self, request, object_id, move):
        """Ask for the note of a transition, and carry it out."""
        adaptation = self.visible_or_404(request, object_id)
        if move not in TRANSITION_RULES:
            raise Http404
        move = TransitionKind(move)
        if not adaptations.may(request.user, Action(move)):
            raise PermissionDenied

        def take(asked):
            taken = adaptations.move(adaptation, move, by=request.user, note=asked["note"])
            messages.success(request, f"{adaptation}: {taken.get_to_state_display()}")
            return self.change_url(adaptation)

        return self.transition(request, adaptation, move, TransitionForm(posted(request)), take)


@admin.register(Adaptation)
class AdaptationAdmin(LanguageTabsAdmin):
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
        raise Http404  # the same response for what there is not and for what is not permitted

    # What is stored

    def formfield_for_foreignkey(self, db_field, request, **options):
        """Offer published practices, and to a focal point its own countries."""
        if db_field.name == "practice":
            options["queryset"] = Practice.objects.published().by_code()
        if db_field.name == "country" and (own := adaptations.bound_to(request.user)) is not None:
            options["queryset"] = Country.objects.filter(pk__in=[country.pk for country in own])
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name == "since":
            options["form_class"] = PartialDateField
        return super().formfield_for_dbfield(db_field, request, **options)

    def save_model(self, request, obj, form, change):
        adaptations.save_adaptation(obj, by=request.user)

    def view_on_site(self, adaptation):
        """Lead to the practice that shows it; what is not public has no page."""
        shown = adaptation.state == adaptation.practice.state == State.PUBLISHED
        return f"{adaptation.practice.get_absolute_url()}#travels" if shown else None

    # Transitions

    def get_urls(self):
        return [*AdaptationPages(self).urls(), *super().get_urls()]

    def render_change_form(self, request, context, *, obj, **options):
        """Show above the form where the adaptation stands and what may be done."""
        if adaptation := as_stored(self, request, obj):
            context["panel"] = {
                "adaptation": adaptation,
                "moves": transitions_for(request.user, adaptation),
                "lacks": adaptations.missing(adaptation) if adaptation.state != State.PUBLISHED else [],
                "steps": adaptation.steps.select_related("by"),
            }
        return super().render_change_form(request, context, obj=obj, **options)
