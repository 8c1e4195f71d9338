"""The home page, the pages about the catalogue, and the health checks."""

from datetime import timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.citations import citations_of_catalogue
from catalogue.coverage.tables import figures, networks_by_country
from catalogue.documents import writing
from catalogue.editorial.privacy import retention
from catalogue.middleware import read_replica
from catalogue.models import Contact, Edition, Practice
from catalogue.partial_dates import date_in_words
from catalogue.search.index import out_of_step
from catalogue.server import worker
from catalogue.views.members import map_of, network_cards

LATEST = 6
SECURITY_TXT_VALID_FOR = timedelta(days=180)  # RFC 9116 wants less than a year

# What the accessibility statement says of the last tests; tests/test_statements.py holds it to what is installed.
TESTED_ON = "2026-11-28"
TESTED_IN = "Chromium 156"
AXE_VERSION = "4.12.1"


@require_safe
def front_door(request):
    """Lead from ``/`` to the home page in the language the browser asks for."""
    response = redirect("home")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@versioned
def home(request):
    """What this is, a search, the networks and States with their counts, who works on what, and what is new."""
    return render(
        request,
        "catalogue/home.html",
        {
            "figures": figures(request.version),
            "cards": network_cards(request.version),
            "map": map_of(request.version),
            "table": networks_by_country(request.version),
            "latest": Practice.objects.published().by_update().for_listing()[:LATEST],
        },
    )


@require_safe
@versioned
def about(request):
    """What this is, where it comes from, under which licence, how to cite it and whom to write to."""
    return render(
        request,
        "catalogue/about.html",
        {
            "editions": Edition.objects.frozen(),
            "secretariat": secretariat(),
            "total": Practice.objects.published().count(),
            "citations": citations_of_catalogue(request.version),
        },
    )


@require_safe
@versioned
def accessibility(request):
    """What was done for people with disabilities, how it was tested, what is not known, and how to report a barrier."""
    tested = {"tested_on": date_in_words(TESTED_ON), "axe": AXE_VERSION, "browser": TESTED_IN}
    return render(request, "catalogue/accessibility.html", {"secretariat": secretariat(), **tested})


@require_safe
@versioned
def privacy(request):
    """What is known about readers, editors and contacts, and for how long."""
    cookies = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    context = {"secretariat": secretariat(), "cookies": cookies, "rules": retention.RULES}
    return render(request, "catalogue/privacy.html", context)


def secretariat():
    """Return the office that answers for the catalogue."""
    return get_object_or_404(Contact, slug=settings.SECRETARIAT_CONTACT)


@require_safe
@never_cache
def healthz(request):
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """Say whether the database answers, its migrations are applied and the search index is up to date.

    Without the primary database a replica still serves anonymous requests: then the site is ready for those.
    """
    try:
        trouble = _not_ready_reason()
    except Error:  # InterfaceError is no DatabaseError
        if read_replica.is_readable():
            return HttpResponse("ready for readers; database unavailable\n", content_type="text/plain")
        trouble = "database unavailable"
    status, text = (503, trouble) if trouble else (200, f"ready{_stalled_queues()}{_outdated_documents()}")
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain")


def _stalled_queues():
    """Return in words the queues without a worker; pages work without them, so the site is ready all the same."""
    queues = ", ".join(worker.stalled_queues())
    return f"; no worker takes up: {queues}; start manage.py db_worker" if queues else ""


def _outdated_documents():
    """Return in words how many documents are out of step; until they are written, the tables are read instead."""
    number = writing.out_of_step()
    return f"; documents out of step: {number}; run manage.py rebuild_documents" if number else ""


def _not_ready_reason():
    """Return why the site cannot serve, and what fixes it; empty when it can."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "migrations pending; run manage.py prepare"
    if out_of_step():
        return "search index out of step; run manage.py rebuild_search"
    return ""


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def security_txt(request):
    """Say whom to write to about a vulnerability (RFC 9116); valid for half a year from the day of the request."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + SECURITY_TXT_VALID_FOR
    context = {
        "contact": settings.SECURITY_CONTACT,
        "expires": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "site_url": settings.SITE_URL,
    }
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Redirect to the logo: browsers request this URL when they show a file."""
    return redirect(static("mark.svg"))
