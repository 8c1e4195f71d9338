"""How often one address may do something, counted without keeping the address."""

from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 60 * 60  # seconds
NETWORK_OF_ONE = 64  # bits that one subscriber of IPv6 has for itself


def is_too_often(request, purpose, most):
    """Count a request and say whether its address has now made more than ``most`` of this purpose within an hour.

    What is counted under is a keyed hash, which leads back to no address and is forgotten after the hour.
    """
    return is_too_often_of(_asker(request), purpose, most)


def is_too_often_of(whom, purpose, most):
    """Count for anything that has a name, and say whether it was more than ``most`` of this purpose within an hour."""
    key = f"often:{purpose}:{salted_hmac(f'throttle.{purpose}', whom, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:  # the hour has just ended
        return False


def _asker(request):
    """Return the address of who asks, as ``catalogue.proxy`` tells it; of IPv6 the network."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(known if known.version == 4 else ip_network((known, NETWORK_OF_ONE), strict=False))
