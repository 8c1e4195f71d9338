"""Reading and answering questions about practices, and exporting the questions without personal data."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from catalogue.admin.filters import OfferedFilter
from catalogue.admin.pages import AdminPages
from catalogue.editorial import enquiries
from catalogue.exports.text_tables import csv_of
from catalogue.models import Enquiry


class AnswerForm(forms.ModelForm):
    """The answer to a question; it is sent once."""

    def clean(self):
        cleaned = super().clean()
        if "answer" in self.fields and not cleaned.get("answer", "").strip():
            raise ValidationError({"answer": _("Write the answer.")})
        if self.instance.answered_at or not Enquiry.objects.unanswered().filter(pk=self.instance.pk).exists():
            raise ValidationError(_("This question has already been answered."))
        return cleaned


class Unanswered(OfferedFilter):
    """Which questions still wait for an answer."""

    title = gettext_lazy("answer")
    parameter_name = "answer"
    offered = [("waiting", gettext_lazy("not answered yet"))]

    def narrowed(self, enquiries, user):
        return enquiries.unanswered()


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    form = AnswerForm
    change_list_template = "admin/catalogue/enquiry/change_list.html"
    list_display = ["asked_at", "code", "language", "country", "institution_kind", "answered_at"]
    list_filter = [Unanswered, "language", "country", "institution_kind"]
    list_select_related = ["practice", "country"]
    search_fields = ["practice__code", "question", "answer"]
    date_hierarchy = "asked_at"
    actions = ["forget_who_asked"]
    fieldsets = [
        (None, {"fields": ["practice", "question", "language", "asked_at"]}),
        (
            gettext_lazy("Personal details (visible to the Secretariat only)"),
            {"fields": ["name", "email", "institution", "institution_kind", "country"]},
        ),
        (gettext_lazy("Answer"), {"fields": ["answer", "answered_at", "answered_by"]}),
    ]

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        shown = [name for _label, options in self.fieldsets for name in options["fields"]]
        return shown if obj and obj.answered_at else [name for name in shown if name != "answer"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.answered_at)

    def save_model(self, request, obj, form, change):
        stored = enquiries.answer(obj, form.cleaned_data["answer"], by=request.user)
        if stored.email:
            messages.info(request, _("The answer was sent to the person who asked."))
        else:
            messages.warning(
                request, _("The answer was saved but not sent, because the person’s e-mail address has been erased.")
            )

    @admin.display(description=gettext_lazy("practice"), ordering="practice__code")
    def code(self, enquiry):
        return enquiry.practice.code

    @admin.action(
        description=gettext_lazy("Erase name, e-mail and institution of the person who asked"), permissions=["change"]
    )
    def forget_who_asked(self, request, queryset):
        number = enquiries.forget(queryset, by=request.user)
        message = ngettext(
            "Personal details erased from %(count)d question.",
            "Personal details erased from %(count)d questions.",
            number,
        )
        messages.success(request, message % {"count": number})

    def get_urls(self):
        export = AdminPages(self).path("questions.csv", require_safe(self.export_view), "export")
        return [export, *super().get_urls()]

    def export_view(self, request):
        """Return the questions without personal data as CSV; the audit log records every download."""
        if not enquiries.may_answer(request.user):
            raise PermissionDenied
        return csv_of("questions", enquiries.rows_without_persons(self.get_queryset(request)))
