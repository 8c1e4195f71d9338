"""Forms of the admin that are not simply the fields of a model."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import partial_dates
from catalogue.editorial.workflow import framework_suggestions, revisions
from catalogue.models import Term

# What ``PracticeAdmin.changeform_view`` adds to posted data that the editor has not looked at yet, to have it refused
UNREVIEWED = "_unreviewed"
MERGED, RESUMED = "merged", "resumed"
REASONS = {
    MERGED: _("Another user has saved this practice since you opened it. Your changes have not been saved yet."),
    RESUMED: _("The form shows your unsaved work. It has not been saved yet."),
}


class PracticeForm(forms.ModelForm):
    """A practice, why it is changed, and which version of it the editor has before them."""

    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=300,
        required=False,
        help_text=_("It appears in the history; for example, “figure corrected after the webinar”."),
    )
    suggested = forms.ModelMultipleChoiceField(
        label=_("Suggested terms"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The words of these terms appear in the record. Tick a term to add it to the"
            " classifications below, and write its reason there; terms without a tick are not added."
        ),
    )
    small_correction = forms.BooleanField(
        label=_("Small correction"),
        required=False,
        help_text=_("For example, a spelling mistake. The translations are not marked as outdated."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    work = forms.UUIDField(required=False, widget=forms.HiddenInput)  # the key of the autosaved work

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["work"].initial = uuid4()
        if self.instance.pk:
            self.fields["seen"].initial = revisions.newest_number(self.instance)
            self._suggest()

    def _suggest(self):
        """Offer the terms whose words the record holds; a form without the field is one of a translator or a reader."""
        if field := self.fields.get("suggested"):
            found = framework_suggestions.suggested(self.instance)
            field.queryset = Term.objects.filter(pk__in=[suggestion.term.pk for suggestion in found])
            field.choices = [(suggestion.term.pk, str(suggestion)) for suggestion in found]

    def clean(self):
        """Refuse to save what the editor has not looked at yet: a merged form, or one filled with unsaved work."""
        cleaned = super().clean()
        if reason := REASONS.get(self.data.get(UNREVIEWED)):
            self.add_error(None, reason)
        return cleaned


class PartialDateField(forms.CharField):
    """A date as people write it, stored as EDTF."""

    def to_python(self, value):
        return partial_dates.from_words(super().to_python(value))


class TransitionForm(forms.Form):
    """What a transition asks for: a note, and a date if it may be scheduled."""

    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    at = forms.DateTimeField(
        label=_("Date and time (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave it empty to take the step now."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, asks_for="", may_be_scheduled=False, **options):
        super().__init__(*args, **options)
        self.fields["note"].help_text = asks_for or _("For the colleagues concerned; optional.")
        if not may_be_scheduled:
            del self.fields["at"]
