"""A small load generator: some connections of one thread, each asking again as soon as it is answered.

Written with the sockets of the standard library, so that it takes little of the processors that it shares with the
server. It speaks to 127.0.0.1 only.
"""

import selectors
import socket
import time
from dataclasses import dataclass, field

HOST = "127.0.0.1"
CONNECTIONS = 8
PATIENCE = 10  # seconds for an answer that was asked for before the time was up
PIECE = 262144  # bytes read at once


@dataclass
class Answers:
    """What came back: ``seconds`` it took in all, ``times`` of each answer in seconds, how many with which status."""

    seconds: float = 0.0
    times: list = field(default_factory=list)
    statuses: dict = field(default_factory=dict)
    bytes: int = 0
    processor: float = 0.0  # seconds of processor time the generator itself took
    unanswered: int = 0

    @property
    def per_second(self):
        """Answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def wrong(self):
        """Answers that were neither 200 nor 304."""
        return sum(count for status, count in self.statuses.items() if status not in (200, 304))


class Connection:
    """A kept connection with one request on its way."""

    def __init__(self, port, selector):
        self.port, self.selector, self.socket = port, selector, None

    def ask(self, request):
        """Send a request, on a new connection when there is none."""
        self.received, self.length, self.chunked, self.status, self.body_at = bytearray(), None, False, 0, 0
        self.asked = time.perf_counter()
        self.request = request
        if self.socket is None:
            self.socket = socket.create_connection((HOST, self.port), timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(self.socket, selectors.EVENT_READ, self)
            self.fresh = True
        self.socket.sendall(request)

    def read(self):
        """Take what has come; return whether the answer is complete."""
        try:
            piece = self.socket.recv(PIECE)
        except ConnectionError:
            piece = b""
        if not piece:
            return self._ended()
        self.received += piece
        if not self.body_at and not self._head():
            return False
        if self.chunked:
            complete = self.received.endswith(b"0\r\n\r\n")
        else:
            complete = self.length is not None and len(self.received) >= self.body_at + self.length
        if complete:
            self.fresh = False
            if self.closes:
                self.close()
        return complete

    def close(self):
        if self.socket:
            self.selector.unregister(self.socket)
            self.socket.close()
            self.socket = None

    def _ended(self):
        """The server closed: that ends an answer without a length, or asks to send the request again."""
        self.close()
        if self.body_at:
            return True
        if self.fresh:
            raise ConnectionError("the server closed a new connection without an answer")
        self.ask(self.request)
        return False

    def _head(self):
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return False
        self.body_at = end + 4
        lines = bytes(self.received[:end]).lower().split(b"\r\n")
        self.status = int(lines[0].split(b" ")[1])
        headers = dict(line.split(b": ", 1) for line in lines[1:] if b": " in line)
        self.chunked = headers.get(b"transfer-encoding") == b"chunked"
        self.closes = headers.get(b"connection") == b"close"
        self.length = 0 if self.status == 304 else int(headers.get(b"content-length", -1))
        if self.length < 0:
            self.length = None
        return True


def request_for(port, address, **headers):
    """Return the bytes of a GET request; ``if_none_match`` becomes ``If-None-Match``."""
    lines = [f"GET {address} HTTP/1.1", f"Host: {HOST}:{port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def run(port, requests, seconds, answers=0):
    """Ask ``requests`` (an endless iterator of bytes) for ``seconds`` seconds and return the ``Answers``.

    With ``answers``, ask until there are at least that many, however long it takes.

    What was asked before the time was up is waited for, at most ``PATIENCE`` seconds, and counted with its time.
    """
    selector, got = selectors.DefaultSelector(), Answers()
    connections = [Connection(port, selector) for _ in range(CONNECTIONS)]
    processor, start = time.process_time(), time.perf_counter()
    for connection in connections:
        connection.ask(next(requests))
    waiting = len(connections)
    while waiting:
        events = selector.select(timeout=1)
        now = time.perf_counter()
        for key, _ in events:
            connection = key.data
            if connection.read():
                got.times.append(time.perf_counter() - connection.asked)
                got.statuses[connection.status] = got.statuses.get(connection.status, 0) + 1
                got.bytes += len(connection.received)
                if now - start < seconds or len(got.times) < answers:
                    connection.ask(next(requests))
                else:
                    waiting -= 1
                    connection.close()
        if not answers and now - start > seconds + PATIENCE:
            break
    got.unanswered = waiting
    got.seconds = time.perf_counter() - start
    got.processor = time.process_time() - processor
    for connection in connections:
        connection.close()
    return got
