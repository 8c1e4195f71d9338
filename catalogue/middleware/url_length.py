"""Refuses URLs that are too long, so that the head of every response fits the buffer of the front server.

nginx takes a response whose head does not fit its buffer for a sign that the server is dead, so that one long URL
could stop the site. Of what a client sends, a head repeats the URL alone (``Location``, ``Link``).
"""

from django.middleware.security import SecurityMiddleware
from django.urls import get_resolver
from django.utils.encoding import escape_uri_path

MAX_HEAD_LENGTH = 4096  # bytes of the status line and all headers of any response; deploy/nginx has room for more
MAX_URL_LENGTH = 2500  # bytes of path and query as a link writes them; the longest search takes 2,400 of them
LONGEST_LOCATION = MAX_URL_LENGTH + 300  # with the scheme, a name of a host (253) and the prefix of a language
MAX_LINK_HEADER = 2500  # bytes of the header of the API that links to the neighbouring pages


def url_length_middleware(get_response):
    """Refuse a URL that is too long, with 414 and before anything repeats it, and redirect to none either."""
    security = SecurityMiddleware(get_response)

    def refuse(request):
        _shorten_url(request)
        return security.process_response(request, get_resolver().resolve_error_handler(414)(request))

    def middleware(request):
        if len(request.get_full_path()) > MAX_URL_LENGTH:
            return refuse(request)
        response = get_response(request)
        location = response.get("Location", "")
        if len(location) <= LONGEST_LOCATION:
            return response
        if request.method in ("GET", "HEAD"):
            response.close()
            return refuse(request)
        # the request is done: its redirection goes without the query, and home where the path alone is too long
        path = location.partition("?")[0]
        response["Location"] = path if len(path) <= MAX_URL_LENGTH else "/"
        return response

    return middleware


def _shorten_url(request):
    """Leave of a URL what may be repeated: no query, and of a path that is too long the first part."""
    request.META["QUERY_STRING"] = ""
    request.__dict__.pop("GET", None)  # cached from the query
    if len(escape_uri_path(request.path)) > MAX_URL_LENGTH:
        first = request.path.split("/")[1]
        request.path = request.path_info = f"/{first}/" if len(first) < 20 else "/"
