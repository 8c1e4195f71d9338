"""The result of the last visit to a web address, shown beside it in a form."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from catalogue.link_checker.schedule import last_visit


class LastVisitMixin:
    """Shows the result of the last visit to the web address in ``url``, the field of a record or of a row."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "last_visit"]

    @admin.display(description=_("last check of the link"))
    def last_visit(self, record):
        context = {"url": record.url, "check": last_visit(record.url)}
        return render_to_string("admin/catalogue/_last_visit.html", context)
