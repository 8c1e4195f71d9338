"""A practice in an earlier published version, and as a preview of what is not published."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.citations import citations_of_practice
from catalogue.documents.reading import with_page_rows
from catalogue.editorial.workflow import practice_content, previews, revisions
from catalogue.models import Practice
from catalogue.views.detail import rendered

TEMPLATE = "catalogue/practice_version.html"


@require_safe
@versioned
def practice_version(request, slug, number):
    """An earlier published version of a practice that is still public; the newest has the URL of the practice."""
    practice = get_object_or_404(Practice.objects.published(), slug=slug)
    if number == practice.public_version:
        return redirect(practice)
    version = get_object_or_404(revisions.published_versions(practice), public_number=number)
    record = rendered_with_citations(practice_content.as_practice(practice, version.content))
    return render(request, TEMPLATE, {"record": record, "practice": practice, "version": version})


@never_cache
@require_safe
def practice_preview(request, token):
    """A practice that is not public, for who has a preview link; neither cached nor indexed."""
    try:
        practice = previews.practice_of(token)
    except previews.EndedError:
        return render(request, "catalogue/preview_ended.html", status=410)
    if practice is None:
        raise Http404
    record = rendered_with_citations(practice)
    response = render(request, TEMPLATE, {"record": record, "practice": practice, "version": None})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def rendered_with_citations(practice):
    """Return the page of a practice made from a version, with the citations of what it shows; they have no URL."""
    return rendered(with_page_rows(practice), citations=citations_of_practice(practice))
