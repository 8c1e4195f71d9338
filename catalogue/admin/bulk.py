"""Actions of the list of practices: each first shows what it will touch, then calls ``bulk_actions``."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from catalogue.choices import Scheme
from catalogue.editorial.workflow import bulk_actions, framework_suggestions, review_requests
from catalogue.editorial.workflow.bulk_actions import ERRANDS
from catalogue.models import Term


class ClassificationsField(forms.ModelMultipleChoiceField):
    """Classifications with their practice and the reason that the catalogue gives."""

    def label_from_instance(self, row):
        return f"{row.practice.record_code} · {row.term}: {row.reason}"


class ErrandForm(forms.Form):
    """What an action asks for beside the practices."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the colleagues concerned; optional."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("State why the practice is being archived."),
    )
    reviewer = forms.ModelChoiceField(
        label=gettext_lazy("Reviewer"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Nobody (withdraw the assignment)"),
        help_text=gettext_lazy("Receives one e-mail with the list of practices."),
    )
    keyword = forms.ModelChoiceField(
        label=gettext_lazy("Keyword"),
        queryset=None,
        help_text=gettext_lazy(
            "For a published practice, the keyword is added in a proposed change; if none is open, one is opened."
        ),
    )

    classifications = ClassificationsField(
        label=gettext_lazy("Proposed classifications"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "For a published practice, the decision is made in a proposed change; if none is open, one is opened."
        ),
    )

    def __init__(self, *args, asks_for, practices, **options):
        super().__init__(*args, **options)
        if "classifications" in asks_for:
            waiting = framework_suggestions.proposed([bulk_actions.written_to(practice) for practice in practices])
            self.fields["classifications"].queryset = waiting
            self.fields["classifications"].initial = [row.pk for row in waiting]
        self.fields["reviewer"].queryset = review_requests.possible_reviewers()
        self.fields["keyword"].queryset = Term.objects.of(Scheme.KEYWORD)
        for name in set(self.fields) - set(asks_for):
            del self.fields[name]

    @property
    def given(self):
        """What was filled in, as the errand takes it."""
        asked = self.cleaned_data
        note = asked.get("note") or asked.get("reason", "")
        rows = tuple(asked.get("classifications", ()))
        return bulk_actions.Given(note, asked.get("reviewer"), asked.get("keyword"), rows)


def _action(name):
    """Return the action of the list for an errand."""

    @admin.action(description=ERRANDS[name].label)
    def act(self, request, queryset):
        return self.run_errand(request, queryset, name)

    act.__name__ = f"bulk_{name}"
    return act


class BulkActions:
    """Adds the actions to the admin of practices."""

    actions = [_action(name) for name in ERRANDS]

    def get_actions(self, request):
        """Offer an account what its role may do with any practice."""
        offered = super().get_actions(request)
        closed = {f"bulk_{name}" for name, errand in ERRANDS.items() if not errand.permission(request.user)}
        return {name: action for name, action in offered.items() if name not in closed}

    def run_errand(self, request, queryset, name):
        """Show what an errand will touch; when that was confirmed, do it."""
        errand = ERRANDS[name]
        if not errand.permission(request.user):
            raise PermissionDenied
        confirmed = "confirmed" in request.POST
        # what was chosen, not what a filter of the list still finds: a practice that has changed is told of
        chosen = self.get_queryset(request).filter(pk__in=self._chosen_keys(request)) if confirmed else queryset
        form = ErrandForm(
            request.POST if confirmed else None, asks_for=errand.asks_for, practices=chosen[: bulk_actions.MOST]
        )
        if confirmed and form.is_valid():
            self._carry_out(request, errand, chosen, form.given)
            return redirect(request.get_full_path())
        if chosen.count() > bulk_actions.MOST:
            told = _("Select at most %(number)d practices at a time.") % {"number": bulk_actions.MOST}
            return self.message_user(request, told, messages.ERROR)
        return TemplateResponse(
            request,
            "admin/catalogue/practice/bulk.html",
            self._confirmation(request, name, chosen.order_by("code"), form),
        )

    def _chosen_keys(self, request):
        return request.POST.getlist(ACTION_CHECKBOX_NAME)[: bulk_actions.MOST]

    def _confirmation(self, request, name, practices, form):
        lines = bulk_actions.plan(ERRANDS[name], practices, user=request.user)
        return {
            **self.admin_site.each_context(request),
            "title": ERRANDS[name].label,
            "opts": self.opts,
            "action": f"bulk_{name}",
            "touched": [line for line in lines if not line.obstacle],
            "untouched": [line for line in lines if line.obstacle],
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
            "list_url": request.get_full_path(),
        }

    def _carry_out(self, request, errand, chosen, given):
        """Do what was confirmed, among the practices that this account still sees, and say what came of it."""
        keys = self._chosen_keys(request)
        seen = set(map(str, chosen.values_list("pk", flat=True)))
        marks = {int(key): request.POST.get(f"mark-{key}", "") for key in keys if key in seen}
        result = bulk_actions.carry_out(errand, marks, by=request.user, given=given)
        self._tell_result(request, errand, result, gone=len(set(keys) - seen))

    def _tell_result(self, request, errand, result, gone):
        if result.done:
            count = len(result.done)
            told = ngettext(
                "Action completed for %(count)d practice: %(action)s.",
                "Action completed for %(count)d practices: %(action)s.",
                count,
            )
            self.message_user(request, told % {"count": count, "action": errand.label}, messages.SUCCESS)
        if count := len(result.changed) + gone:
            told = ngettext(
                "%(count)d practice was not changed, because another user has changed it in the meantime: %(codes)s",
                "%(count)d practices were not changed, because another user has changed them in the"
                " meantime: %(codes)s",
                count,
            )
            codes = ", ".join(practice.record_code for practice in result.changed if practice)
            self.message_user(request, told % {"count": count, "codes": codes or "–"}, messages.WARNING)
        for practice, sentence in result.refused:
            told = _("%(code)s was not changed: %(reason)s") % {"code": practice.record_code, "reason": sentence}
            self.message_user(request, told, messages.WARNING)
