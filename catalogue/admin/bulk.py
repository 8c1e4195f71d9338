"""Bulk actions of the list of practices: each first shows what it will change, then calls ``bulk_actions``.

``PracticeAdmin`` declares ``ACTIONS`` and filters them by ``permitted_actions`` in ``get_actions``.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from catalogue.admin.pages import AdminPages
from catalogue.choices import Scheme
from catalogue.editorial.workflow import bulk_actions, framework_suggestions, review_requests
from catalogue.editorial.workflow.bulk_actions import BULK_ACTIONS
from catalogue.models import Term


class ClassificationsField(forms.ModelMultipleChoiceField):
    """Classifications with their practice and the reason that the catalogue gives."""

    def label_from_instance(self, row):
        return f"{row.practice.record_code} · {row.term}: {row.reason}"


class ErrandForm(forms.Form):
    """What an action asks for in addition to the practices."""

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
            waiting = framework_suggestions.proposed([bulk_actions.row_to_change(practice) for practice in practices])
            self.fields["classifications"].queryset = waiting
            self.fields["classifications"].initial = [row.pk for row in waiting]
        self.fields["reviewer"].queryset = review_requests.possible_reviewers()
        self.fields["keyword"].queryset = Term.objects.of(Scheme.KEYWORD)
        for name in set(self.fields) - set(asks_for):
            del self.fields[name]

    @property
    def given(self):
        """What was filled in, as an errand accepts it."""
        asked = self.cleaned_data
        note = asked.get("note") or asked.get("reason", "")
        rows = tuple(asked.get("classifications", ()))
        return bulk_actions.Given(note, asked.get("reviewer"), asked.get("keyword"), rows)


def _action(name):
    """Return the action of the list for an errand."""

    @admin.action(description=BULK_ACTIONS[name].label)
    def act(model_admin, request, queryset):
        return run_action(model_admin, request, queryset, name)

    act.__name__ = f"bulk_{name}"
    return act


ACTIONS = [_action(name) for name in BULK_ACTIONS]


def permitted_actions(actions, user):
    """Return those of the actions of a list that an account may carry out with any practice."""
    closed = {f"bulk_{name}" for name, errand in BULK_ACTIONS.items() if not errand.permission(user)}
    return {name: action for name, action in actions.items() if name not in closed}


def run_action(model_admin, request, queryset, name):
    """Show what an action will change; when that was confirmed, carry it out."""
    errand = BULK_ACTIONS[name]
    if not errand.permission(request.user):
        raise PermissionDenied
    confirmed = "confirmed" in request.POST
    # what was chosen, not what a filter of the list still finds: a practice that has changed is reported
    chosen = model_admin.get_queryset(request).filter(pk__in=_chosen_keys(request)) if confirmed else queryset
    practices = chosen[: bulk_actions.MOST]
    form = ErrandForm(request.POST if confirmed else None, asks_for=errand.asks_for, practices=practices)
    if confirmed and form.is_valid():
        _carry_out(request, errand, chosen, form.given)
        return redirect(request.get_full_path())
    if chosen.count() > bulk_actions.MOST:
        sentence = _("Select at most %(number)d practices at a time.")
        messages.error(request, sentence % {"number": bulk_actions.MOST})
        return None
    lines = bulk_actions.plan(errand, chosen.order_by("code"), user=request.user)
    return AdminPages(model_admin).page(
        request,
        "practice/bulk",
        title=errand.label,
        action=f"bulk_{name}",
        touched=[line for line in lines if not line.obstacle],
        untouched=[line for line in lines if line.obstacle],
        form=form,
        checkbox=ACTION_CHECKBOX_NAME,
        list_url=request.get_full_path(),
    )


def _chosen_keys(request):
    return request.POST.getlist(ACTION_CHECKBOX_NAME)[: bulk_actions.MOST]


def _carry_out(request, errand, chosen, given):
    """Do what was confirmed, among the practices that the account still sees, and report the result."""
    keys = _chosen_keys(request)
    seen = set(map(str, chosen.values_list("pk", flat=True)))
    marks = {int(key): request.POST.get(f"mark-{key}", "") for key in keys if key in seen}
    result = bulk_actions.carry_out(errand, marks, by=request.user, given=given)
    _report(request, errand, result, gone=len(set(keys) - seen))


def _report(request, errand, result, gone):
    if count := len(result.done):
        sentence = ngettext(
            "Action completed for %(count)d practice: %(action)s.",
            "Action completed for %(count)d practices: %(action)s.",
            count,
        )
        messages.success(request, sentence % {"count": count, "action": errand.label})
    if count := len(result.changed) + gone:
        sentence = ngettext(
            "%(count)d practice was not changed, because another user has changed it in the meantime: %(codes)s",
            "%(count)d practices were not changed, because another user has changed them in the meantime: %(codes)s",
            count,
        )
        codes = ", ".join(practice.record_code for practice in result.changed if practice)
        messages.warning(request, sentence % {"count": count, "codes": codes or "–"})
    for practice, reason in result.refused:
        sentence = _("%(code)s was not changed: %(reason)s")
        messages.warning(request, sentence % {"code": practice.record_code, "reason": reason})
