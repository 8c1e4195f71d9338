"""Pages of the admin beside Django's own: their paths, their context, and the two shapes that most of them have.

A ``ModelAdmin`` creates its ``AdminPages`` and puts their ``urls()`` before Django's in ``get_urls``.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from catalogue.errors import Refused


def as_stored(model_admin, request, record):
    """Return a record without the values that an invalid form has put into it; for ``render_change_form``."""
    return model_admin.get_object(request, str(record.pk)) if record and request.method == "POST" else record


def posted(request):
    """Return what is sent to a form, ``None`` when it is only shown."""
    return request.POST if request.method == "POST" else None


class AdminPages:
    """Pages for the records of one ``ModelAdmin``. A record that an account may not see is not found."""

    def __init__(self, model_admin):
        self.model_admin, self.opts = model_admin, model_admin.opts

    def path(self, route, view, name):
        """Return a path below that of the model, for staff only, named as Django names its own."""
        view = self.model_admin.admin_site.admin_view(view)
        return path(route, view, name=f"{self.opts.app_label}_{self.opts.model_name}_{name}")

    def change_url(self, record):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def visible_or_404(self, request, object_id):
        record = self.model_admin.get_object(request, unquote(object_id))
        if record is None or not self.model_admin.has_view_permission(request, record):
            raise Http404
        return record

    def page(self, request, template, **context):
        """Return the page of a template in ``admin/catalogue/``."""
        common = {**self.model_admin.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/catalogue/{template}.html", {**common, **context})

    def act(self, request, object_id, action, done=""):
        """Return the response to a button: call ``action(record)``, and redirect to the form with the message ``done``.

        It is the form of the record that ``action`` returns, if any. Of a refusal the reason is shown.
        """
        record = self.visible_or_404(request, object_id)
        try:
            result = action(record)
            record = result if isinstance(result, self.model_admin.model) else record
            if done:
                messages.success(request, done)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect(self.change_url(record))

    def report(self, request, move, code):
        messages.success(request, _("Step completed: %(step)s (%(code)s).") % {"step": move.label, "code": code})

    def transition(self, request, record, move, form, take, **context):
        """Return the page of a transition; when its form is sent, call ``take(data)`` and go to the URL it returns."""
        if request.method == "POST" and form.is_valid():
            try:
                return redirect(take(form.cleaned_data))
            except Refused as refusal:
                missing = [] if context.get("lacks") else [each.sentence for each in refusal.missing]
                form.add_error(None, ValidationError([refusal.sentence, *missing]))
        context |= {"title": move.label, "original": record, "form": form, "edited_at": self.change_url(record)}
        return self.page(request, "transition", **context)
