"""The versions of a practice: the list, what changed between any two, and the way back to one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.editorial.workflow import diff, workflow
from catalogue.errors import Refused


class Versions:
    """Replaces the admin's history by that of whole versions."""

    def get_urls(self):
        def page(route, view, name):
            return path(
                f"<path:object_id>/{route}", self.admin_site.admin_view(view), name=f"catalogue_practice_{name}"
            )

        own = [
            page("compare/", self.compare_view, "compare"),
            page("restore/<int:number>/", require_POST(self.restore_view), "restore"),
        ]
        return [*own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        practice = self.seen_or_404(request, object_id)
        record = practice.record
        context = {
            "versions": record.versions.select_related("made_by").defer("content"),
            "transitions": record.transitions.select_related("by"),
            "may_restore": self.has_change_permission(request, practice) or workflow.may_revise(request.user, practice),
        }
        return self._page(request, practice, "history", _("History"), context)

    def compare_view(self, request, object_id):
        """Show what changed between two versions, by default from the one before."""
        practice = self.seen_or_404(request, object_id)
        after = self._version(practice, request.GET.get("to"))
        before = self._version(practice, request.GET.get("from"))
        context = {
            "before": before,
            "after": after,
            "changes": diff.compare(before.content, after.content),
        }
        return self._page(request, practice, "compare", _("Changes"), context)

    def restore_view(self, request, object_id, number):
        practice = self.seen_or_404(request, object_id)
        version = self._version(practice, number)
        try:
            practice = workflow.restore(practice, version, by=request.user)
            messages.success(request, _("Version %d was restored. Check it and continue.") % version.number)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:catalogue_practice_change", practice.pk)

    def _version(self, practice, number):
        if not str(number).isdecimal() or len(str(number)) > 9:
            raise Http404
        return get_object_or_404(practice.record.versions, number=number)

    def _page(self, request, practice, template, title, context):
        common = {
            **self.admin_site.each_context(request),
            "title": title,
            "object": practice,
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
        }
        return TemplateResponse(request, f"admin/catalogue/practice/{template}.html", {**common, **context})
