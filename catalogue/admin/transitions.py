"""The pages on which an editor takes a step of the workflow; they ask and call ``catalogue.editorial``."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.admin.forms import MoveForm
from catalogue.choices import Move
from catalogue.editorial.workflow import completeness, previews, revisions, schedule, verification, workflow
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused

LONGEST_KEY = 19  # digits; the numbers of rows have fewer


class Steps:
    """Adds to the admin of practices the address of every step. An object that may not be seen is not found."""

    def get_urls(self):
        def page(route, view, name):
            return path(
                f"<path:object_id>/{route}", self.admin_site.admin_view(view), name=f"catalogue_practice_{name}"
            )

        own = [
            page("move/<str:move>/", self.move_view, "move"),
            page("revise/", require_POST(self.revise_view), "revise"),
            page("verify/", require_POST(self.verify_view), "verify"),
            page("previews/", require_POST(self.preview_view), "preview"),
            page("previews/revoke/", require_POST(self.revoke_view), "revoke"),
        ]
        return [*own, *super().get_urls()]

    def seen_or_404(self, request, object_id):
        """Return a practice the account may see at the desk."""
        practice = self.get_object(request, object_id)
        if practice is None or not may(request.user, Action.VIEW, practice):
            raise Http404
        return practice

    def move_view(self, request, object_id, move):
        """Ask for what a step needs, and take it."""
        practice = self.seen_or_404(request, object_id)
        if move not in Move.values or move == Move.REVISE:
            raise Http404
        move = Move(move)
        if not may(request.user, Action(move)):
            raise PermissionDenied
        step = workflow.STEPS.get(move)
        asks_for = step.asks_for if step else ""
        initial = {"seen": revisions.newest_number(practice)}
        form = MoveForm(
            request.POST if request.method == "POST" else None, initial=initial, move=move, asks_for=asks_for
        )
        if request.method == "POST" and form.is_valid():
            try:
                return redirect(self.take(request, practice, move, form.cleaned_data))
            except Refused as refusal:
                form.add_error(None, str(refusal.sentence))
        return TemplateResponse(
            request, "admin/catalogue/practice/move.html", self.page_of_move(request, practice, move, form)
        )

    def page_of_move(self, request, practice, move, form):
        lacks = completeness.missing(practice) if move == Move.PUBLISH else []
        return {
            **self.admin_site.each_context(request),
            "title": move.label,
            "original": practice,
            "opts": self.opts,
            "form": form,
            "lacks": lacks,
            "edited_at": reverse("admin:catalogue_practice_change", args=[practice.pk]),
        }

    def take(self, request, practice, move, asked):
        """Take a step as the form asks for it; return where to go on. Raises ``Refused``."""
        at = asked.get("at")
        if asked["seen"] not in (None, revisions.newest_number(practice)):
            raise Refused(_("Another user has changed this practice since you opened it. Review it again first."))
        if move == Move.DISCARD:
            workflow.discard(practice, by=request.user, note=asked["note"])
        elif at and move == Move.PUBLISH:
            schedule.publish_later(practice, at, by=request.user)
        elif at and move == Move.ARCHIVE:
            schedule.withdraw_later(practice, at, by=request.user)
        else:
            workflow.move(practice, move, by=request.user, note=asked["note"])
        messages.success(
            request, _("Step completed: %(step)s (%(code)s).") % {"step": move.label, "code": practice.record_code}
        )
        for remaining in (practice, practice.record):  # a revision is gone when it is published or discarded
            if self.get_object(request, str(remaining.pk)):
                return reverse("admin:catalogue_practice_change", args=[remaining.pk])
        return reverse("admin:catalogue_practice_changelist")

    def revise_view(self, request, object_id):
        """Open the revision of a published practice, or lead to the one that is open."""
        practice = self.seen_or_404(request, object_id)
        try:
            practice = workflow.revise(practice, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:catalogue_practice_change", practice.pk)

    def verify_view(self, request, object_id):
        """Note that somebody has verified a published practice today, and whether it still runs."""
        practice = self.seen_or_404(request, object_id)
        try:
            revision = verification.verify(practice, by=request.user, running=request.POST.get("running", ""))
            messages.success(
                request, _("The verification was recorded with today’s date. The next one is due in a year.")
            )
            if revision:
                messages.info(request, _("The new status was recorded as a proposed change."))
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:catalogue_practice_change", practice.pk)

    def preview_view(self, request, object_id):
        """Make a link under which a draft can be looked at without an account."""
        practice = self.seen_or_404(request, object_id)
        try:
            previews.make(practice, by=request.user)
            messages.success(
                request, _("The preview link was created. Send its address to the people who should see the practice.")
            )
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:catalogue_practice_change", practice.pk)

    def revoke_view(self, request, object_id):
        """Revoke the preview link whose number is sent, or all of them."""
        practice = self.seen_or_404(request, object_id)
        link = request.POST.get("link", "")
        if link != "all" and not (link.isdecimal() and len(link) < LONGEST_KEY):
            return HttpResponseBadRequest("link: a number, or all", content_type="text/plain")
        try:
            previews.revoke(practice, by=request.user, link=None if link == "all" else int(link))
            messages.success(request, _("The link was revoked and no longer works."))
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:catalogue_practice_change", practice.pk)
