"""Where the link checker may connect to, and the connection itself: to an address that was checked, never to a name.

No client library does this: they resolve a name themselves, some more than once, and none bounds a slow answer as a
whole.
"""

import io
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

GLOBAL_UNICAST = ip_network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")
# Closed as well, whatever this version of Python knows: the old 6to4 relays, and documentation (RFC 9637).
ALSO_CLOSED = (ip_network("192.88.99.0/24"), ip_network("3fff::/20"))


class NotAllowed(Exception):
    """The address leads where the link checker does not go."""


def is_public(address):
    """Whether an IP address belongs to the public internet; one that carries an IPv4 address is what that one is."""
    ip = ip_address(address)
    carried = _carried(ip) if ip.version == 6 else None
    if carried:
        return is_public(carried)
    if ip.version == 6 and ip not in GLOBAL_UNICAST:
        return False
    closed = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not closed and not any(ip in network for network in ALSO_CLOSED)


def _carried(ip):
    """Return the IPv4 address to which a gateway would pass on what is sent to an IPv6 address."""
    return ip.ipv4_mapped or ip.sixtofour or (ip_address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)


def resolve(host):
    """Return the IP addresses of a host as texts, in the order to try. Raises ``OSError`` when there are none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(entry[4][0] for entry in found))


@dataclass(frozen=True)
class Network:
    """What a visit may use. No setting widens it; tests pass other values in code."""

    ports: frozenset = frozenset({80, 443})
    may_reach: Callable = is_public
    resolve: Callable = resolve
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = 20  # for one request: connecting, agreeing on a cipher, waiting for the head of the answer

    @contextmanager
    def connection(self, scheme, host, port):
        """Yield a ``TimedSocket`` to a host, which is resolved once.

        Raises ``NotAllowed`` when the port, or any of its addresses, is not open to visits, and ``OSError``.
        """
        if port not in self.ports:
            raise NotAllowed
        addresses = self.resolve(host)
        if not addresses or not all(map(self.may_reach, addresses)):
            raise NotAllowed
        deadline = time.monotonic() + self.seconds
        plain = _connected(addresses, port, deadline)
        try:
            plain.settimeout(_left(deadline))
            plain = self.context.wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
            yield TimedSocket(plain, deadline)
        finally:
            plain.close()


def _connected(addresses, port, deadline):
    """Return a socket to the first address that answers; to numbers only, so nothing is resolved again."""
    for last, address in enumerate(addresses, start=1 - len(addresses)):
        try:
            return socket.create_connection((address, port), _left(deadline))
        except OSError:
            if last == 0:
                raise
    return None


def _left(deadline):
    """Return the seconds until a moment of the monotonic clock. Raises ``TimeoutError`` when it is past."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class TimedSocket:
    """A socket as ``http.client`` uses one, that gives up at a moment, however slowly the other side drips."""

    def __init__(self, plain, deadline):
        self._plain, self._deadline = plain, deadline

    def sendall(self, data):
        self._plain.settimeout(_left(self._deadline))
        self._plain.sendall(data)

    def makefile(self, mode):
        """Return what the other side sends, to be read in bytes."""
        return io.BufferedReader(_Received(self._plain, self._deadline))

    def close(self):
        """Do nothing: the connection ends with its ``with``."""


class _Received(io.RawIOBase):
    """The bytes of a socket, each waited for only as long as is left."""

    def __init__(self, plain, deadline):
        self._plain, self._deadline = plain, deadline

    def readable(self):
        return True

    def readinto(self, buffer):
        self._plain.settimeout(_left(self._deadline))
        return self._plain.recv_into(buffer)
