"""The daily round of the link checker: which URLs are due, the results, and what editors and readers see of them."""

import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.errors import Refused
from catalogue.link_checker.link_sources import OF_PAGES, OF_PRACTICES, rows_with_url, shown_urls
from catalogue.link_checker.visit import PUBLIC, visit
from catalogue.models import LinkCheck, Practice
from catalogue.models.version import bump

WEEK = timedelta(days=7)
# Two failures this far apart make a link broken; less than a day, because the hour of a daily round drifts.
ANOTHER_DAY = timedelta(hours=20)
ENOUGH_HOSTS = 3  # when so many hosts give no answer and none gives one, the fault is on our side


class Pace:
    """Waits ``seconds`` between requests to the same host."""

    def __init__(self, seconds=1.0, *, clock=time.monotonic, sleep=time.sleep):
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._next = {}

    def __call__(self, host):
        now = self._clock()
        pause = max(0.0, self._next.get(host, now) - now)
        if pause:
            self._sleep(pause)
        self._next[host] = now + pause + self._seconds


def due(now, older_than=WEEK):
    """Return the URLs to visit: never visited ones, then the longest unvisited.

    One that failed is due again after ``ANOTHER_DAY``, the others after ``older_than``.
    """
    soon, shown = min(ANOTHER_DAY, older_than), shown_urls()
    known = [check for check in LinkCheck.objects.all() if check.url in shown]
    never = sorted(shown - {check.url for check in known})
    again = [check for check in known if now - check.visited_at >= (soon if check.failing else older_than)]
    return [*never, *(check.url for check in sorted(again, key=lambda check: (check.visited_at, check.url)))]


def run(*, limit=None, older_than=WEEK, network=PUBLIC, pace=None, report=lambda url, result: None):
    """Visit the URLs that are due, at most ``limit``, and store the results; return ``[(url, Visit)]``.

    Safe to run often, to stop at any moment and to run twice at once. Raises ``Refused`` and stores nothing when no
    host responds at all: then this machine is not connected.
    """
    LinkCheck.objects.exclude(url__in=shown_urls()).delete()
    pace = pace or Pace()
    visits, unsaved, connected = [], [], False
    for url in due(timezone.now(), older_than)[:limit]:
        result = visit(url, network, pace)
        report(url, result)
        visits.append((url, result))
        unsaved.append((url, result))
        connected = connected or result.status is not None
        if connected:
            _store_all(unsaved)
            unsaved = []
    if len({_host(url) for url, _result in unsaved}) >= ENOUGH_HOSTS:
        raise Refused(_("No server responded: is this machine connected to the internet? Nothing was saved."))
    _store_all(unsaved)
    return visits


def _host(url):
    return url.split("/")[2] if url.count("/") > 1 else url


def _store_all(visits):
    for url, result in visits:
        store(url, result, timezone.now())


@transaction.atomic
def store(url, result, now):
    """Store the result of a visit; a new version of the catalogue where pages show it."""
    LinkCheck.objects.get_or_create(url=url, defaults={"visited_at": now, "outcome": result.outcome})
    check = LinkCheck.objects.select_for_update().get(url=url)
    was_broken = check.broken
    check.note(result.outcome, result.status, result.final_url, now, ANOTHER_DAY)
    check.save()
    if was_broken or check.broken:
        showing = Practice.objects.published().showing([url], OF_PRACTICES).primary_keys()
        if keys := set(showing):
            bump(practices=keys)


def broken_links():
    """Return the broken links, those that failed longest ago first."""
    return LinkCheck.objects.filter(broken=True).order_by("failing_since", "url")


def with_broken_links(practices):
    """Return those of ``practices`` with a broken link."""
    return practices.showing(broken_links().order_by().values("url"), OF_PRACTICES)


def broken_links_of(practices):
    """Return ``[(practice, its broken links)]`` in the order given."""
    found = []
    for practice in practices:
        addresses = Practice.objects.filter(pk=practice.pk).addresses_in(OF_PRACTICES)
        found.append((practice, list(broken_links().filter(url__in=addresses))))
    return found


def broken_on_pages():
    """Return ``[(record, its broken link)]`` of pages that are not about a practice."""
    broken = {check.url: check for check in broken_links()}
    return [
        (record, broken[getattr(record, field)])
        for model, field in OF_PAGES
        for record in model.objects.filter(**{f"{field}__in": broken}).order_by("pk")
    ]


def mark_unreached(practices):
    """Set ``unreached_on`` of every row of fetched practices: the last visit of its broken link, or ``None``."""
    rows = [(row, url) for practice in practices for row, url in rows_with_url(practice)]
    urls = {url for _row, url in rows if url}
    visited = dict(broken_links().filter(url__in=urls).values_list("url", "visited_at")) if urls else {}
    for row, url in rows:
        row.unreached_on = visited.get(url)


def last_visit(url):
    """Return the ``LinkCheck`` of a URL; ``None`` when it was never visited."""
    return LinkCheck.objects.filter(url=url).first() if url else None
