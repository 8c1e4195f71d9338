"""Who asks, and how often: every limit counts the same networks, and keeps no address.

One subscriber has an address of IPv4 or 64 bits of IPv6, and may do something so often. Whoever holds a whole network
could count as thousands, so the networks around are counted too, and bear some times as much as one subscriber. What
remains possible: who commands many such networks is counted in each, and who shares a network with such a person waits
for the next hour. So nothing that readers need may stop for all of them; what a limit in all would be for, the caller
bounds in another way. Without a shared cache each process counts for itself.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MINUTE, HOUR = 60, 60 * 60  # seconds
# By version of IP: bits of a network, from one subscriber outwards, and how many subscribers' worth it bears
NETWORKS = {4: ((32, 1), (24, 4), (16, 16)), 6: ((64, 1), (48, 4), (32, 16))}


def is_too_often(request, purpose, most, *, seconds=HOUR):
    """Count a request and say whether who asks has now made more than ``most`` of this purpose within an hour.

    What is counted under is a keyed hash, which leads back to no address and is forgotten after the time. What one
    subscriber asks beyond its share is not counted for its neighbours.
    """
    counted = [(_key(purpose, network), most * times) for network, times in client_networks(request)]
    known = cache.get_many([key for key, _bound in counted])
    if any(known.get(key, 0) >= bound for key, bound in counted[1:]):
        return True  # before anything is kept of one more subscriber
    return any(_count(key, seconds) > bound for key, bound in counted)


def is_too_often_of(whom, purpose, most):
    """Count for anything that has a name, and say whether it was more than ``most`` of this purpose within an hour."""
    return _count(_key(purpose, whom), HOUR) > most


def client_networks(request):
    """Return ``[(network, times)]`` of who asks, from one subscriber outwards."""
    known = known_address(request.META.get("REMOTE_ADDR", ""))
    if known is None:
        return [("unknown", 1)]
    return [(str(ip_network((known, bits), strict=False)), times) for bits, times in NETWORKS[known.version]]


def client_address(request):
    """Return the address of who asks, of IPv6 the first of its network, for ``AXES_CLIENT_IP_CALLABLE``."""
    known = known_address(request.META.get("REMOTE_ADDR", ""))
    return known and str(ip_network((known, NETWORKS[known.version][0][0]), strict=False).network_address)


def known_address(text):
    """Return the address that a text tells, with or without a port, as a number of IP; ``None`` when it tells none.

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
    if known.version == 4:
        return known
    return known.ipv4_mapped or IPv6Address(int(known))  # without the name of an interface


def _key(purpose, network):
    return f"often:{purpose}:{salted_hmac(f'throttle.{purpose}', network, algorithm='sha256').hexdigest()}"


def _count(key, seconds):
    """Count once more under a key and return the number, within the time that its first counting began."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the time has just ended
        return 1
