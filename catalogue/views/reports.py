"""Reports on a State and on a network for a Presidency: the page, and the same as PDF and DOCX."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.publication import reports
from catalogue.text.languages import localized
from catalogue.views.books import document_response
from networks.models import Country, Network


@require_safe
@versioned
def country_report(request, iso2):
    """What a State has documented, what is due and missing, and what others have."""
    return report_page(request, reports.country_report(country_at(iso2), request.version), "country_report_file", iso2)


@require_safe
@versioned
def country_report_file(request, iso2, extension):
    """The report on a State as a document."""
    country = country_at(iso2)
    return report_file(request, lambda: reports.country_report(country, request.version), extension, iso2)


@require_safe
@versioned
def network_report(request, slug):
    """What a network has documented, what is due and missing, and what other networks have."""
    network = get_object_or_404(Network, slug=slug)
    return report_page(request, reports.network_report(network, request.version), "network_report_file", slug)


@require_safe
@versioned
def network_report_file(request, slug, extension):
    """The report on a network as a document."""
    network = get_object_or_404(Network, slug=slug)
    return report_file(request, lambda: reports.network_report(network, request.version), extension, slug)


def report_page(request, report, url_name, argument):
    """Show a report; ``url_name`` with its ``argument`` leads to its documents."""
    title, by_network = report_title(report), isinstance(report.subject, Country)
    context = {"report": report, "title": title, "by_network": by_network}
    context |= {"file": url_name, "name": argument, "formats": ["pdf", "docx"]}
    return render(request, "catalogue/report.html", context)


def report_file(request, report, extension, name):
    """Return the document of what ``report()`` returns."""
    return document_response(request, lambda: as_document(report()), extension, f"csm-{slugify(_('report'))}-{name}")


def as_document(report):
    counts_title = _("By thematic network") if isinstance(report.subject, Country) else _("By State")
    return reports.report_document(report, title=report_title(report), counts_title=counts_title)


def report_title(report):
    return _("Report: %(name)s") % {"name": localized(report.subject, "name").text}


def country_at(iso2):
    """Return the State with two small letters; written otherwise it has no page."""
    if iso2 != iso2.lower():
        raise Http404
    return get_object_or_404(Country, iso2=iso2.upper())
