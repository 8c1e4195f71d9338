"""Books and briefs: the list, one practice or several side by side, as PDF and DOCX."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.documents.reading import fetched, published_or_404
from catalogue.listing.filters import practices_for
from catalogue.listing.selection import FEWEST_COMPARED, MOST_COMPARED, codes_in, in_order_of
from catalogue.models import Practice
from catalogue.publication import briefs, formats
from catalogue.publication.books import book, book_volumes, volume_in_words
from catalogue.publication.html import as_html, blocks_as_html
from catalogue.publication.replication import replication_brief
from catalogue.publication.worksheet import worksheet
from catalogue.views.download import canonical, invalid_parameters
from catalogue.views.files import from_cache


@require_safe
@versioned
def book_file(request, extension):
    """The list as a book; a list too long for one volume is answered with the choice of its volumes (300)."""
    filterset = practices_for(request.GET)
    if not filterset.is_valid():
        return invalid_parameters(request, filterset.errors)
    volumes = book_volumes(filterset)
    asked = request.GET.get("volume", "" if len(volumes) > 1 else "1")
    if not asked:
        return choice_of_volumes(request, filterset, volumes, extension)
    if not asked.isdecimal() or not 1 <= int(asked[:9]) <= len(volumes):
        words = _("This list has volumes 1 to %(last)s.") % {"last": len(volumes)}
        return invalid_parameters(request, {"volume": [words]})
    name = f"csm-{slugify(_('practices'))}" + (f"-{asked}" if len(volumes) > 1 else "")
    query = canonical(filterset, {"volume": int(asked)} if len(volumes) > 1 else {})
    return document_response(request, lambda: book(filterset, volumes, int(asked)), extension, name, query)


@require_safe
@versioned
def brief_file(request, slug, extension):
    """One practice as a brief of two pages."""
    practice = published_or_404(slug, request.version)
    return document_response(request, lambda: briefs.practice_brief(practice), extension, practice.slug)


@require_safe
@versioned
def replication(request, slug):
    """What replicating a practice takes, as a page."""
    practice = published_or_404(slug, request.version)
    [brief] = replication_brief(practice)["parts"]
    context = {
        "practice": practice,
        "summary": blocks_as_html(brief["blocks"]),
        "heads": as_html(brief["parts"]),
        "formats": formats.FORMATS,
    }
    return render(request, "catalogue/replication.html", context)


@require_safe
@versioned
def replication_file(request, slug, extension):
    """What replicating a practice takes, as a document."""
    practice = published_or_404(slug, request.version)
    name = f"{practice.slug}-{slugify(_('replication'))}"
    return document_response(request, lambda: replication_brief(practice), extension, name)


@require_safe
@versioned
def worksheet_file(request, slug):
    """A practice laid out for its submission to the United Nations Network on Migration."""
    practice = published_or_404(slug, request.version)
    return document_response(request, lambda: worksheet(practice), "docx", f"{practice.slug}-un-network")


@require_safe
@versioned
def comparison_file(request, extension):
    """Two to four practices side by side, as a brief for a delegation; each ``id`` is a code."""
    codes = codes_in(request.GET.getlist("id"))
    practices = []
    if FEWEST_COMPARED <= len(codes) <= MOST_COMPARED:
        practices = in_order_of(codes, fetched(Practice.objects.published().with_codes(codes), request.version))
    if not practices or len(practices) != len(codes):
        return invalid_parameters(request, {"id": [_("Give the codes of two to four published practices.")]})
    query = urlencode({"id": codes}, doseq=True)
    return document_response(
        request, lambda: briefs.comparison_brief(practices), extension, f"csm-{slugify(_('comparison'))}", query
    )


def choice_of_volumes(request, filterset, volumes, extension):
    """Offer the volumes of a long list, each at its own address."""
    choices = []
    for number in range(1, len(volumes) + 1):
        query = filterset.known_query()
        query["volume"] = number
        choices.append((f"?{query.urlencode()}", volume_in_words(volumes, number)))
    context = {"total": sum(map(len, volumes)), "choices": choices, "extension": extension}
    return render(request, "catalogue/volumes.html", context, status=300)


def document_response(request, document, extension, name, query=""):
    """Return the response with a document as a file; ``document()`` computes it, see ``from_cache``."""

    def generate():
        file_format = formats.FORMATS[extension]
        response = HttpResponse(file_format.write(document()), content_type=file_format.media_type)
        response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
        return response

    return from_cache(request, generate, query)
