"""The forms of the desk that are not simply the fields of a model."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import partial_dates
from catalogue.choices import Move
from catalogue.editorial import classifying, conflicts, revisions
from catalogue.models import Term


class PracticeForm(forms.ModelForm):
    """A practice, why it is changed, and which version of it the editor has before them."""

    reason = forms.CharField(
        label=_("Why this change"),
        max_length=300,
        required=False,
        help_text=_("For the history: for example “figure corrected after the webinar”."),
    )
    suggested = forms.ModelMultipleChoiceField(
        label=_("Suggested terms"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The words of these terms stand in the record. A tick adds the term to the classifications below, where"
            " you then write its reason; without a tick nothing is added."
        ),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    conflict = None  # what somebody else has changed meanwhile

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["seen"].initial = revisions.newest_number(self.instance)
            self._suggest()

    def _suggest(self):
        """Offer the terms whose words the record holds; a form without the field is one of a translator or a reader."""
        if field := self.fields.get("suggested"):
            found = classifying.suggested(self.instance)
            field.queryset = Term.objects.filter(pk__in=[suggestion.term.pk for suggestion in found])
            field.choices = [(suggestion.term.pk, str(suggestion)) for suggestion in found]

    def clean(self):
        """Refuse to save over what the form did not know, and show it; a second save then knows it."""
        cleaned = super().clean()
        if self.instance.pk:
            self.conflict = conflicts.since(self.instance, cleaned.get("seen") or 0, self.data)
        if self.conflict:
            self.data = self.data.copy()
            self.data["seen"] = str(revisions.newest_number(self.instance))
            for name, text in self.conflict.taken_over.items():
                self.data[name] = text
            self.add_error(None, _("Somebody else has saved this practice since you opened it. Nothing is saved yet."))
        return cleaned


class PartialDateField(forms.CharField):
    """A date as people write it, kept as EDTF."""

    def to_python(self, value):
        return partial_dates.from_words(super().to_python(value))


class MoveForm(forms.Form):
    """What a step asks for: a note, and for some a date."""

    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    at = forms.DateTimeField(
        label=_("At a date (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, move, asks_for="", **options):
        super().__init__(*args, **options)
        self.fields["note"].help_text = asks_for or _("For the colleagues concerned; may stay empty.")
        if move not in (Move.PUBLISH, Move.ARCHIVE):
            del self.fields["at"]
