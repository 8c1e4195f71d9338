"""The pages of an import: upload a file, see what it would do, carry it out, watch it, undo it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalogue.admin.pages import AdminPages
from catalogue.choices import Outcome, Stage
from catalogue.editorial.workflow import diff, practice_content
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.exports.writers import xlsx
from catalogue.exports.writers.csv_text import table_lines
from catalogue.imports import background, progress, runs, template
from catalogue.models import ImportRun
from catalogue.models.imports import AT_WORK
from catalogue.server import worker

PER_PAGE = 25


class UploadForm(forms.Form):
    """The file of an import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "XLSX, or CSV in UTF-8, with the columns of the template or of an export in all languages."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


def _refuse_others(request):
    if not may(request.user, Action.IMPORT):
        raise PermissionDenied


def _run_or_404(request, pk):
    _refuse_others(request)
    return get_object_or_404(ImportRun.objects.defer("content"), pk=pk)


def _start(run, step, user):
    runs.begin(run, step)
    background.start(run, step, by=user)


class ImportPages(AdminPages):
    """The page of an import, its buttons and its files."""

    def urls(self):
        return [
            self.path("template.xlsx", require_safe(self.template_view), "template"),
            self.path("<int:pk>/progress.json", require_safe(never_cache(self.progress_view)), "progress"),
            self.path("<int:pk>/result.csv", require_safe(self.result_view), "result"),
            self.path("<int:pk>/step/<str:step>/", require_POST(self.step_view), "step"),
            self.path("<int:pk>/", require_safe(self.run_view), "run"),
        ]

    def upload_view(self, request):
        """Accept a file and start its check."""
        _refuse_others(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = runs.hand_in(file, file.name, by=request.user)
                _start(run, "check", request.user)
                return redirect("admin:catalogue_importrun_run", run.pk)
            except Refused as refusal:
                form.add_error("file", str(refusal.sentence))
        context = {"title": _("Import practices"), "form": form, "sentences": template.instructions()}
        return self.page(request, "import/upload", **context)

    def run_view(self, request, pk):
        """Show how far an import is and what it means for each practice."""
        run = _run_or_404(request, pk)
        outcome = request.GET.get("outcome", "")
        rows = run.practices.lightly()
        if outcome in Outcome.values:
            rows = rows.with_outcome(outcome)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        interrupted = progress.is_interrupted(run)
        context = {
            "title": str(run),
            "run": run,
            "at_work": run.stage in AT_WORK and not interrupted,
            "interrupted": interrupted,
            "neglected": "imports" in worker.stalled_queues(),
            "progress": progress.latest_progress(run),
            "outcome": outcome,
            "page": page,
            "rows": [(row, _changes(run, row)) for row in page] if run.stage not in AT_WORK else [],
        }
        return self.page(request, "import/run", **context)

    def step_view(self, request, pk, step):
        """Start the next stage of an import."""
        run = _run_or_404(request, pk)
        if step not in runs.STEPS:
            raise Http404
        try:
            _start(run, step, request.user)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:catalogue_importrun_run", pk)

    def progress_view(self, request, pk):
        """Return how far an import is as JSON, for the script of its page."""
        run = _run_or_404(request, pk)
        done, total, _heard_at = progress.latest_progress(run)
        at_work = run.stage in AT_WORK and not progress.is_interrupted(run)
        return JsonResponse({"at_work": at_work, "done": done, "total": total, "words": _progress(run, done, total)})

    def result_view(self, request, pk):
        """Return what an import means for each practice as CSV."""
        run = _run_or_404(request, pk)
        response = StreamingHttpResponse(table_lines(_result_rows(run)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{run.pk}.csv"'
        return response

    def template_view(self, request):
        _refuse_others(request)
        name = f"csm-{slugify(_('practices'))}-template.xlsx"
        return FileResponse(template.template_file(), as_attachment=True, filename=name, content_type=xlsx.MEDIA_TYPE)


def _changes(run, row):
    """Return what an import would change in a practice, while it is only planned."""
    if run.stage != Stage.CHECKED or row.outcome != Outcome.CHANGED or row.practice is None:
        return None
    return diff.compare(practice_content.read_content(row.practice), row.content)


def _result_rows(run):
    """Yield a header, and a row of texts for each problem of a practice, or one for a practice without any."""
    yield [_("Sheet"), _("Row"), _("Column"), _("Code"), _("Title"), _("Result"), _("Explanation")]
    for row in run.practices.lightly().iterator(chunk_size=500):
        for sheet, number, column, sentence in row.problems or [("", row.row, "", "")]:
            practice = row.key, row.title, row.get_outcome_display()
            yield [str(cell) for cell in (sheet, number, column, *practice, sentence)]


def _progress(run, done, total):
    """Return how far an import is, as a sentence."""
    sentence = _("%(stage)s: %(done)d of %(total)d practices") if total else _("%(stage)s: %(done)d rows read")
    return sentence % {"stage": run.get_stage_display(), "done": done, "total": total}


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

    has_delete_permission = has_change_permission

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def get_urls(self):
        return [*ImportPages(self).urls(), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        return ImportPages(self).upload_view(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Redirect to the page of the import; the list links to Django's URL."""
        _refuse_others(request)
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        return redirect("admin:catalogue_importrun_run", run.pk)
