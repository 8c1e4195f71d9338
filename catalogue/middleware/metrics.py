"""Metrics for Prometheus: how many responses, how fast, and the page ``/metrics`` that shows them.

Off until ``METRICS_TOKEN`` is set; then ``/metrics`` is served with this token alone. No metric is about a person:
responses are counted by the name of the URL pattern, the method and the status, so that the labels are bounded.
"""

import logging
import os
import time
from functools import cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@cache
def response_histogram():
    """Return the histogram of responses; gunicorn.conf.py has given all workers one folder to count in."""
    from prometheus_client import Histogram  # only where an operator has turned metrics on

    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from catalogue.server import metric_files  # noqa: F401 - before the first metric
    names = ("page", "method", "status")
    return Histogram("catalogue_answers_seconds", "Seconds until an answer began", names, buckets=SECONDS)


class MetricsMiddleware:
    """Counts every response and the time it took, while the disk has room for the counts."""

    def __init__(self, get_response):
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response, self.has_room = get_response, True

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        if self.has_room:
            self._count(request, response, time.perf_counter() - started)
        return response

    def _count(self, request, response, seconds):
        match = request.resolver_match  # none when a cached response was sent before the URL was resolved
        page = match.view_name if match else getattr(request, "page_name", "") or "none"
        method = request.method if request.method in ("GET", "HEAD", "POST") else "other"
        try:
            response_histogram().labels(page, method, response.status_code).observe(seconds)
        except OSError as problem:
            self.has_room = False
            logger.warning("this process counts no more answers until it is renewed: %s", problem)


@require_safe
@never_cache
def metrics_page(request):
    """Show the metrics of all workers of this machine to the operator; 404 for everybody else."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    is_the_operator = scheme.lower() == "bearer" and constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    if not settings.METRICS_TOKEN or not is_the_operator:
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest  # for the operator alone
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
