"""Editing editions, the pages of their transitions, and the form by which practices are proposed for them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from catalogue import models
from catalogue.admin.forms import PartialDateField
from catalogue.admin.links import LastVisitMixin
from catalogue.admin.pages import AdminPages, as_stored, posted
from catalogue.choices import LANGUAGE_CHOICES, EditionState, EditionTransitionKind, Scope
from catalogue.editions import freeze
from catalogue.editorial.workflow import editions
from catalogue.editorial.workflow.roles import Action, may, profile_of
from catalogue.errors import Refused
from catalogue.partial_dates import validate_partial_date
from networks.admin import LanguageTabsAdmin
from networks.models import Country, Network

CONSEQUENCES = {
    EditionTransitionKind.OPEN: gettext_lazy(
        "The call will have a public page and an entry in the news feed; focal points can propose"
        " practices until the deadline."
    ),
    EditionTransitionKind.CLOSE: gettext_lazy(
        "No more practices can be proposed after this. You can reopen the call with a new deadline."
    ),
    EditionTransitionKind.FREEZE: gettext_lazy(
        "The published practices of this edition will be kept permanently as they are now. This cannot be undone."
    ),
}
MAY_CHANGE_LATER = ("url", "licence_url")  # addresses; what a frozen edition says does not change


class ProposalForm(forms.Form):
    """What is needed to propose a practice; the rest is written in its draft."""

    country = forms.ModelChoiceField(Country.objects.none(), label=gettext_lazy("Country"))
    network = forms.ModelChoiceField(Network.objects.all(), label=gettext_lazy("Network"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of your texts"),
        choices=LANGUAGE_CHOICES,
        help_text=gettext_lazy("Translations are added later."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=250, widget=forms.TextInput(attrs={"class": "vLargeTextField"})
    )
    summary = forms.CharField(
        label=gettext_lazy("Short description"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("In a few sentences: what it does, for whom and with what results."),
    )
    organisation = forms.ModelChoiceField(
        models.Organisation.objects.all(),
        label=gettext_lazy("Responsible institution"),
        required=False,
        help_text=gettext_lazy(
            "If it is not on the list, leave this field empty and add the institution later in the draft."
        ),
    )
    scope = forms.ChoiceField(label=gettext_lazy("Scope"), choices=Scope)
    start = PartialDateField(
        label=gettext_lazy("Start date"),
        required=False,
        max_length=10,
        validators=[validate_partial_date],
        help_text=gettext_lazy("Write 2015, 2023-04 or 2022-09-15; leave it empty if you do not know it."),
    )

    def __init__(self, *args, countries, **options):
        super().__init__(*args, **options)
        field = self.fields["country"]
        field.queryset = Country.objects.filter(pk__in=[country.pk for country in countries])
        if len(countries) == 1:
            field.initial = countries[0].pk


class EditionPages(AdminPages):
    """The transitions of an edition, and the proposal of a practice for it."""

    def urls(self):
        return [
            self.path("<path:object_id>/move/<str:move>/", self.move_view, "move"),
            self.path("<path:object_id>/propose/", self.propose_view, "propose"),
        ]

    def move_view(self, request, object_id, move):
        """Say what a transition does, and carry it out."""
        edition = self.visible_or_404(request, object_id)
        if move not in EditionTransitionKind.values:
            raise Http404
        if not editions.may_make_transitions(request.user):
            raise PermissionDenied
        move = EditionTransitionKind(move)

        def take(_asked):
            if move == EditionTransitionKind.FREEZE:
                freeze.freeze(edition, by=request.user)
            else:
                editions.move(edition, move, by=request.user)
            self.report(request, move, edition.slug)
            return self.change_url(edition)

        form = forms.Form(posted(request))
        return self.transition(request, edition, move, form, take, consequences=CONSEQUENCES[move])

    def propose_view(self, request, object_id):
        """Create a draft for an edition from the little that a focal point fills in."""
        edition = self.visible_or_404(request, object_id)
        if not may(request.user, Action.ADD):
            raise PermissionDenied
        countries = editions.countries_for(request.user)
        form = ProposalForm(
            posted(request), countries=countries, initial={"language": profile_of(request.user).language}
        )
        refusal = ""
        try:
            editions.refuse_late(edition)
            if form.is_valid():
                practice = editions.propose(edition, form.cleaned_data, by=request.user)
                messages.success(
                    request, _("Your proposal was saved as a draft. Complete it and submit it for review.")
                )
                return redirect("admin:catalogue_practice_change", practice.pk)
        except Refused as refused:
            form, refusal = None, refused.sentence
        context = {"title": _("Propose a practice"), "original": edition, "edited_at": self.change_url(edition)}
        return self.page(request, "edition/propose", form=form, refusal=refusal, **context)


@admin.register(models.Edition)
class EditionAdmin(LastVisitMixin, LanguageTabsAdmin):
    change_form_template = "admin/catalogue/edition/change_form.html"
    list_display = ["title", "year", "state", "deadline", "licence"]
    list_filter = ["state"]
    permanent_fields = ["slug", "address"]
    search_fields = ["title"]
    plain_fieldsets = [(gettext_lazy("Call for practices"), {"fields": ["deadline"]})]

    def get_readonly_fields(self, request, obj=None):
        shown = list(super().get_readonly_fields(request, obj))
        if obj and obj.state == EditionState.FROZEN:
            fields = [field.name for field in obj._meta.concrete_fields if field.editable and field.name != "id"]
            open_fields = {*MAY_CHANGE_LATER, *self.trans_opts.all_fields, *shown}
            shown += [name for name in fields if name not in open_fields]
        return shown

    def view_on_site(self, edition):
        return None if edition.state == EditionState.PREPARED else edition.get_absolute_url()

    def render_change_form(self, request, context, *, obj, **options):
        context["moves"] = editions.transitions_for(request.user, as_stored(self, request, obj)) if obj else []
        return super().render_change_form(request, context, obj=obj, **options)

    def get_urls(self):
        return [*EditionPages(self).urls(), *super().get_urls()]
