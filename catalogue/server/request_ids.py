"""The id of a request: in the header of its answer and in every line of the log that it leads to."""

import logging
import re
import secrets
from contextvars import ContextVar

HEADER = "X-Request-Id"
NONE = "-"
WELL_FORMED = re.compile(
    r"[0-9A-Fa-f-]{16,64}"
)  # of nginx, or a UUID; too narrow for a name, a mailbox or a forged line

# Never reset: Django notes a failure, and a file writes its rows, after the answer has left the middleware. The next
# request of the thread takes its place.
_current = ContextVar("id of the request", default=NONE)


def middleware(get_response):
    """Take the id that the front server gave, when it is one, or give one."""

    def answer(request):
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        number = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
        _current.set(number)
        response = get_response(request)
        response.headers[HEADER] = number
        return response

    return answer


def current():
    """Return the id of the request that this thread answers, or ``-``."""
    return _current.get()


class RequestId(logging.Filter):
    """Lets every line of the log through, with the id of its request."""

    def filter(self, record):
        record.request_id = _current.get()
        return True
