"""The pages of an import: hand a file in, see what it would do, carry it out, watch it, undo it."""

import csv

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalogue.choices import Outcome, Stage
from catalogue.editorial.workflow import diff, practice_content
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.exports.writers import xlsx
from catalogue.exports.writers.csv_text import BYTE_ORDER_MARK, inert
from catalogue.imports import background, progress, runs, template
from catalogue.models import ImportRun
from catalogue.models.imports import AT_WORK
from catalogue.server import worker

PER_PAGE = 25


class HandInForm(forms.Form):
    """The file of an import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "XLSX, or CSV in UTF-8, with the columns of the template or of an export in all languages."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class Line:
    """Gives back what a CSV writer writes."""

    def write(self, text):
        return text


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """Imports of spreadsheets, the newest first. Who may edit everything may import."""

    list_display = ["id", "file_name", "at", "by", "stage", "new", "changed", "unchanged", "wrong"]
    list_display_links = ["id", "file_name"]
    list_filter = ["stage"]
    list_select_related = ["by"]

    def has_view_permission(self, request, obj=None):
        return may(request.user, Action.IMPORT)

    has_add_permission = has_module_permission = has_view_permission

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"catalogue_importrun_{name}")

        own = [
            page("template.xlsx", require_safe(self.template_view), "template"),
            page("<int:pk>/progress.json", require_safe(never_cache(self.progress_view)), "progress"),
            page("<int:pk>/result.csv", require_safe(self.result_view), "result"),
            page("<int:pk>/step/<str:step>/", require_POST(self.step_view), "step"),
            page("<int:pk>/", require_safe(self.run_view), "run"),
        ]
        return [*own, *super().get_urls()]

    # Pages

    def add_view(self, request, form_url="", extra_context=None):
        """Take a file in and let it be checked."""
        self._may(request)
        form = HandInForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = runs.hand_in(file, file.name, by=request.user)
                self._start(run, "check", request.user)
                return redirect("admin:catalogue_importrun_run", run.pk)
            except Refused as refusal:
                form.add_error("file", str(refusal.sentence))
        context = {"title": _("Import practices"), "form": form, "sentences": template.sentences()}
        return self._page(request, "hand_in", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to the page of the import: the list links to Django's address."""
        self._may(request)
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        return redirect("admin:catalogue_importrun_run", run.pk)

    def run_view(self, request, pk):
        """Show how far an import is and what it means for each practice."""
        run = self._run(request, pk)
        outcome = request.GET.get("outcome", "")
        rows = run.practices.lightly()
        if outcome in Outcome.values:
            rows = rows.with_outcome(outcome)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": str(run),
            "run": run,
            "at_work": run.stage in AT_WORK and not progress.is_interrupted(run),
            "interrupted": progress.is_interrupted(run),
            "neglected": "imports" in worker.neglected(),
            "told": progress.told_of(run),
            "outcome": outcome,
            "page": page,
            "rows": [(row, self._changes(run, row)) for row in page] if run.stage not in AT_WORK else [],
        }
        return self._page(request, "run", context)

    def step_view(self, request, pk, step):
        """Let a step of an import begin."""
        run = self._run(request, pk)
        if step not in runs.STEPS:
            raise Http404
        try:
            self._start(run, step, request.user)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:catalogue_importrun_run", pk)

    # Files

    def progress_view(self, request, pk):
        """Tell how far an import is, for the script of its page."""
        run = self._run(request, pk)
        done, total, _heard_at = progress.told_of(run)
        at_work = run.stage in AT_WORK and not progress.is_interrupted(run)
        return JsonResponse({"at_work": at_work, "done": done, "total": total, "words": in_words(run, done, total)})

    def result_view(self, request, pk):
        """Answer with what an import means for each practice, as CSV."""
        run = self._run(request, pk)
        writer = csv.writer(Line())
        header = [_("Sheet"), _("Row"), _("Column"), _("Code"), _("Title"), _("Result"), _("Explanation")]
        lines = (writer.writerow(inert([str(cell) for cell in line])) for line in self._lines(run))
        response = StreamingHttpResponse(
            (BYTE_ORDER_MARK + writer.writerow(header), *lines), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="import-{run.pk}.csv"'
        return response

    def template_view(self, request):
        self._may(request)
        name = slugify(_("practices"))
        return FileResponse(
            template.file(), as_attachment=True, filename=f"csm-{name}-template.xlsx", content_type=xlsx.MEDIA_TYPE
        )

    # What they share

    def _may(self, request):
        if not may(request.user, Action.IMPORT):
            raise PermissionDenied

    def _run(self, request, pk):
        self._may(request)
        return get_object_or_404(ImportRun.objects.defer("content"), pk=pk)

    def _start(self, run, step, user):
        runs.begin(run, step)
        background.start(run, step, by=user)

    def _changes(self, run, row):
        """Return what a change would change, while it is only planned."""
        if run.stage != Stage.CHECKED or row.outcome != Outcome.CHANGED or row.practice is None:
            return None
        return diff.compare(practice_content.read(row.practice), row.content)

    def _lines(self, run):
        for row in run.practices.lightly().iterator(chunk_size=500):
            told = row.key, row.title, row.get_outcome_display()
            if not row.problems:
                yield "", row.row, "", *told, ""
            for sheet, number, column, sentence in row.problems:
                yield sheet, number, column, *told, sentence

    def _page(self, request, name, context):
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/catalogue/import/{name}.html", {**common, **context})


def in_words(run, done, total):
    """Return how far an import is, as a sentence."""
    if not total:
        return _("%(stage)s: %(done)d rows read") % {"stage": run.get_stage_display(), "done": done}
    return _("%(stage)s: %(done)d of %(total)d practices") % {
        "stage": run.get_stage_display(),
        "done": done,
        "total": total,
    }
