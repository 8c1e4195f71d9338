"""Two people on one practice: the form of the second takes over what only the first wrote, and asks where both wrote.

Every field is compared three ways: as the form began, as it is stored now, as it is sent. Nothing is saved here.
"""

from typing import NamedTuple

from django.contrib.admin.utils import flatten_fieldsets

from catalogue.admin.posted_inlines import PostedRows
from catalogue.admin.three_way_merge import CHOICE, Three, merge_form, put
from catalogue.editorial.workflow import edit_conflicts, practice_content, revisions

THEIRS = "theirs"


class Merge(NamedTuple):
    """What happened meanwhile, what the editor must choose, and what befell whole rows, in sentences."""

    conflict: edit_conflicts.Conflict
    choices: list
    sentences: list


def merge(model_admin, request, practice):
    """Return what is to be sent on instead of the posted form, and the ``Merge`` when somebody else saved meanwhile.

    Texts that an editor chose to have as they are stored are put in first.
    """
    posted = with_plain_lines(request.POST)
    parts = Parts(model_admin, request, practice)
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


class Parts:
    """The form of a practice and the groups of rows below it, as an account may write them."""

    def __init__(self, model_admin, request, practice):
        self.practice = practice
        fields = flatten_fieldsets(model_admin.get_fieldsets(request, practice))
        self.form = model_admin.get_form(request, practice, change=True, fields=fields)
        self.groups = [
            PostedRows(formset, inline, request, practice)
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
        for group in self.groups:
            forms += group.stored_forms(posted)
        for bound in (bound for form in forms for bound in form if bound.html_name in chosen):
            put(posted, bound)

    def merge(self, posted, base):
        """Merge the whole form with what is stored; return the choices to make and the sentences to say."""
        choices, sentences = merge_form(posted, Three(self.form, base, self.practice)), []
        for group in self.groups:
            if group.is_in(posted):
                for three, heading in group.arrange(posted, base):
                    choices += merge_form(posted, three, heading)
                sentences += group.sentences
        return choices, sentences
