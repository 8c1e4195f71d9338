"""The pages for translators: what is missing or outdated, files to work on, and a look at what an upload would change.

``PracticeAdmin`` puts them into ``get_urls``.
"""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from catalogue.admin import translation_files
from catalogue.admin.pages import AdminPages
from catalogue.editorial.translation import file_import, status
from catalogue.errors import Refused
from catalogue.exports.writers import xlsx
from catalogue.models import Practice, TranslationUpload
from catalogue.server.upload_checks import checked_upload
from catalogue.text.languages import LANGUAGE_NAMES
from networks.models import Country, Network

PER_PAGE = 25
SHOWN_FINDINGS = 500
UNPACKED_LIMIT = 64 * 2**20  # bytes: a program holds all texts of a workbook in memory
KINDS = {
    "xlsx": xlsx.MEDIA_TYPE,
    "po": "text/x-gettext-translation; charset=utf-8",
}
LABELS = {
    file_import.NEW: gettext_lazy("new"),
    file_import.CHANGED: gettext_lazy("changed"),
    file_import.CONFIRMED: gettext_lazy("still correct"),
    file_import.UNCHANGED: gettext_lazy("unchanged"),
    file_import.WRONG: gettext_lazy("with errors"),
}


class TextsForm(forms.Form):
    """Which texts: the language, and optionally what they belong to."""

    language = forms.ChoiceField(widget=forms.HiddenInput)
    wanted = forms.ChoiceField(
        label=gettext_lazy("Texts"),
        required=False,
        choices=[
            ("", gettext_lazy("missing and outdated")),
            ("missing", gettext_lazy("missing")),
            ("outdated", gettext_lazy("outdated")),
        ],
    )
    network = forms.ModelChoiceField(
        label=gettext_lazy("Network"), queryset=Network.objects.all(), to_field_name="slug", required=False
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("Country"), queryset=Country.objects.all(), to_field_name="iso2", required=False
    )
    code = forms.CharField(label=gettext_lazy("Code"), max_length=16, required=False)

    def __init__(self, data, languages):
        super().__init__({**data.dict(), "language": data.get("language") or languages[0]})
        self.fields["language"].choices = [(code, LANGUAGE_NAMES[code]) for code in languages]

    def practices(self, user):
        """Return the practices the account may translate, as far as the form narrows them."""
        asked = self.cleaned_data
        practices = status.practices_to_translate(user, asked["language"])
        if asked["wanted"] == "missing":
            practices = practices.with_missing_texts(asked["language"])
        if asked["wanted"] == "outdated":
            practices = practices.with_outdated_texts(asked["language"])
        if asked["network"]:
            practices = practices.in_networks([asked["network"].slug])
        if asked["country"]:
            practices = practices.in_countries([asked["country"].iso2])
        return practices.of_record(asked["code"].strip()) if asked["code"] else practices

    def wants(self, text):
        wanted = self.cleaned_data["wanted"]
        return not wanted or text.is_missing == (wanted == "missing")


class UploadForm(forms.Form):
    """A file that was downloaded here and filled in."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX or PO, as downloaded on this page; at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.po"}),
    )


class Translations(AdminPages):
    """What waits for a translation, as a page and as a file, and the files that return."""

    def urls(self):
        return [
            self.path("translations/", require_safe(self.translations_view), "translations"),
            self.path("translations/texts.<str:kind>", require_safe(self.texts_view), "texts"),
            self.path("translations/upload/", require_POST(self.upload_view), "upload"),
            self.path("translations/upload/<int:pk>/", self.uploaded_view, "uploaded"),
        ]

    def translations_view(self, request, upload_form=None):
        """Show what waits for a translation into one language, the oldest first."""
        languages = _languages_or_403(request)
        form = TextsForm(request.GET, languages)
        practices = form.practices(request.user) if form.is_valid() else Practice.objects.none()
        language = form.cleaned_data.get("language") or languages[0]
        page = Paginator(practices.for_detail(), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "upload_form": upload_form or UploadForm(),
            "language": language,
            "language_name": LANGUAGE_NAMES[language],
            "tabs": _tabs(request, languages, language),
            "page": page,
            "query": _texts_query(form),
            "lines": [status.board_line(practice, language) for practice in page],
            "translators": status.translators_into(language),
        }
        return self.page(request, "translations/translations", title=_("Pending translations"), **context)

    def texts_view(self, request, kind):
        """Return the texts that wait as a file."""
        form = TextsForm(request.GET, _languages_or_403(request))
        if kind not in KINDS or not form.is_valid():
            raise Http404
        language = form.cleaned_data["language"]
        waiting = translation_files.waiting(form.practices(request.user), language)
        entries = [(code, text) for code, text in waiting if form.wants(text)]
        write = translation_files.as_workbook if kind == "xlsx" else translation_files.as_catalog
        response = HttpResponse(write(entries, language), content_type=KINDS[kind])
        response["Content-Disposition"] = f'attachment; filename="translations-{language}.{kind}"'
        return response

    def upload_view(self, request):
        """Read an uploaded file and lead to what it would change."""
        _languages_or_403(request)
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                file = form.cleaned_data["file"]
                kind, file = checked_upload(file, kinds=("xlsx", "po"), unpacked_limit=UNPACKED_LIMIT)
                upload = file_import.store_upload(translation_files.lines_of(kind, file), by=request.user)
                return redirect("admin:catalogue_practice_uploaded", upload.pk)
            except Refused as refusal:
                form.add_error("file", str(refusal.sentence))
        return self.translations_view(request, upload_form=form)

    def uploaded_view(self, request, pk):
        """Show what each line of an uploaded file would change; on confirmation, store it."""
        _languages_or_403(request)
        upload = get_object_or_404(TranslationUpload, pk=pk, by=request.user)
        if request.method == "POST":
            try:
                texts, practices = file_import.apply_upload(upload, by=request.user, seen=request.POST.get("seen", ""))
            except Refused as refusal:
                messages.error(request, str(refusal.sentence))
                return redirect("admin:catalogue_practice_uploaded", upload.pk)
            messages.success(request, _stored_message(texts, practices))
            return redirect(f"{reverse('admin:catalogue_practice_translations')}?language={upload.language}")
        findings = file_import.look(upload, request.user)
        context = {
            "upload": upload,
            "seal": file_import.seal(findings),
            "counts": [(label, sum(f.kind == kind for f in findings)) for kind, label in LABELS.items()],
            "findings": [(f, LABELS[f.kind]) for f in _worth_showing(findings)[:SHOWN_FINDINGS]],
            "hidden": max(0, len(_worth_showing(findings)) - SHOWN_FINDINGS),
            "used": sum(f.kind in file_import.USED for f in findings),
            "wrong": sum(f.kind == file_import.WRONG for f in findings),
        }
        return self.page(request, "translations/uploaded", title=_("Changes that this file would make"), **context)


def _languages_or_403(request):
    languages = status.languages_for(request.user)
    if not languages:
        raise PermissionDenied
    return languages


def _tabs(request, languages, current):
    waiting = {code: number for code, _name, number in status.translations_waiting(request.user)}
    return [(code, LANGUAGE_NAMES[code], waiting.get(code, 0), code == current) for code in languages]


def _texts_query(form):
    """Return the query string that selects the same texts again."""
    asked = {name: form[name].value() for name in form.fields}
    return urlencode({name: value for name, value in asked.items() if value}) if form.is_valid() else ""


def _worth_showing(findings):
    """Return the findings that somebody should read, those with errors first."""
    order = (file_import.WRONG, *file_import.USED)
    return sorted((f for f in findings if f.kind in order), key=lambda f: order.index(f.kind))


def _stored_message(texts, practices):
    stored = ngettext("%d text was saved", "%d texts were saved", texts) % texts
    among = ngettext("in %d practice.", "in %d practices.", practices) % practices
    return f"{stored} {among} " + _(
        "Those of published practices are in a proposed change, which still has to be reviewed."
    )
