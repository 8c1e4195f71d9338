"""Figures for the operator's own monitoring, in the text form of Prometheus: how many answers, how fast.

Off until ``METRICS_TOKEN`` is set; then ``/metrics`` answers whoever brings it, and nobody else. No figure tells of a
reader: answers are counted by the name of the page, its status and the method.
"""

import time
from functools import cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@cache
def answers():
    """Return the histogram of answers; gunicorn.conf.py has given all workers one folder to count in."""
    from prometheus_client import Histogram  # only where an operator asks for figures

    names = ("page", "method", "status")
    return Histogram("catalogue_answers_seconds", "Seconds until an answer began", names, buckets=SECONDS)


class Counted:
    """Middleware, the outermost: counts every answer and the time it took."""

    def __init__(self, get_response):
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in ("GET", "HEAD", "POST") else "other"
        answers().labels(page, method, response.status_code).observe(time.perf_counter() - started)
        return response


@require_safe
@never_cache
def metrics(request):
    """The figures of all workers of this machine; for others than the operator there is nothing here."""
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(brought, settings.METRICS_TOKEN):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
