"""A small load generator: some connections of one thread, each asking again as soon as it is answered.

Written with the sockets of the standard library, so that it takes little of the processors that it shares with the
server. It speaks to 127.0.0.1 only.
"""

import gzip
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

HOST = "127.0.0.1"
CONNECTIONS = 8
PATIENCE = 10  # seconds for an answer that was asked for before the time was up
PIECE = 262144  # bytes read at once
SAMPLE = 40  # answers of a run that are looked at, after it


class Question(NamedTuple):
    """A request in bytes, and what tells whether the page that answers it is right."""

    request: bytes
    is_right: Callable[[str], bool] | None = None


@dataclass
class Answers:
    """What came back: ``seconds`` it took in all, ``times`` of each answer in seconds, how many with which status.

    ``sample`` holds ``(question, head, body)`` of the first pages that can be looked at.
    """

    seconds: float = 0.0
    times: list = field(default_factory=list)
    statuses: dict = field(default_factory=dict)
    unanswered: int = 0
    sample: list = field(default_factory=list)

    @property
    def per_second(self):
        """Answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def wrong(self):
        """Answers that were neither 200 nor 304."""
        return sum(count for status, count in self.statuses.items() if status not in (200, 304))

    @property
    def compressed(self):
        """Whether the pages of the sample came compressed."""
        return bool(self.sample) and all(encoding_of(head) for _question, head, _body in self.sample)

    def quantile(self, share):
        """Return the seconds within which a share of the answers came."""
        times = sorted(self.times)
        return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0

    def mistakes(self):
        """Return the first lines of the requests whose pages are not right, as far as they can be read here."""
        return [
            question.request.split(b" HTTP", 1)[0].decode()
            for question, head, body in self.sample
            if (page := page_of(head, body)) is not None and not question.is_right(page)
        ]


def encoding_of(head):
    """Return how an answer is compressed, or nothing."""
    return head.lower().partition(b"\r\ncontent-encoding: ")[2].partition(b"\r\n")[0].decode()


def page_of(head, body):
    """Return the text of an answer; None for a compression that Python does not know."""
    encoding = encoding_of(head)
    if encoding not in ("", "gzip"):
        return None
    return (gzip.decompress(body) if encoding else body).decode(errors="replace")


class Connection:
    """A kept connection with one request on its way."""

    def __init__(self, port, selector):
        self.port, self.selector, self.socket = port, selector, None

    def ask(self, question):
        """Send a request, on a new connection when there is none."""
        self.received, self.length, self.chunked, self.status, self.body_at = bytearray(), None, False, 0, 0
        self.asked = time.perf_counter()
        self.question = question
        if self.socket is None:
            self.socket = socket.create_connection((HOST, self.port), timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(self.socket, selectors.EVENT_READ, self)
            self.fresh = True
        self.socket.sendall(question.request)

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
        self.ask(self.question)
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


def run(port, questions, seconds, answers=0):
    """Ask the ``questions`` of an iterator for ``seconds`` seconds, or to its end, and return the ``Answers``.

    With ``answers``, ask until there are at least that many, however long it takes.

    What was asked before the time was up is waited for, at most ``PATIENCE`` seconds, and counted with its time.
    """
    selector, got = selectors.DefaultSelector(), Answers()
    connections = [Connection(port, selector) for _ in range(CONNECTIONS)]
    start = time.perf_counter()
    got.unanswered = sum(asked_next(connection, questions) for connection in connections)
    while got.unanswered:
        events = selector.select(timeout=1)
        now = time.perf_counter()
        for key, _ in events:
            connection = key.data
            if connection.read():
                note(connection, got)
                goes_on = now - start < seconds or len(got.times) < answers
                if not (goes_on and asked_next(connection, questions)):
                    connection.close()
                    got.unanswered -= 1
        if not answers and now - start > seconds + PATIENCE:
            break
    got.seconds = time.perf_counter() - start
    for connection in connections:
        connection.close()
    return got


def asked_next(connection, questions):
    """Ask the next question by a connection; return whether there was one."""
    question = next(questions, None)
    if question is not None:
        connection.ask(question)
    return question is not None


def note(connection, got):
    """Count the answer that a connection has received in whole."""
    got.times.append(time.perf_counter() - connection.asked)
    got.statuses[connection.status] = got.statuses.get(connection.status, 0) + 1
    if connection.question.is_right and connection.status == 200 and len(got.sample) < SAMPLE:
        head, body = connection.received[: connection.body_at], connection.received[connection.body_at :]
        got.sample.append((connection.question, bytes(head), bytes(body)))
