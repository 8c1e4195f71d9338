"""Every URL of the site. The paths below a language prefix are translated in locale/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from catalogue import url_converters  # noqa: F401 - registers the shape of a code
from catalogue.api.docs import api_docs
from catalogue.api.problems import or_page
from catalogue.middleware.metrics import metrics_page
from catalogue.views import (
    adaptations,
    ask,
    books,
    browse,
    compare,
    coverage,
    detail,
    download,
    editions,
    errors,
    frameworks,
    glossary,
    harvest,
    meetings,
    members,
    open_data,
    pages,
    reports,
    results,
    suggest,
    too_long,
    versions,
)

handler400 = or_page(errors.bad_request, 400)
handler403 = or_page(errors.forbidden, 403)
handler404 = or_page(errors.not_found, 404)
handler414 = or_page(too_long.too_long, 414)
handler500 = errors.with_outage_page(or_page(errors.server_error, 500))
handler503 = or_page(errors.unavailable, 503)

to_brazilian = require_safe(RedirectView.as_view(url="/pt-br/%(rest)s", permanent=True, query_string=True))

urlpatterns = [
    # first: a language prefix is matched at once, and most requests are for these
    *i18n_patterns(
        path("", pages.home, name="home"),
        path(
            _("practices/"),
            include(
                [
                    path("", browse.practice_list, name="practice_list"),
                    # before the practices, whose slugs they would otherwise be
                    path(_("cite/"), download.cite_list, name="cite_list"),
                    path(_("compare/"), compare.practice_compare, name="practice_compare"),
                    path(_("selection/"), compare.picked, name="picked"),
                    path("<slug:slug>/", detail.practice_detail, name="practice_detail"),
                    path(_("<slug:slug>/cite/"), detail.practice_citations, name="practice_citations"),
                    path(_("<slug:slug>/versions/<int:number>/"), versions.practice_version, name="practice_version"),
                    path(_("<slug:slug>/replicate/"), books.replication, name="replication"),
                    path(_("<slug:slug>/replicate.<book:extension>"), books.replication_file, name="replication_file"),
                    path(_("<slug:slug>/ask/"), ask.ask, name="ask"),
                    path(_("<slug:slug>/ask/sent/"), ask.asked, name="asked"),
                    path("<slug:slug>/un-network.docx", books.worksheet_file, name="worksheet_file"),
                    path(_("compare.<book:extension>"), books.comparison_file, name="comparison_file"),
                    path("<slug:slug>.<book:extension>", books.brief_file, name="brief_file"),
                    path("<slug:slug>.<str:extension>", download.practice_file, name="practice_file"),
                ]
            ),
        ),
        path(_("practices.<book:extension>"), books.book_file, name="book_file"),
        path(_("practices.<str:extension>"), download.practice_list_file, name="practice_list_file"),
        path(_("codebook/"), download.codebook_page, name="codebook"),
        path(_("codebook.<str:extension>"), download.codebook_file, name="codebook_file"),
        path(_("glossary/"), glossary.glossary, name="glossary"),
        path(_("networks/"), members.network_list, name="network_list"),
        path(_("networks/<slug:slug>/"), members.network_detail, name="network_detail"),
        path(_("countries/"), members.country_list, name="country_list"),
        path(_("countries/<slug:iso2>/"), members.country_detail, name="country_detail"),
        path(_("networks/<slug:slug>/report/"), reports.network_report, name="network_report"),
        path(
            _("networks/<slug:slug>/report.<book:extension>"), reports.network_report_file, name="network_report_file"
        ),
        path(_("countries/<slug:iso2>/report/"), reports.country_report, name="country_report"),
        path(
            _("countries/<slug:iso2>/report.<book:extension>"), reports.country_report_file, name="country_report_file"
        ),
        path(_("meetings/"), meetings.meeting_list, name="meeting_list"),
        path(_("meetings/<slug:slug>/"), meetings.meeting_detail, name="meeting_detail"),
        path(_("meetings.<str:extension>"), meetings.meeting_list_file, name="meeting_list_file"),
        path(_("forums/"), meetings.forum_list, name="forum_list"),
        path(_("forums/<slug:slug>/"), meetings.forum_detail, name="forum_detail"),
        path(_("commitments/"), meetings.commitment_list, name="commitment_list"),
        path(_("coverage/"), coverage.coverage, name="coverage"),
        path(_("coverage/<slug:table>.<str:extension>"), coverage.coverage_file, name="coverage_file"),
        path(_("frameworks/"), frameworks.framework_list, name="framework_list"),
        path(_("frameworks/<str:scheme>/<str:code>/"), frameworks.framework_term, name="framework_term"),
        path(_("results/"), results.result_list, name="result_list"),
        path(_("results.<str:extension>"), results.result_file, name="result_file"),
        path(_("adaptations/"), adaptations.adaptation_list, name="adaptation_list"),
        path(_("adaptations.<str:extension>"), adaptations.adaptation_file, name="adaptation_file"),
        path(_("editions/"), editions.edition_list, name="edition_list"),
        path(_("editions.atom"), editions.edition_feed, name="edition_feed"),
        path(_("editions/<slug:address>/"), editions.edition_detail, name="edition_detail"),
        path(_("editions/<slug:address>/<code:code>/"), editions.edition_entry, name="edition_entry"),
        path(_("editions/<slug:address>.json"), editions.edition_data, name="edition_data"),
        path(_("editions/<slug:address>.<book:extension>"), editions.edition_document, name="edition_document"),
        path(_("about/"), pages.about, name="about"),
        path(_("preview/<str:token>/"), versions.practice_preview, name="practice_preview"),
        path(_("api/"), api_docs, name="api_docs"),
        path(_("accessibility/"), pages.accessibility, name="accessibility"),
        path(_("privacy/"), pages.privacy, name="privacy"),
        path(_("data/"), open_data.data, name="data"),
        path(_("suggestions/"), suggest.suggest, name="suggest"),
    ),
    path("", pages.front_door, name="front_door"),
    path("pt", to_brazilian, {"rest": ""}),
    path("pt/<path:rest>", to_brazilian),
    path("pt/", to_brazilian, {"rest": ""}),
    path("p/<code:code>/", detail.permanent_link, name="permanent_link"),
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("metrics", metrics_page, name="metrics"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("robots.txt", harvest.robots, name="robots"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("llms.txt", harvest.llms, name="llms"),
    path("sitemap.xml", harvest.sitemap, name="sitemap"),
    path("oai", harvest.oai, name="oai"),
    path("", include("catalogue.api.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
]
