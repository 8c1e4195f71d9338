"""How the production server runs; gunicorn reads this file by itself."""

import gc
import os
import shutil
import socket
import sys
import tempfile
from itertools import count
from pathlib import Path

from catalogue.server import env

METRICS = "catalogue-metrics-"  # how the names of folders begin in which workers count

bind = f"{env.text_setting('HOST', default='127.0.0.1')}:{env.port_setting('PORT', default=8000)}"
workers = env.number_setting("WEB_CONCURRENCY", default=2)
threads = 4  # a slow client holds a thread, not a worker
timeout = 60
graceful_timeout = 30  # seconds that answers under way may still take when the server is stopped
keepalive = 5  # seconds; the front server of a cluster keeps its connections open
max_requests = 5000  # a worker is renewed now and then, so that no leak can grow
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a full disk must stop no worker
# nginx takes less, and the application refuses less: what gunicorn refuses it tells in bare English
limit_request_line = 0
limit_request_field_size = 16384  # over HTTP/2 nginx measures what is compressed: of 8,000 bytes can become 12,800
limit_request_fields = 1100  # nginx passes on a thousand
permit_unconventional_http_method = True  # the application answers 405
control_socket_disable = True  # nothing here needs it, and a read-only home has no place for it


def on_starting(server):
    """Refuse a taken port in a sentence; give all workers one folder to count in, where figures are asked for."""
    refuse_a_taken_port()
    if env.text_setting("METRICS_TOKEN"):
        place = server.cfg.worker_tmp_dir or tempfile.gettempdir()
        remove_folders_of_ended_servers(place)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=f"{METRICS}{os.getpid()}-", dir=place)


def remove_folders_of_ended_servers(place):
    """Remove what servers left that were killed."""
    for folder in Path(place).glob(f"{METRICS}*"):
        try:
            os.kill(int(folder.name.removeprefix(METRICS).partition("-")[0]), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (ValueError, PermissionError):  # of something else, or of somebody else
            pass


def refuse_a_taken_port():
    """End with one sentence where another program listens; gunicorn would try five times, in words of its own."""
    host, _colon, port = bind.rpartition(":")
    if "GUNICORN_PID" in os.environ:  # this one follows another of ours on the same port
        return
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if probe.connect_ex((host.strip("[]"), int(port))) == 0:
            sys.exit(
                f"Port {port} of {host} is taken by another program. "
                f"Stop that, or name another port: make run PORT={int(port) + 1}"
            )


def pre_fork(server, worker):
    """Give the worker the lowest number that no other has: a new one counts on in the file of one that has ended."""
    taken = {other.number for other in server.WORKERS.values()}
    worker.number = next(number for number in count() if number not in taken)


def post_fork(server, worker):
    """Tell the worker its number, and have it look for no garbage while the program is imported.

    It leaves next to none, and looking takes a tenth of it.
    """
    os.environ["WORKER_NUMBER"] = str(worker.number)
    gc.disable()


def post_worker_init(worker):
    """Look through what the program itself is made of no more, and less often through what a request leaves."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def on_exit(server):
    """Leave no folder behind."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(folder, ignore_errors=True)
