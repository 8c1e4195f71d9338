"""The pages and buttons of the workflow of a practice, in ``PracticeAdmin.get_urls``; ``workflow`` decides."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.admin.forms import TransitionForm
from catalogue.admin.pages import AdminPages, posted
from catalogue.admin_site.declared_lookups import is_key
from catalogue.choices import TransitionKind
from catalogue.editorial.workflow import completeness, previews, revisions, schedule, verification, workflow
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused

SCHEDULED = {TransitionKind.PUBLISH: schedule.publish_later, TransitionKind.ARCHIVE: schedule.withdraw_later}


class Transitions(AdminPages):
    """A page that asks for what a transition needs, and buttons for what needs nothing else."""

    def urls(self):
        return [
            self.path("<path:object_id>/move/<str:move>/", self.move_view, "move"),
            self.path("<path:object_id>/revise/", require_POST(self.revise_view), "revise"),
            self.path("<path:object_id>/verify/", require_POST(self.verify_view), "verify"),
            self.path("<path:object_id>/previews/", require_POST(self.preview_view), "preview"),
            self.path("<path:object_id>/previews/revoke/", require_POST(self.revoke_view), "revoke"),
        ]

    def move_view(self, request, object_id, move):
        """Ask for what a transition needs, and carry it out."""
        practice = self.visible_or_404(request, object_id)
        if move not in TransitionKind.values or move == TransitionKind.REVISE:
            raise Http404
        move = TransitionKind(move)
        if not may(request.user, Action(move)):
            raise PermissionDenied
        form = TransitionForm(
            posted(request),
            initial={"seen": revisions.newest_number(practice)},
            asks_for=workflow.TRANSITION_RULES[move].asks_for if move in workflow.TRANSITION_RULES else "",
            may_be_scheduled=move in SCHEDULED,
        )
        lacks = completeness.missing(practice) if move == TransitionKind.PUBLISH else []
        return self.transition(request, practice, move, form, partial(self._take, request, practice, move), lacks=lacks)

    def _take(self, request, practice, move, asked):
        """Carry out a transition as the form asks for it; return the URL to go on to. Raises ``Refused``."""
        if asked["seen"] not in (None, revisions.newest_number(practice)):
            raise Refused(_("Another user has changed this practice since you opened it. Review it again first."))
        if move == TransitionKind.DISCARD:
            workflow.discard(practice, by=request.user, note=asked["note"])
        elif at := asked.get("at"):
            SCHEDULED[move](practice, at, by=request.user)
        else:
            workflow.move(practice, move, by=request.user, note=asked["note"])
        self.report(request, move, practice.record_code)
        for remaining in (practice, practice.record):  # a revision is gone when it is published or discarded
            if self.model_admin.get_queryset(request).filter(pk=remaining.pk).exists():
                return self.change_url(remaining)
        return reverse("admin:catalogue_practice_changelist")

    def revise_view(self, request, object_id):
        """Open the revision of a published practice, or lead to the one that is open."""
        return self.act(request, object_id, partial(workflow.revise, by=request.user))

    def verify_view(self, request, object_id):
        """Record that a published practice was verified today, and whether it is still running."""

        def verify(practice):
            proposed = verification.verify(practice, by=request.user, running=request.POST.get("running", ""))
            messages.success(
                request, _("The verification was recorded with today’s date. The next one is due in a year.")
            )
            if proposed:
                messages.info(request, _("The new status was recorded as a proposed change."))

        return self.act(request, object_id, verify)

    def preview_view(self, request, object_id):
        """Create a link under which a draft can be looked at without an account."""
        done = _("The preview link was created. Send its address to the people who should see the practice.")
        return self.act(request, object_id, partial(previews.create_link, by=request.user), done)

    def revoke_view(self, request, object_id):
        """Revoke the preview link whose primary key is sent as ``link``, or ``all`` of them."""
        self.visible_or_404(request, object_id)
        link = request.POST.get("link", "")
        if link != "all" and not is_key(link):
            return HttpResponseBadRequest("link: a number, or all", content_type="text/plain")
        revoke = partial(previews.revoke, by=request.user, link=None if link == "all" else int(link))
        return self.act(request, object_id, revoke, _("The link was revoked and no longer works."))
