"""Every limit counts who asks in the same way: one subscriber, and the networks around; no address is kept."""

from itertools import product

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given, strategies

from catalogue.choices import AuditEvent
from catalogue.editorial.privacy import audit_signals
from catalogue.models import AuditEntry
from catalogue.server.rate_limit import NETWORKS, client_address, client_networks, is_too_often, known_address
from tests.desk import make_editor

MANY_OF_ONE = {
    "an address of IPv4": ["192.0.2.1"],
    "IPv4 written as IPv6": [
        "192.0.2.1",
        "::ffff:192.0.2.1",
        "::ffff:c000:201",
        "[::ffff:192.0.2.1]:443",
        "192.0.2.1:80",
    ],
    "a subscriber of IPv6": [f"2001:db8::{number}" for number in range(1, 5)] + ["[2001:db8::9]:1", "2001:db8::a%eth0"],
}
HOSTILE = [
    "", " ", "unknown", "_hidden", "999.1.1.1", "1.2.3", "1.2.3.4.5", "::1::", "[", "[]", "]:1", ":", "1.2.3.4/8",
    "::ffff:1.2.3.999", "1.2.3.4\n5", "a" * 4000, "fe80::1%", "fe80::1%" + "x" * 99, "\u0661.2.3.4", "' OR 1=1 --",
    "for=1.2.3.4", "0x7f.1", "127.1", "1,2", "\ud800",
]  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def ask(rf):
    """Return a function that asks from an address, at most twice an hour, and tells whether that was too often."""
    return lambda address, most=2: is_too_often(rf.get("/", REMOTE_ADDR=address), "test", most)


@pytest.mark.parametrize("addresses", MANY_OF_ONE.values(), ids=MANY_OF_ONE)
def test_all_addresses_of_one_subscriber_are_one(rf, addresses):
    requests = [rf.get("/", REMOTE_ADDR=address) for address in addresses]
    assert len({client_address(request) for request in requests}) == 1
    assert len({str(client_networks(request)) for request in requests}) == 1


@pytest.mark.parametrize(
    "addresses",
    [
        [f"192.0.2.{number}" for number in range(1, 40)],
        [f"192.0.{number}.1" for number in range(1, 60)],
        [f"2001:db8:0:{number:x}::1" for number in range(40)],
        [f"2001:db8:{number:x}::1" for number in range(60)],
    ],
)
def test_a_whole_network_may_no_more_than_some_of_its_subscribers(ask, addresses):
    allowed = sum(not ask(address) for address, _turn in product(addresses, range(3)))
    assert allowed in (2 * 4, 2 * 16)
    assert not ask("203.0.113.9")
    assert len(cache._cache) <= allowed * 3 + 3, "of who is refused for its network nothing is kept"


def test_one_subscriber_alone_uses_up_nothing_of_its_neighbours(ask):
    assert sum(not ask("192.0.2.1") for _turn in range(50)) == 2
    assert not ask("192.0.2.2")
    assert not ask("192.0.3.1")


@pytest.mark.parametrize("address", HOSTILE)
def test_what_is_no_address_is_nobody_in_particular_and_breaks_nothing(rf, ask, address):
    assert known_address(address) is None or address.startswith("fe80")
    assert client_networks(rf.get("/", REMOTE_ADDR=address))
    ask(address)
    assert not any(text and text in key for key in cache._cache for text in [address.strip()] if len(text) > 2)


@given(strategies.text(max_size=60))
def test_no_text_breaks_the_reading_of_an_address(text):
    known = known_address(text)
    assert known is None or known.version in NETWORKS


@pytest.mark.parametrize("forwarded", HOSTILE)
def test_a_hostile_header_of_a_front_server_is_answered_and_counted(client, db, settings, forwarded):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.API_REQUESTS_PER_MINUTE = 1
    sent = {"HTTP_X_FORWARDED_FOR": f"192.0.2.1, {forwarded}", "HTTP_X_FORWARDED_PROTO": "https"}
    assert [client.get("/api/v1/networks/", **sent).status_code for _turn in range(2)] == [200, 429]


@pytest.mark.parametrize(("first", "second"), [("2001:db8::1", "2001:db8::2"), ("::ffff:192.0.2.1", "192.0.2.1")])
def test_the_interface_for_programs_counts_subscribers(client, db, settings, first, second):
    settings.API_REQUESTS_PER_MINUTE = 1
    answers = [client.get("/api/v1/networks/", REMOTE_ADDR=address) for address in (first, second)]
    assert [answer.status_code for answer in answers] == [200, 429]


@pytest.mark.engines
@pytest.mark.django_db
def test_the_door_closes_for_a_subscriber_whatever_address_of_its_own_it_takes(client):
    person = make_editor("secretariat")
    tried = {"username": person.username, "password": "wrong"}
    answers = [
        client.post(reverse("admin:login"), tried, REMOTE_ADDR=address)
        for address in [f"2001:db8::{number}" for number in range(1, 7)]
    ]
    assert [answer.status_code for answer in answers[-2:]] == [429, 429]
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"2001:db8::"}


@pytest.mark.engines
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "unknown", "1.2.3.4\n5"])
def test_the_door_counts_who_has_no_address(client, address):
    tried = {"username": make_editor("secretariat").username, "password": "wrong"}
    answers = [client.post(reverse("admin:login"), tried, REMOTE_ADDR=address) for _turn in range(6)]
    assert answers[-1].status_code == 429


@pytest.mark.django_db
def test_nobody_fills_the_log_of_the_desk_by_trying(client, monkeypatch):
    monkeypatch.setattr(audit_signals, "MAX_REFUSALS", 3)
    for number in range(8):
        client.post(reverse("admin:login"), {"username": f"nobody-{number}", "password": "wrong"})
    assert AuditEntry.objects.filter(event=AuditEvent.SIGN_IN_REFUSED).count() == 3
