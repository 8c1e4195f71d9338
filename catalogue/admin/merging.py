"""Merge of concurrent edits: the second form takes over what only the first wrote, and asks where both wrote.

``PracticeAdmin.changeform_view`` calls ``merge`` on POST. Every field is compared three ways: as the form began, as it
is stored now, as it is sent. Nothing is saved here.
"""

from typing import NamedTuple

from django.contrib.admin.utils import flatten_fieldsets

from catalogue.admin.posted_inlines import PostedInline
from catalogue.admin.three_way_merge import CHOICE, ThreeWay, merge_form, put_value
from catalogue.editorial.workflow import edit_conflicts, practice_content, revisions

THEIRS = "theirs"


class Merge(NamedTuple):
    """What happened meanwhile, what the editor must choose, and what happened to whole rows, in sentences."""

    conflict: edit_conflicts.Conflict
    choices: list
    sentences: list


def merge(model_admin, request, practice, posted):
    """Return a merged copy of ``posted`` (a ``QueryDict``), and the ``Merge``, ``None`` when nobody else has saved.

    Texts that an editor chose to have as they are stored are put in first.
    """
    posted = with_plain_lines(posted)
    parts = EditableForms(model_admin, request, practice)
    parts.take_chosen(posted)
    seen = posted.get("seen", "")
    conflict = edit_conflicts.since(practice, int(seen) if seen.isdecimal() and len(seen) < 10 else 0)
    if conflict is None:
        return posted, None
    base = practice_content.as_practice(practice.record, conflict.base)
    choices, sentences = parts.merge(posted, base)
    posted["seen"] = str(revisions.newest_number(practice))
    return posted, Merge(conflict, choices, sentences)


def with_plain_lines(posted):
    """Return a copy of what was posted, with the line ends of the stored texts."""
    plain = posted.copy()
    for name, values in posted.lists():
        plain.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return plain


class EditableForms:
    """The form of a practice and its inlines, as far as an account may write them."""

    def __init__(self, model_admin, request, practice):
        self.practice = practice
        fields = flatten_fieldsets(model_admin.get_fieldsets(request, practice))
        self.form = model_admin.get_form(request, practice, change=True, fields=fields)
        self.inlines = [
            PostedInline(formset, inline, request, practice)
            for formset, inline in model_admin.get_formsets_with_inlines(request, practice)
            if inline.has_change_permission(request, practice)
        ]

    def take_chosen(self, posted):
        """Put the stored text into every field that should be as they wrote it."""
        answers = posted.items()
        chosen = {name.removeprefix(CHOICE) for name, answer in answers if name.startswith(CHOICE) and answer == THEIRS}
        if not chosen:
            return
        forms = [self.form(instance=self.practice)]
        for inline in self.inlines:
            forms += inline.stored_forms(posted)
        for bound in (bound for form in forms for bound in form if bound.html_name in chosen):
            put_value(posted, bound)

    def merge(self, posted, base):
        """Merge the whole form with what is stored; return the choices to make and the sentences to say."""
        choices, sentences = merge_form(posted, ThreeWay(self.form, base, self.practice)), []
        for inline in self.inlines:
            if inline.is_in(posted):
                for versions, heading in inline.arrange(posted, base):
                    choices += merge_form(posted, versions, heading)
                sentences += inline.sentences
        return choices, sentences
