"""The id of the request that is served: ``middleware.request_id`` sets it, every line of the log carries it."""

import logging
from contextvars import ContextVar

# Never reset: Django notes a failure, and a file writes its rows, after the response has left the middleware. The next
# request of the thread takes its place.
request_id_var = ContextVar("id of the request", default="-")


def current_request_id() -> str:
    """Return the id of the request that this thread serves, or ``-``."""
    return request_id_var.get()


class RequestIdFilter(logging.Filter):
    """Adds the id of the request to every record of the log; lets all of them through."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True
