"""A small web on loopback: servers that behave well and badly, and what they were asked."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OPEN_DOOR = "127.0.0.2"  # the address on which servers stand that tests allow visits to


class Server(ThreadingHTTPServer):
    """Remembers every request as ``(method, path)``; an entry that is no request tells that somebody connected."""

    daemon_threads = True

    def __init__(self, address, behaviour, context=None):
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.asked, self.behaviour, self.sent, self.stopped = [], behaviour, 0, threading.Event()
        super().__init__((address, 0), Handler)
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self):
        return self.server_address[1]

    def url(self, path="/", host=OPEN_DOOR, scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"

    def handle_error(self, request, client_address):
        """Say nothing: visitors hang up on purpose."""


class Handler(BaseHTTPRequestHandler):
    """Answers a path as the server's table says: a status, a ``(status, location)``, or a function of the handler."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        behaviour = self.server.behaviour.get(self.path, 404)
        if callable(behaviour):
            behaviour(self)
            return
        status, location = behaviour if isinstance(behaviour, tuple) else (behaviour, None)
        self.answer(status, location)

    do_GET = do_HEAD

    def answer(self, status, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *args):
        pass


@contextmanager
def serving(behaviour, address=OPEN_DOOR, context=None):
    """Run a ``Server`` for the length of a test."""
    server = Server(address, behaviour, context)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()


# Behaviours


def refuses_head(handler):
    handler.answer(405 if handler.command == "HEAD" else 200)


def hangs_up_on_head(handler):
    if handler.command == "GET":
        handler.answer(200)


def says_nothing(handler):
    handler.server.stopped.wait(10)


def drips(handler):
    """Send a head that never ends, a line at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.stopped.wait(0.05):
        handler.wfile.write(b"X-More: to come\r\n")


def never_ends(handler):
    """Refuse HEAD, and answer GET with a body without an end."""
    handler.answer(405 if handler.command == "HEAD" else 200)
    while handler.command == "GET" and not handler.server.stopped.is_set():
        handler.server.sent += handler.wfile.write(b"x" * 65536)


def speaks_no_http(handler):
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
