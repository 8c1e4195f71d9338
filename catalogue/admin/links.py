"""What forms show beside a web address: the result of the last visit to it."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.link_checker.schedule import last_visit


def last_visit_text(url):
    """Return what editors should know of the last visit to a web address, as HTML."""
    check = last_visit(url)
    if check is None:
        return _("Not checked yet.") if url else "–"
    answer = f" ({check.status_code})" if check.status_code else ""
    day = date_format(check.visited_at.date())
    lines = [f"{check.get_outcome_display()}{answer}, {day}"]
    if check.failing:
        since = date_format(check.failing_since.date())
        sentence = (
            _("It has not worked since %(day)s; the public page says so.")
            if check.broken
            else _("It has not worked since %(day)s.")
        )
        lines.append(sentence % {"day": since})
    if check.moved_to:
        lines.append(_("It redirects to: %(address)s") % {"address": check.moved_to})
    text = format_html_join("", "<br>{}", ([line] for line in lines[1:]))
    return format_html('<span class="{}">{}{}</span>', "desk-broken" if check.broken else "", lines[0], text)


class LastVisitMixin:
    """Shows the result of the last visit to the web address in ``url``, the field of a record or of a row."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "last_visit"]

    @admin.display(description=gettext_lazy("last check of the link"))
    def last_visit(self, record):
        return last_visit_text(record.url)
