"""The daily round of the link checker: what is due, what came of it, and what of that editors and readers are told."""

import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.errors import Refused
from catalogue.link_checker.link_sources import OF_PAGES, OF_PRACTICES, rows_with_address, shown_addresses
from catalogue.link_checker.visit import PUBLIC, visit
from catalogue.models import LinkCheck, Practice
from catalogue.models.version import bump

WEEK = timedelta(days=7)
# Two failures this far apart make a link broken; less than a day, because the hour of a daily round drifts.
ANOTHER_DAY = timedelta(hours=20)
ENOUGH_HOSTS = 3  # when so many hosts give no answer and none gives one, the fault is on our side


class Pace:
    """Lets requests to the same host follow each other no faster than ``seconds``."""

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
    """Return the addresses to visit: never visited ones, then the longest unvisited.

    One that failed is due again after another day, the others after ``older_than``.
    """
    soon, shown = min(ANOTHER_DAY, older_than), shown_addresses()
    known = [check for check in LinkCheck.objects.all() if check.url in shown]
    never = sorted(shown - {check.url for check in known})
    again = [check for check in known if now - check.visited_at >= (soon if check.failing else older_than)]
    return [*never, *(check.url for check in sorted(again, key=lambda check: (check.visited_at, check.url)))]


def run(*, limit=None, older_than=WEEK, network=PUBLIC, pace=None, told=lambda url, seen: None):
    """Visit what is due, at most ``limit`` addresses, and store what came of each; return the visits.

    Safe to run often, to stop at any moment and to run twice at once. Raises ``Refused`` and stores nothing when no
    host answers at all: then this machine is not connected.
    """
    _forget_what_is_no_longer_shown()
    pace = pace or Pace()
    seen, held, connected = [], [], False
    for url in due(timezone.now(), older_than)[:limit]:
        held.append((url, visit(url, network, pace)))
        seen.append(held[-1])
        told(*held[-1])
        connected = connected or held[-1][1].status is not None
        if connected:
            held = _stored(held)
    if len({_host(url) for url, _result in held}) >= ENOUGH_HOSTS:
        raise Refused(_("No server responded: is this machine connected to the internet? Nothing was saved."))
    _stored(held)
    return seen


def _host(url):
    return url.split("/")[2] if url.count("/") > 1 else url


def _stored(visits):
    for url, seen in visits:
        store(url, seen, timezone.now())
    return []


@transaction.atomic
def store(url, seen, now):
    """Keep what came of a visit. Where readers are told of it, the version of the catalogue moves on."""
    LinkCheck.objects.get_or_create(url=url, defaults={"visited_at": now, "outcome": seen.outcome})
    check = LinkCheck.objects.select_for_update().get(url=url)
    was_told = check.broken
    check.note(seen.outcome, seen.status, seen.final_url, now, ANOTHER_DAY)
    check.save()
    if was_told or check.broken:
        showing = Practice.objects.published().showing([url], OF_PRACTICES).primary_keys()
        if keys := set(showing):
            bump(practices=keys)


def _forget_what_is_no_longer_shown():
    LinkCheck.objects.exclude(url__in=shown_addresses()).delete()


def broken_links():
    """Return the broken links, those that have failed longest first."""
    return LinkCheck.objects.filter(broken=True).order_by("failing_since", "url")


def with_broken_links(practices):
    """Keep the practices that link to an address that could not be reached on two days."""
    return practices.showing(broken_links().order_by().values("url"), OF_PRACTICES)


def broken_links_of(practices):
    """Return ``[(practice, its broken links)]`` in the order given."""
    found = []
    for practice in practices:
        addresses = Practice.objects.filter(pk=practice.pk).addresses_in(OF_PRACTICES)
        found.append((practice, list(broken_links().filter(url__in=addresses))))
    return found


def broken_on_pages():
    """Return ``[(record, its broken link)]`` of the pages that tell of no practice."""
    broken = {check.url: check for check in broken_links()}
    return [
        (record, broken[getattr(record, field)])
        for model, field in OF_PAGES
        for record in model.objects.filter(**{f"{field}__in": broken}).order_by("pk")
    ]


def mark_unreached(practice):
    """Give each row of a fetched practice that links to a broken address the time of the last visit, for its page."""
    rows = [(row, url) for row, url in rows_with_address(practice) if url]
    visited = dict(broken_links().filter(url__in={url for _row, url in rows}).values_list("url", "visited_at"))
    for row, url in rows:
        row.unreached_on = visited.get(url)


def last_visit(url):
    """Return what came of the last visit to an address; ``None`` when it was never visited."""
    return LinkCheck.objects.filter(url=url).first() if url else None
