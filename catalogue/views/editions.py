"""The editions of the catalogue: their calls, the contents of frozen ones, and the feed that announces them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.choices import EditionState
from catalogue.editions.freeze import with_site_url
from catalogue.editorial.workflow.editions import sealed_data_of
from catalogue.exports.responses import json_response
from catalogue.harvest.edition_feed import announcements
from catalogue.models import Edition, Practice
from catalogue.publication.editions import entry_in_volume
from catalogue.publication.formats import FORMATS
from catalogue.publication.html import as_html, blocks_as_html
from catalogue.text.languages import content_language
from catalogue.views.books import document_response
from catalogue.views.download import invalid_parameters
from catalogue.views.pages import secretariat


@require_safe
@versioned
def edition_list(request):
    """Every public edition, the newest first."""
    return render(request, "catalogue/edition_list.html", {"editions": Edition.objects.announced()})


@require_safe
@versioned
def edition_feed(request):
    """The calls and publications of editions, as an Atom feed."""
    return HttpResponse(announcements(), content_type="application/atom+xml; charset=utf-8")


@require_safe
@versioned
def edition_detail(request, address):
    """An edition: its call until it is frozen, then its contents; its slug redirects to its address."""
    edition = Edition.objects.announced().known_as(address)
    if edition is None:
        raise Http404
    if edition.address != address:
        return redirect(edition, permanent=True)
    if edition.state != EditionState.FROZEN:
        return render(request, "catalogue/edition_call.html", {"edition": edition, "secretariat": secretariat()})
    frozen = frozen_or_404(address)
    volumes = frozen.documents.filter(language=content_language()).values_list("volume", flat=True)
    context = {"edition": edition, "frozen": frozen, "entries": entries_of(frozen), "volumes": list(volumes)}
    context["formats"] = FORMATS
    return render(request, "catalogue/edition_detail.html", context)


def frozen_or_404(address):
    """Return the contents of the frozen edition with an address."""
    edition = get_object_or_404(Edition.objects.frozen().filter(frozen__isnull=False), address=address)
    return edition.frozen


def entries_of(frozen):
    """Return the entries of a frozen edition as they stood, ``(code, record)`` in the active language."""
    return [(entry.code, entry.records[content_language()]) for entry in frozen.entries.all()]


@require_safe
@versioned
def edition_entry(request, address, code):
    """A practice as it was in an edition, whatever happened to it since."""
    frozen = frozen_or_404(address)
    entry = get_object_or_404(frozen.entries, code=code)
    document = get_object_or_404(frozen.documents, language=content_language(), volume=entry.volume)
    shown = entry_in_volume(with_site_url(document.content), code)
    context = {
        "frozen": frozen,
        "entry": entry,
        "sealed": entry.records[content_language()],
        "summary": blocks_as_html(shown["blocks"]),
        "heads": as_html(shown["parts"]),
        "practice": Practice.objects.published().known_as(code).first(),
    }
    return render(request, "catalogue/edition_entry.html", context)


@require_safe
@versioned
def edition_document(request, address, extension):
    """A volume of the book of a frozen edition, by default the first."""
    frozen = frozen_or_404(address)
    volume = request.GET.get("volume", "1")
    documents = frozen.documents.filter(language=content_language())
    if not volume.isdecimal() or not 1 <= int(volume[:9]) <= documents.count():
        words = _("This edition has volumes 1 to %(last)s.") % {"last": documents.count()}
        return invalid_parameters(request, {"volume": [words]})
    document = documents.get(volume=int(volume[:9]))
    name = f"csm-{slugify(_('edition'))}-{address}" + (f"-{volume}" if documents.count() > 1 else "")
    return document_response(request, lambda: with_site_url(document.content), extension, name, f"volume={int(volume)}")


@require_safe
@versioned
def edition_data(request, address):
    """The contents of a frozen edition as JSON, with the checksum over its practices; the same in every language."""
    frozen = frozen_or_404(address)
    data = {
        "edition": frozen.facts,
        "frozen_at": frozen.at.isoformat(),
        "amended_on": frozen.amended_on.isoformat() if frozen.amended_on else None,
        "checksum": {"algorithm": "SHA-256", "value": frozen.checksum, "of": "practices"},
        "count": frozen.entries.count(),
        "practices": sealed_data_of(frozen),
    }
    return json_response(data)
