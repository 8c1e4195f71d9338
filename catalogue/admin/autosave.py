"""Views to which the open form of a practice sends what is typed, and the offer to continue with it.

``PracticeAdmin`` puts the views into ``get_urls``, calls ``resumed`` in ``changeform_view`` and ``offered`` in
``render_change_form``. Each account has its own unsaved work, for practices that it may edit.
"""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.admin.pages import AdminPages
from catalogue.editorial.workflow import autosave


class WorkForm(forms.Form):
    """The key under which the work of a form is stored."""

    work = forms.UUIDField()


class Autosave(AdminPages):
    """Views that store and discard unsaved work."""

    def urls(self):
        save = require_http_methods(["GET", "HEAD", "POST"])(self.save_view)
        discard = require_POST(self.discard_view)
        return [
            self.path("add/keep/", save, "keep_new"),
            self.path("add/forget/", discard, "forget_new"),
            self.path("<path:object_id>/keep/", save, "keep"),
            self.path("<path:object_id>/forget/", discard, "forget"),
        ]

    def save_view(self, request, object_id=None):
        """Store what a form holds; give a form whose session was renewed the token it needs to go on (``GET``)."""
        practice = self._editable_or_refused(request, object_id)
        if request.method != "POST":
            return JsonResponse({"token": get_token(request)})
        form = WorkForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("work: a UUID", content_type="text/plain")
        try:
            work = autosave.store_unsaved_work(request.user, practice, form.cleaned_data["work"], request.POST)
        except autosave.SettledError:  # a form that is still open goes on under another key
            return JsonResponse({"work": str(uuid4())}, status=409)
        return JsonResponse({"kept_at": work.kept_at.isoformat()})

    def discard_view(self, request, object_id=None):
        """Discard unsaved work and go back to the form."""
        self._editable_or_refused(request, object_id)
        form = WorkForm(request.POST)
        if form.is_valid():
            autosave.settle(request.user, form.cleaned_data["work"])
            messages.success(request, _("The unsaved work was discarded."))
        return redirect(request.path.removesuffix("forget/") + ("change/" if object_id else ""))

    def _editable_or_refused(self, request, object_id):
        """Return the practice an account edits, ``None`` for a new one. Raises ``PermissionDenied`` or ``Http404``."""
        practice = self.visible_or_404(request, object_id) if object_id else None
        if not self._may_write(request, practice):
            raise PermissionDenied
        return practice

    def _may_write(self, request, practice):
        admin = self.model_admin
        return admin.has_change_permission(request, practice) if practice else admin.has_add_permission(request)

    def offered(self, request, practice):
        """Return the unsaved work to offer above a form that was just opened."""
        is_offered = request.method == "GET" and self._may_write(request, practice)
        return autosave.offered(request.user, practice) if is_offered else []

    def resumed(self, request, practice):
        """Return the unsaved work with which an editor wants to continue; ``None`` when it is no longer there."""
        form = WorkForm({"work": request.POST["_resume"]})
        works = autosave.offered(request.user, practice)
        return works.filter(key=form.cleaned_data["work"]).first() if form.is_valid() else None
