"""The link checker asks politely, understands what it is told, and cannot be turned against the inside."""

import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from catalogue.choices import LinkOutcome
from catalogue.link_checker.safe_connection import AllowedNetwork, is_public
from catalogue.link_checker.schedule import Pace
from catalogue.link_checker.visit import MOST_REDIRECTS, PUBLIC, Visit, visit
from tests import web

CHAIN = {f"/{number}": (301, f"/{number + 1}") for number in range(1, 30)}
WEB = {
    "/": 200,
    "/moved": (301, "/further"),
    "/further": (302, "relative?a=ñ#part"),
    "/relative?a=%C3%B1": 200,
    "/round": (302, "/round"),
    "/gone": 410,
    "/failing": 500,
    "/for-people": 403,
    "/head-refused": web.refuses_head,
    "/head-dropped": web.hangs_up_on_head,
    "/silent": web.says_nothing,
    "/dripping": web.drips,
    "/endless": web.never_ends,
    "/mail": web.speaks_no_http,
    "/to-file": (302, "file:///etc/passwd"),
    "/nowhere": (302, "http://[not-an-address/"),
    **CHAIN,
}


@pytest.fixture
def server():
    with web.serving(WEB) as running:
        yield running


def network(*servers, **given):
    """Return a network that is open to the test servers' ports and to their address, and to no other."""
    ports = frozenset(server.port for server in servers)
    given.setdefault("may_reach", lambda address: address == web.OPEN_DOOR)
    return AllowedNetwork(**{"ports": ports, "seconds": 5, **given})


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/", LinkOutcome.REACHED, 200),
        ("/none", LinkOutcome.NOT_FOUND, 404),
        ("/gone", LinkOutcome.NOT_FOUND, 410),
        ("/failing", LinkOutcome.SERVER_ERROR, 500),
        ("/for-people", LinkOutcome.REFUSED, 403),
        ("/head-refused", LinkOutcome.REACHED, 200),
        ("/head-dropped", LinkOutcome.REACHED, 200),
        ("/endless", LinkOutcome.REACHED, 200),
        ("/round", LinkOutcome.REDIRECTS, 302),
        ("/1", LinkOutcome.REDIRECTS, 301),
        ("/mail", LinkOutcome.MALFORMED, None),
        ("/to-file", LinkOutcome.FORBIDDEN, None),
        ("/nowhere", LinkOutcome.MALFORMED, None),
    ],
)
def test_an_answer_is_told_apart_from_any_other(server, path, outcome, status):
    seen = visit(server.url(path), network(server))
    assert (seen.outcome, seen.status) == (outcome, status)


def test_a_page_that_answers_head_is_not_asked_for_its_body(server):
    visit(server.url("/"), network(server))
    assert server.asked == [("HEAD", "/")]


def test_get_follows_where_head_is_refused(server):
    visit(server.url("/head-refused"), network(server))
    assert server.asked == [("HEAD", "/head-refused"), ("GET", "/head-refused")]


def test_redirects_are_followed_one_by_one_to_the_final_address(server):
    seen = visit(server.url("/moved"), network(server))
    assert seen == Visit(LinkOutcome.REACHED, 200, server.url("/relative?a=ñ#part"))
    assert server.asked == [("HEAD", path) for path in ("/moved", "/further", "/relative?a=%C3%B1")]


def test_redirects_end_after_ten(server):
    visit(server.url("/1"), network(server))
    assert len(server.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize("path", ["/silent", "/dripping"])
def test_a_slow_answer_ends_at_the_time_for_the_whole_of_it(server, path):
    assert visit(server.url(path), network(server, seconds=0.2)).outcome == LinkOutcome.TIMEOUT


def test_a_body_without_an_end_stays_unread(server):
    visit(server.url("/endless"), network(server))
    assert server.sent < 10_000_000  # what the system's buffers take


def test_the_visitor_says_who_it_is(server, settings):
    told = {}
    server.behaviour["/"] = lambda handler: (told.update(handler.headers), handler.answer(200))
    visit(server.url("/"), network(server))
    assert settings.SITE_URL in told["User-Agent"]
    assert told["Host"] == f"{web.OPEN_DOOR}:{server.port}"
    assert "Cookie" not in told


def test_a_closed_port_is_no_connection():
    with web.serving({}) as closed:
        url, open_to = closed.url("/"), network(closed)
    assert visit(url, open_to).outcome == LinkOutcome.UNREACHABLE


def test_a_name_that_is_not_known_is_told_apart():
    def unknown(host):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert visit("https://no.example/", AllowedNetwork(resolve=unknown)).outcome == LinkOutcome.NO_SUCH_HOST


# Encryption

OVER = datetime.now(UTC) - timedelta(days=1)


@pytest.mark.parametrize(
    ("trusted", "name", "ends", "outcome"),
    [
        (True, "page.example", None, LinkOutcome.REACHED),
        (False, "page.example", None, LinkOutcome.TLS),
        (True, "other.example", None, LinkOutcome.TLS),
        (True, "page.example", OVER, LinkOutcome.TLS),
    ],
    ids=["valid", "self-signed", "of another host", "expired"],
)
def test_a_certificate_is_checked_against_the_name_though_the_connection_goes_to_a_number(trusted, name, ends, outcome):
    authority, serves, trusts = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(name, not_after=ends).configure_cert(serves)
    if trusted:
        authority.configure_trust(trusts)
    with web.serving({"/": 200}, context=serves) as server:
        url = server.url("/", host="page.example", scheme="https")
        seen = visit(url, network(server, context=trusts, resolve=lambda host: [web.OPEN_DOOR]))
    assert seen.outcome == outcome


# Nothing of the inside is reached

INSIDE = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://127.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://page.example@127.0.0.1:{port}/",
    "http://page.example\\@127.0.0.1:{port}/",
    "http://inside.example:{port}/",
    "http://both.example:{port}/",
    "//127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET%20/",
    "ftp://127.0.0.1:{port}/",
    "file://127.0.0.1/etc/passwd",
    "http://127.0.0.1:{port}\r\nHost: page.example/",
]
NAMES = {"inside.example": ["127.0.0.1"], "both.example": ["192.0.2.7", "127.0.0.1"]}


def resolve(host):
    if host.endswith(".example"):
        return NAMES[host]
    return PUBLIC.resolve(host)


@pytest.fixture(params=["127.0.0.1", "::"], ids=["IPv4", "IPv6"])
def canary(request):
    """A server inside, on loopback; the second also answers IPv4 addresses written as IPv6."""
    with web.serving({"/": 200}, address=request.param) as running:
        yield running


def test_the_canary_would_sing(canary):
    visit(f"http://127.0.0.1:{canary.port}/", AllowedNetwork(ports=frozenset({canary.port}), may_reach=bool))
    assert canary.asked == [("HEAD", "/")]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_leads_inside(canary, address):
    seen = visit(
        address.format(port=canary.port), AllowedNetwork(ports=frozenset({canary.port}), resolve=resolve, seconds=2)
    )
    assert canary.asked == []
    assert seen.outcome in (LinkOutcome.FORBIDDEN, LinkOutcome.NO_SUCH_HOST, LinkOutcome.MALFORMED)


@pytest.mark.parametrize("address", INSIDE)
def test_no_redirect_leads_inside(canary, address):
    location = address.format(port=canary.port).replace("\r\n", "%0d%0a")
    with web.serving({"/": (302, location)}) as outside:
        seen = visit(outside.url("/"), network(outside, canary, resolve=resolve, seconds=2))
        assert len(outside.asked) == 1
    assert canary.asked == []
    assert seen.outcome in (LinkOutcome.FORBIDDEN, LinkOutcome.NO_SUCH_HOST, LinkOutcome.MALFORMED)


def test_a_name_that_points_inside_the_second_time_is_asked_only_once(server):
    answers = iter([[web.OPEN_DOOR], ["127.0.0.1"]])
    with web.serving({"/": 200}, address="127.0.0.1") as canary:
        open_to = network(server, canary, resolve=lambda host: next(answers), may_reach=bool)
        url = f"http://rebinding.example:{server.port}/"
        assert visit(url, open_to).outcome == LinkOutcome.REACHED
    assert canary.asked == [] and next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize("port", [22, 25, 5432, 6379, 8000, 8080])
def test_only_the_ports_of_the_web_are_visited(port):
    assert visit(f"http://example.org:{port}/", PUBLIC).outcome == LinkOutcome.FORBIDDEN


INTERNAL = [
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1",
    "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%lo", "fc00::1",
    "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1", "3fff::1", "2001::1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2002:a9fe:a9fe::1", "100::1", "5f00::1",
]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    INTERNAL,
)
def test_an_address_of_the_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


def test_requests_to_one_host_follow_each_other_slowly_and_others_do_not_wait():
    time, slept = [0.0], []

    def sleep(seconds):
        slept.append(seconds)
        time[0] += seconds

    pace = Pace(1.0, clock=lambda: time[0], sleep=sleep)
    for host in ("a.example", "b.example", "a.example", "a.example", "b.example"):
        pace(host)
    assert slept == [1.0, 1.0]
