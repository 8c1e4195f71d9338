"""Rate limits by the client's network: every limit counts the same networks, and stores no address.

One subscriber has an address of IPv4 or 64 bits of IPv6, and may do something so often. Whoever holds a whole network
could count as thousands, so the networks around are counted too, and bear some times as much as one subscriber. What
remains possible: who commands many such networks is counted in each, and who shares a network with such a person waits
for the next hour. So nothing that readers need may stop for all of them; what a limit in all would be for, the caller
bounds in another way. Without a shared cache each process counts for itself.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE, HOUR = 60, 60 * 60  # seconds
# By version of IP: bits of a network, from one subscriber outwards, and how many subscribers' worth it bears
NETWORKS = {4: ((32, 1), (24, 4), (16, 16)), 6: ((64, 1), (48, 4), (32, 16))}


def is_too_often(request: HttpRequest, purpose: str, most: int, *, seconds: int = HOUR) -> bool:
    """Count a request; return whether its client has now made more than ``most`` of this purpose within the time.

    The key of a count is a keyed hash, which leads back to no address and expires after the time. What one subscriber
    asks beyond its share is not counted for its neighbours.
    """
    bounds = [(_count_key(purpose, network), most * times) for network, times in client_networks(request)]
    known = cache.get_many([key for key, _bound in bounds])
    if any(known.get(key, 0) >= bound for key, bound in bounds[1:]):
        return True  # before anything is stored of one more subscriber
    return any(_increment(key, seconds) > bound for key, bound in bounds)


def is_too_often_of(name: str, purpose: str, most: int) -> bool:
    """Count for anything that has a name; return whether it was more than ``most`` of this purpose within an hour."""
    return _increment(_count_key(purpose, name), HOUR) > most


def client_networks(request: HttpRequest) -> list[tuple[str, int]]:
    """Return ``[(network, times)]`` of the client, from one subscriber outwards."""
    known = known_address(request.META.get("REMOTE_ADDR", ""))
    if known is None:
        return [("unknown", 1)]
    return [(str(ip_network((known, bits), strict=False)), times) for bits, times in NETWORKS[known.version]]


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address, of IPv6 the first of its network, for ``AXES_CLIENT_IP_CALLABLE``."""
    known = known_address(request.META.get("REMOTE_ADDR", ""))
    if known is None:
        return None
    return str(ip_network((known, NETWORKS[known.version][0][0]), strict=False).network_address)


def known_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a text holds, with or without a port; ``None`` when it holds none.

    An address of IPv4 that is written as one of IPv6 is the same address.
    """
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        known = ip_address(host)
    except ValueError:
        return None
    if isinstance(known, IPv4Address):
        return known
    return known.ipv4_mapped or IPv6Address(int(known))  # without the name of an interface


def _count_key(purpose: str, network: str) -> str:
    return f"often:{purpose}:{salted_hmac(f'throttle.{purpose}', network, algorithm='sha256').hexdigest()}"


def _increment(key: str, seconds: int) -> int:
    """Count once more under a key and return the number, within the time that its first counting began."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the time has just ended
        return 1
