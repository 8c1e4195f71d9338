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

METRICS = "catalogue-metrics-"  # prefix of the folders in which workers count

bind = f"{env.text_setting('HOST', default='127.0.0.1')}:{env.port_setting('PORT', default=8000)}"
workers = env.number_setting("WEB_CONCURRENCY", default=2)
threads = 4  # a slow client holds a thread, not a worker
timeout = 60
graceful_timeout = 30  # seconds for requests in progress when the server is stopped
keepalive = 5  # seconds; the front server of a cluster keeps its connections open
max_requests = 5000  # a worker is renewed now and then, so that no leak can grow
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a full disk must stop no worker
# nginx and the application refuse less, with a page; gunicorn would refuse in bare English
limit_request_line = 0
limit_request_field_size = 16384  # over HTTP/2 nginx measures what is compressed: of 8,000 bytes can become 12,800
limit_request_fields = 1100  # nginx passes on a thousand
permit_unconventional_http_method = True  # the application answers 405
control_socket_disable = True  # nothing here needs it, and it needs a writable home


def on_starting(server):
    """Refuse a port in use with one sentence; create the folder of the metrics where they are on."""
    refuse_port_in_use()
    if env.text_setting("METRICS_TOKEN"):
        parent = server.cfg.worker_tmp_dir or tempfile.gettempdir()
        remove_stale_metrics(parent)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=f"{METRICS}{os.getpid()}-", dir=parent)


def remove_stale_metrics(parent):
    """Remove the folders of servers that were killed."""
    for folder in Path(parent).glob(f"{METRICS}*"):
        try:
            os.kill(int(folder.name.removeprefix(METRICS).partition("-")[0]), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (ValueError, PermissionError):  # of something else, or of somebody else
            pass


def refuse_port_in_use():
    """Stop with one sentence where another program listens; gunicorn would try five times."""
    host, _colon, port = bind.rpartition(":")
    if "GUNICORN_PID" in os.environ:  # this one replaces another of ours on the same port
        return
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if probe.connect_ex((host.strip("[]"), int(port))) == 0:
            sys.exit(
                f"Port {port} of {host} is taken by another program. "
                f"Stop that, or name another port: make run PORT={int(port) + 1}"
            )


def pre_fork(server, worker):
    """Set the lowest number that no other worker has: a new worker continues the metrics file of an ended one."""
    taken = {other.number for other in server.WORKERS.values()}
    worker.number = next(number for number in count() if number not in taken)


def post_fork(server, worker):
    """Set the number of the worker; collect no garbage during the import, which would take a tenth of its time."""
    os.environ["WORKER_NUMBER"] = str(worker.number)
    gc.disable()


def post_worker_init(worker):
    """Build the index of the list; exempt the imported program from garbage collection, and collect less often."""
    if worker.app.app_uri.startswith("catalogue."):  # the benchmarks serve others, too
        from catalogue.listing.bitsets import build_in_background  # of the application, which only a worker imports

        build_in_background()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def on_exit(server):
    """Remove the folder of the metrics."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(folder, ignore_errors=True)
