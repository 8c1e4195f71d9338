"""``python -m tests.stale_pages``: four threads edit and read at random; prints what was seen too late, as JSON.

It runs in a process and a database of its own, because only there do several connections see each other's commits.
Every edit writes a higher number into the title of a practice. Whoever reads after the edit was acknowledged must see
that number or a higher one, also as the 304 for a page that was read before.
"""

import io
import json
import os
import random
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import brotli

from tests.effort import tries

THREADS, ACTIONS = 4, tries(30, 300)  # of each thread
SEED = 20231130
EDITS = 0.12  # share of the actions
CODES = ("CSM-2023-001", "CSM-2023-002")
SURFACES = {
    "practice": "/es/practicas/{slug}/",
    "list": "/es/practicas/?id={code}",
    "JSON": "/es/practicas/{slug}.json",
    "API": "/api/v1/practices/{slug}/",
    "feed": "/es/practicas.atom?id={code}",
}
NUMBER = re.compile(r"Edición número (\d+)\.")


class Edited:
    """A practice, the number of its last edit that was acknowledged, and the lock that puts its edits in order."""

    def __init__(self, practice):
        self.key, self.code, self.slug, self.acknowledged, self.lock = (
            practice.pk,
            practice.code,
            practice.slug,
            0,
            Lock(),
        )
        self.edit()

    def edit(self):
        from catalogue.models import Practice

        with self.lock:
            practice, number = Practice.objects.get(pk=self.key), self.acknowledged + 1
            for language in ("es", "en", "pt"):
                setattr(practice, f"title_{language}", f"Edición número {number}.")
                setattr(practice, f"short_title_{language}", "")
            practice.save()
            self.acknowledged = number


class Reader:
    """One thread: what it does is drawn by its own seed; what it has read it revalidates, as a browser does."""

    def __init__(self, number, practices):
        self.draw, self.practices = random.Random(SEED + number), practices
        self.seen, self.late, self.done = {}, [], Counter()

    def act(self):
        practice = self.draw.choice(self.practices)
        if self.draw.random() < EDITS:
            practice.edit()
            self.done["edit"] += 1
            return
        surface = self.draw.choice(list(SURFACES))
        address = SURFACES[surface].format(slug=practice.slug, code=practice.code)
        etag, number = self.seen.get(address, ("", 0))
        acknowledged = practice.acknowledged
        status, headers, body = ask(address, etag if self.draw.random() < 0.5 else "", self.draw.choice(("", "br")))
        if status == 200:
            number = max(int(found) for found in NUMBER.findall(body))
            self.seen[address] = headers["ETag"], number
        if status not in (200, 304) or number < acknowledged:
            self.late.append(f"{status} of {address}: {number} after {acknowledged}")
        self.done[f"{surface} {status}"] += 1


def ask(address, etag, encoding):
    """Return status, headers and text of what the application returns to a GET."""
    from catalogue.wsgi import application

    path, _mark, query = address.partition("?")
    asked = {"HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": encoding, "HTTP_IF_NONE_MATCH": etag}
    server = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http"}
    streams = {"wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
    started = []
    response = application(
        {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, **asked, **server, **streams},
        lambda status, headers: started.append((int(status[:3]), dict(headers))),
    )
    body = b"".join(response)
    response.close()
    status, headers = started[0]
    packed = headers.get("Content-Encoding") == "br"
    return status, headers, (brotli.decompress(body) if packed else body).decode()


def main():
    from django.db import connections

    from catalogue.models import Practice

    practices = [Edited(practice) for practice in Practice.objects.filter(code__in=CODES)]
    readers = [Reader(number, practices) for number in range(THREADS)]
    gate = Barrier(THREADS)

    def run(reader):
        gate.wait()
        try:
            for _action in range(ACTIONS):
                reader.act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, readers))  # raises what a thread has raised
    done = sum((reader.done for reader in readers), Counter())
    print(json.dumps({"late": [late for reader in readers for late in reader.late], "done": done}))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    from django.conf import settings

    settings.API_REQUESTS_PER_MINUTE = 10**6
    main()
