"""One visit to one address: HEAD, then GET when HEAD is refused; each redirect looked at before it is followed."""

import socket
import ssl
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from catalogue.choices import LinkOutcome
from catalogue.link_checker.safe_connection import Network, NotAllowed

STANDARD_PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 10
KEEPS_PROGRAMS_OUT = {401, 403, 407, 429, 451, 999}  # the page may well open for a person

# Which failure of a connection means what; the first that fits.
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
    """What came of a visit: the outcome, the status of the last answer if there was one, and where it led."""

    outcome: str
    status: int | None
    final_url: str


class Target(NamedTuple):
    """The parts of an address that a request is made of."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == STANDARD_PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url):
    """Return the ``Target`` of an address.

    Raises ``NotAllowed`` for another scheme than http and https and for user names, ``ValueError`` for what is no
    address.
    """
    parts = urlsplit(urldefrag(url).url)
    if parts.scheme not in STANDARD_PORTS or parts.username is not None or not parts.hostname:
        raise NotAllowed
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, parts.port or STANDARD_PORTS[parts.scheme], iri_to_uri(path))


def visit(url, network, wait=lambda host: None):
    """Visit an address and return what came of it; it never raises for what is out there.

    ``wait`` is called with the name of the host before each request.
    """
    here = url
    for _step in range(MOST_REDIRECTS + 1):
        try:
            status, location = _answer(target_of(here), network, wait)
            further = urljoin(here, location) if status in REDIRECTS and location else None
        except PROBLEMS as problem:
            return Visit(_meaning(problem), None, here)
        if further is None:
            return Visit(outcome_of(status), status, here)
        here = further
    return Visit(LinkOutcome.REDIRECTS, status, here)


def _meaning(problem):
    return next(outcome for kinds, outcome in OUTCOMES if isinstance(problem, kinds))


def outcome_of(status):
    """Return what the status of a last answer means."""
    if status in KEEPS_PROGRAMS_OUT:
        return LinkOutcome.REFUSED
    if status >= 500:
        return LinkOutcome.SERVER_ERROR
    return LinkOutcome.NOT_FOUND if status >= 400 else LinkOutcome.REACHED


def _answer(target, network, wait):
    """Return status and location; asks again with GET what refuses HEAD or hangs up on it."""
    try:
        status, location = _ask("HEAD", target, network, wait)
    except (ConnectionError, HTTPException):
        status = None
    if status is None or status >= 400:
        return _ask("GET", target, network, wait)
    return status, location


def _ask(method, target, network, wait):
    """Send one request and read the head of the answer; the body, however long, stays unread."""
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
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location")


PUBLIC = Network()
