"""The view that returns, while a title is typed, which practices have a similar one; in ``PracticeAdmin.get_urls``."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogue.admin.pages import AdminPages
from catalogue.admin_site.declared_lookups import is_key
from catalogue.editorial.workflow import similar_titles


class SimilarTitles(AdminPages):
    """The search for duplicates, among the practices that the account may see."""

    def urls(self):
        return [self.path("similar/", require_safe(self.similar_view), "similar")]

    def similar_view(self, request):
        """Return the practices similar to ``title``; ``practice`` is the key of the one being written, if stored."""
        admin = self.model_admin
        if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
            raise PermissionDenied
        key = request.GET.get("practice", "")
        written = admin.get_queryset(request).filter(pk=key).first() if is_key(key) else None
        similar = similar_titles.to_title(request.GET.get("title", ""), request.user, besides=written)
        sentence = ngettext(
            "%(count)d practice has a similar title:", "%(count)d practices have a similar title:", len(similar)
        )
        return JsonResponse(
            {
                "sentence": sentence % {"count": len(similar)} if similar else "",
                "practices": [_shown(each.practice) for each in similar],
            }
        )


def _shown(practice):
    return {
        "title": f"{practice.code} {practice.title}",
        "state": practice.get_state_display(),
        "url": reverse("admin:catalogue_practice_change", args=[quote(practice.pk)]),
    }
