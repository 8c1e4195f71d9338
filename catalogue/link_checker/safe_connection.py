"""Connections of the link checker: to a checked IP address, never to a name.

No client library does this: they resolve a name themselves, some more than once, and none bounds a slow response as a
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
    """The URL leads to a port or host that the link checker may not visit."""


def is_public(address):
    """Whether an IP address belongs to the public internet; one that embeds an IPv4 address is judged by that."""
    ip = ip_address(address)
    embedded = _embedded_ipv4(ip) if ip.version == 6 else None
    if embedded:
        return is_public(embedded)
    if ip.version == 6 and ip not in GLOBAL_UNICAST:
        return False
    closed = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not closed and not any(ip in network for network in ALSO_CLOSED)


def _embedded_ipv4(ip):
    """Return the IPv4 address to which a gateway would forward what is sent to an IPv6 address."""
    return ip.ipv4_mapped or ip.sixtofour or (ip_address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)


def resolve(host):
    """Return the IP addresses of a host as texts, in the order to try. Raises ``OSError`` when there are none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(entry[4][0] for entry in found))


@dataclass(frozen=True)
class AllowedNetwork:
    """What a visit may connect to. No setting widens it; tests pass other values in code."""

    ports: frozenset = frozenset({80, 443})
    may_reach: Callable = is_public
    resolve: Callable = resolve
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = 20  # for one request: connecting, the TLS handshake, waiting for the head of the response

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
        sock = _connected(addresses, port, deadline)
        try:
            sock.settimeout(_seconds_left(deadline))
            sock = self.context.wrap_socket(sock, server_hostname=host) if scheme == "https" else sock
            yield TimedSocket(sock, deadline)
        finally:
            sock.close()


def _connected(addresses, port, deadline):
    """Return a socket to the first address that answers; to numbers only, so nothing is resolved again."""
    for last, address in enumerate(addresses, start=1 - len(addresses)):
        try:
            return socket.create_connection((address, port), _seconds_left(deadline))
        except OSError:
            if last == 0:
                raise
    return None


def _seconds_left(deadline):
    """Return the seconds until a time of the monotonic clock. Raises ``TimeoutError`` when it is past."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class TimedSocket:
    """A socket for ``http.client`` with a deadline for everything together, however slowly the other side sends."""

    def __init__(self, sock, deadline):
        self._socket, self._deadline = sock, deadline

    def sendall(self, data):
        self._socket.settimeout(_seconds_left(self._deadline))
        self._socket.sendall(data)

    def makefile(self, mode):
        """Return what the other side sends, to be read in bytes."""
        return io.BufferedReader(_Received(self._socket, self._deadline))

    def close(self):
        """Do nothing: the connection ends with its ``with``."""


class _Received(io.RawIOBase):
    """The bytes of a socket, until the deadline."""

    def __init__(self, sock, deadline):
        self._socket, self._deadline = sock, deadline

    def readable(self):
        return True

    def readinto(self, buffer):
        self._socket.settimeout(_seconds_left(self._deadline))
        return self._socket.recv_into(buffer)
