"""The addresses to which an open form of a practice sends what is typed, and from which it is offered again."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.editorial.workflow import autosave


class KeyForm(forms.Form):
    """Under which key the work of a form is kept."""

    work = forms.UUIDField()


class Autosave:
    """Adds to the admin of practices what keeps unsaved work: for who may edit the practice, each their own."""

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"catalogue_practice_{name}")

        keep = require_http_methods(["GET", "HEAD", "POST"])(self.keep_view)
        forget = require_POST(self.forget_view)
        own = [
            page("add/keep/", keep, "keep_new"),
            page("add/forget/", forget, "forget_new"),
            page("<path:object_id>/keep/", keep, "keep"),
            page("<path:object_id>/forget/", forget, "forget"),
        ]
        return [*own, *super().get_urls()]

    def keep_view(self, request, object_id=None):
        """Keep what a form holds; to a form whose session was renewed, give the token it needs to go on (``GET``)."""
        practice = self.edited_or_refused(request, object_id)
        if request.method != "POST":
            return JsonResponse({"token": get_token(request)})
        form = KeyForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("work: a UUID", content_type="text/plain")
        try:
            work = autosave.keep(request.user, practice, form.cleaned_data["work"], request.POST)
        except autosave.SettledError:  # a form that is still open goes on under another key
            return JsonResponse({"work": str(uuid4())}, status=409)
        return JsonResponse({"kept_at": work.kept_at.isoformat()})

    def forget_view(self, request, object_id=None):
        """Discard unsaved work and go back to the form."""
        self.edited_or_refused(request, object_id)
        form = KeyForm(request.POST)
        if form.is_valid():
            autosave.settle(request.user, form.cleaned_data["work"])
            messages.success(request, _("The unsaved work was discarded."))
        return redirect(request.path.removesuffix("forget/") + ("change/" if object_id else ""))

    def edited_or_refused(self, request, object_id):
        """Return the practice an account edits, ``None`` for a new one. Raises ``PermissionDenied`` or ``Http404``."""
        practice = self.seen_or_404(request, object_id) if object_id else None
        may_write = self.has_change_permission(request, practice) if object_id else self.has_add_permission(request)
        if not may_write:
            raise PermissionDenied
        return practice

    def offered(self, request, practice):
        """Return the unsaved work to offer above a form that was just opened."""
        may_write = self.has_change_permission(request, practice) if practice else self.has_add_permission(request)
        return autosave.offered(request.user, practice) if request.method == "GET" and may_write else []

    def resumed(self, request, practice):
        """Return the unsaved work with which an editor wants to continue; ``None`` when it is no longer there."""
        form = KeyForm({"work": request.POST["_resume"]})
        return (
            autosave.offered(request.user, practice).filter(key=form.cleaned_data["work"]).first()
            if form.is_valid()
            else None
        )
