"""One visit to one URL: HEAD, then GET when HEAD is refused; each redirect is checked before it is followed."""

import socket
import ssl
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from catalogue.choices import LinkOutcome
from catalogue.link_checker.safe_connection import AllowedNetwork, NotAllowed

STANDARD_PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 10
REFUSES_PROGRAMS = {401, 403, 407, 429, 451, 999}  # the page may well open for a person

# exceptions of a connection -> outcome; the first that fits
OUTCOMES = (
    (NotAllowed, LinkOutcome.FORBIDDEN),
    (socket.gaierror, LinkOutcome.NO_SUCH_HOST),
    (ssl.SSLError, LinkOutcome.TLS),
    (TimeoutError, LinkOutcome.TIMEOUT),
    (OSError, LinkOutcome.UNREACHABLE),
    ((HTTPException, ValueError), LinkOutcome.MALFORMED),  # UnicodeError, of names of hosts, is a ValueError
)
PROBLEMS = (NotAllowed, OSError, HTTPException, ValueError)


class Visit(NamedTuple):
    """The result of a visit: the outcome, the status of the last response if there was one, and its URL."""

    outcome: str
    status: int | None
    final_url: str


class Target(NamedTuple):
    """The parts of a URL that a request needs."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == STANDARD_PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url):
    """Return the ``Target`` of a URL.

    Raises ``NotAllowed`` for another scheme than http and https and for user names, ``ValueError`` for a malformed URL.
    """
    parts = urlsplit(urldefrag(url).url)
    if parts.scheme not in STANDARD_PORTS or parts.username is not None or not parts.hostname:
        raise NotAllowed
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, parts.port or STANDARD_PORTS[parts.scheme], iri_to_uri(path))


def visit(url, network, wait=lambda host: None):
    """Visit a URL and return the ``Visit``; nothing that the other side does raises.

    ``wait`` is called with the name of the host before each request.
    """
    here = url
    for _redirect in range(MOST_REDIRECTS + 1):
        try:
            status, location = _head_or_get(target_of(here), network, wait)
            further = urljoin(here, location) if status in REDIRECTS and location else None
        except PROBLEMS as problem:
            return Visit(_problem_outcome(problem), None, here)
        if further is None:
            return Visit(_status_outcome(status), status, here)
        here = further
    return Visit(LinkOutcome.REDIRECTS, status, here)


def _problem_outcome(problem):
    return next(outcome for kinds, outcome in OUTCOMES if isinstance(problem, kinds))


def _status_outcome(status):
    if status in REFUSES_PROGRAMS:
        return LinkOutcome.REFUSED
    if status >= 500:
        return LinkOutcome.SERVER_ERROR
    return LinkOutcome.NOT_FOUND if status >= 400 else LinkOutcome.REACHED


def _head_or_get(target, network, wait):
    """Return status and location; a GET follows where HEAD is refused or the connection is closed."""
    try:
        status, location = _request("HEAD", target, network, wait)
    except (ConnectionError, HTTPException):
        status = None
    if status is None or status >= 400:
        return _request("GET", target, network, wait)
    return status, location


def _request(method, target, network, wait):
    """Send one request and read the head of the response; its body stays unread."""
    wait(target.host)
    headers = {
        "Host": target.host_header,
        "User-Agent": f"CatalogueLinkCheck/1.0 (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }
    with network.connection(target.scheme, target.host, target.port) as connected:
        connection = HTTPConnection(target.host, target.port)
        connection.sock = connected
        connection.request(method, target.path, headers=headers)
        response = connection.getresponse()
        return response.status, response.getheader("Location")


PUBLIC = AllowedNetwork()
