"""URLs for harvesters and crawlers: sitemap, OAI-PMH, robots.txt and llms.txt."""

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.caching.etags import versioned
from catalogue.harvest import sitemaps
from catalogue.harvest.oai_pmh import oai_response
from catalogue.models import Practice

XML = "application/xml; charset=utf-8"
XML_OF_OAI = "text/xml; charset=utf-8"


@require_safe
@versioned
def sitemap(request):
    """Every public page in every language; an index of files, chosen by ``p``, when one cannot hold them all."""
    count = sitemaps.file_count()
    text = request.GET.get("p", "1" if count == 1 else "")
    if not text:
        return HttpResponse(sitemaps.sitemap_index(count), content_type=XML)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= count):
        raise Http404
    return StreamingHttpResponse(sitemaps.sitemap_file(int(text)), content_type=XML)


@csrf_exempt  # the protocol wants POST too, and nothing is changed
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request):
    """The catalogue for harvesters, by OAI-PMH 2.0."""
    query = request.POST if request.method == "POST" else request.GET
    return HttpResponse(oai_response(query), content_type=XML_OF_OAI)


@require_safe
def robots(request):
    """Invite crawlers to the pages, not to the admin, and show them the map."""
    context = {"admin": settings.ADMIN_PATH, "site_url": settings.SITE_URL}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@versioned
def llms(request):
    """Say in plain Markdown what this is and where its data are, for programs that read instead of people."""
    context = {"total": Practice.objects.published().count(), "site_url": settings.SITE_URL}
    return render(request, "llms.txt", context, content_type="text/plain; charset=utf-8")
