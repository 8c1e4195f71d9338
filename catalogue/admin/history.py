"""The versions of a practice: their list, what changed between any two, and the button to restore one.

``PracticeAdmin`` puts the views into ``get_urls`` and shows ``Versions.history_view`` as its ``history_view``.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.admin.pages import AdminPages
from catalogue.editorial.workflow import diff, workflow
from catalogue.editorial.workflow.roles import Action, may


class Versions(AdminPages):
    """History by versions of the whole record, instead of Django's log of changed fields."""

    def urls(self):
        return [
            self.path("<path:object_id>/compare/", self.compare_view, "compare"),
            self.path("<path:object_id>/restore/<int:number>/", require_POST(self.restore_view), "restore"),
        ]

    def history_view(self, request, object_id):
        practice = self.visible_or_404(request, object_id)
        record, may_edit = practice.record, self.model_admin.has_change_permission(request, practice)
        context = {
            "versions": record.versions.select_related("made_by").defer("content"),
            "transitions": record.transitions.select_related("by"),
            "may_restore": may_edit or may(request.user, Action.REVISE, practice),
        }
        return self._history_page(request, practice, "history", _("History"), context)

    def compare_view(self, request, object_id):
        """Show what changed between the two versions of the query parameters ``from`` and ``to``."""
        practice = self.visible_or_404(request, object_id)
        after = _version(practice, request.GET.get("to"))
        before = _version(practice, request.GET.get("from"))
        changes = diff.compare(before.content, after.content)
        context = {"before": before, "after": after, "changes": changes}
        return self._history_page(request, practice, "compare", _("Changes"), context)

    def restore_view(self, request, object_id, number):
        def restore(practice):
            return workflow.restore(practice, _version(practice, number), by=request.user)

        return self.act(request, object_id, restore, _("Version %d was restored. Check it and continue.") % number)

    def _history_page(self, request, practice, name, title, context):
        context |= {"title": title, "object": practice, "module_name": capfirst(self.opts.verbose_name_plural)}
        return self.page(request, f"practice/{name}", **context)


def _version(practice, number):
    if not str(number).isdecimal() or len(str(number)) > 9:
        raise Http404
    return get_object_or_404(practice.record.versions, number=number)
