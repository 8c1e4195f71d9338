"""What the front server and the protocol ask of answers: a short head, no body where none may be, none packed twice.

nginx takes an answer whose head does not fit its buffer for a sign that the server is dead, so that one long address
could stop the site. Of what a reader sends, a head repeats the address alone (``Location``, ``Link``).
"""

from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import get_resolver
from django.utils.encoding import escape_uri_path

LONGEST_HEAD = 4096  # bytes of the status line and all headers of any answer; deploy/nginx has room for more
LONGEST_ADDRESS = 2500  # bytes of path and query as a link writes them; the longest search takes 2,400 of them
LONGEST_LOCATION = LONGEST_ADDRESS + 300  # with the scheme, a name of a host (253) and the prefix of a language
LONGEST_LINK = 2500  # bytes of the header of the API that names the pages beside this one
READING = ("GET", "HEAD")
PACKED = ("application/pdf", "application/zip", "application/vnd.openxmlformats-", "application/vnd.oasis.")


def bounded(get_response):
    """Middleware: refuse an address that is too long, with 414 and before anything repeats it; lead to none either."""
    security = SecurityMiddleware(get_response)

    def refused(request):
        shorten(request)
        return security.process_response(request, get_resolver().resolve_error_handler(414)(request))

    def answer(request):
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return refused(request)
        response = get_response(request)
        location = response.get("Location", "")
        if len(location) <= LONGEST_LOCATION:
            return response
        if request.method in READING:
            response.close()
            return refused(request)
        response["Location"] = without_query(location)  # what was asked for is done
        return response

    return answer


def shorten(request):
    """Leave of an address what may be repeated: no query, and of a path that is too long the first part."""
    request.META["QUERY_STRING"] = ""
    request.__dict__.pop("GET", None)  # read from the query, if somebody has
    if len(escape_uri_path(request.path)) > LONGEST_ADDRESS:
        first = request.path.split("/")[1]
        request.path = request.path_info = f"/{first}/" if len(first) < 20 else "/"


def without_query(address):
    """Return an address without its query; the front door for one that is too long even so."""
    path = address.partition("?")[0]
    return path if len(path) <= LONGEST_ADDRESS else "/"


class Gzip(GZipMiddleware):
    """Middleware: compress what is worth it; packing a book, which is packed, would cost every download."""

    def process_response(self, request, response):
        """Leave alone what is packed by its own form."""
        if response.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)


def bodiless(get_response):
    """Middleware, the outermost: send no body to HEAD, nor with 204 and 304, but the length that GET would tell.

    The web server would drop it, with a warning for each. What a body is made of is closed with the answer.
    """

    def answer(request):
        response = get_response(request)
        if response.status_code in (204, 304):
            del response["Content-Length"]  # it would be that of the empty body
        elif request.method != "HEAD":
            return response
        elif not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return emptied(response)

    return answer


def emptied(response):
    """Return a response without its body."""
    if response.streaming:
        response.streaming_content = ()
    else:
        response.content = b""
    return response
