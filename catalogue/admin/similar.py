"""The address that tells an editor, while a title is typed, which practices have a similar one."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogue.editorial.workflow import similar_titles


class Similar:
    """Adds to the admin of practices the search for duplicates; it tells of practices the account may see."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.similar_view))
        return [path("similar/", view, name="catalogue_practice_similar"), *super().get_urls()]

    def similar_view(self, request):
        """Answer ``title`` with the similar ones; ``practice`` is the key of the one being written, if it is stored."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        key = request.GET.get("practice", "")
        written = self.get_object(request, key) if key else None
        found = [
            each.practice
            for each in similar_titles.to_title(request.GET.get("title", ""), request.user, besides=written)
        ]
        sentence = ngettext(
            "%(count)d practice has a similar title:", "%(count)d practices have a similar title:", len(found)
        )
        return JsonResponse(
            {
                "sentence": sentence % {"count": len(found)} if found else "",
                "practices": [
                    {
                        "title": f"{practice.code} {practice.title}",
                        "state": practice.get_state_display(),
                        "url": reverse("admin:catalogue_practice_change", args=[quote(practice.pk)]),
                    }
                    for practice in found
                ],
            }
        )
