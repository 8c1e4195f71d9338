"""What each cache of the site is worth: ``python -m benchmarks.caches DATABASE.sqlite3 …``, a database for each size.

Processor time of a request in this process, in milliseconds: the lowest of three rounds. A round asks every address of
``ADDRESSES`` once, after one round that is not counted. Then what the index costs after a change.
"""

import argparse
import logging
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from unittest.mock import patch

COUNTRIES = ("PE", "AR", "BR", "CL", "CO", "EC")
ADDRESSES = {
    "list": [f"/es/practicas/?country={code}" for code in COUNTRIES],
    "search": [f"/es/practicas/?q={word}" for word in ("trata", "educación", "frontera", "trabajo", "niños")],
    "practice": [f"/p/CSM-2023-{number:03}/" for number in range(1, 7)],
    "API": [f"/api/v1/practices/?country={code}" for code in COUNTRIES],
    "feed": [f"/es/practicas.atom?country={code}" for code in COUNTRIES],
}
ROUNDS = 3


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="+", help="SQLite files, as manage.py prepare and benchmarks.fill make them")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    for database in options.databases:
        if options.one:
            measure()
        else:  # a process for each, since Django is set up once
            command = [sys.executable, "-m", "benchmarks.caches", database, "--one"]
            subprocess.run(command, env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"}, check=True)


def measure():
    """Print the table of the database of ``DATABASE_URL``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django  # it reads the environment

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.test import Client

    from catalogue.models import Practice

    published = Practice.objects.published().order_by("code")
    practices = [f"/es/practicas/{slug}/" for slug in published.values_list("slug", flat=True)[:6]]
    addresses = {**ADDRESSES, "practice": practices}
    client = Client(SERVER_NAME="localhost")
    print(f"{published.count():,} practices, ms: {', '.join(addresses)}")
    for name, patches in without().items():
        with ExitStack() as stack:
            for each in patches:
                stack.enter_context(each)
            print(f"  {name:34}", *(f"{cost(client, asked):8.2f}" for asked in addresses.values()), flush=True)
    after_a_change(published.values_list("pk", flat=True)[0])


def without():
    """Return ``{what is switched off: patches}``; whole responses are off in all but the first row."""
    from catalogue.caching import page_templates, responses
    from catalogue.listing import bitsets, cards, filter_choices

    def off(cache):
        return [patch.object(cache, "get", lambda key: None), patch.object(cache, "set", lambda key, entry: entry)]

    no_responses = off(responses._entries)
    return {
        "all caches": [],
        "no whole responses": no_responses,
        "and no page templates": [*no_responses, *off(page_templates._templates)],
        "and no cards": [*no_responses, *off(cards._cards)],
        "and no choices of filters": [*no_responses, *off(filter_choices._choices)],
        "and no bitset index": [*no_responses, *off(bitsets._newest)],
    }


def cost(client, addresses):
    """Return the milliseconds of processor that one of the addresses takes."""
    rounds = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for address in addresses:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            response.getvalue()
        rounds.append((time.process_time() - start) / len(addresses) * 1000)
    return min(rounds[1:])


def after_a_change(key):
    """Print what the index costs after one practice has changed, and after everything may have."""
    from catalogue.listing.bitsets import bitset_index
    from catalogue.models.version import bump

    for name, practices in (("index, one practice changed", {key}), ("index, built from nothing", ())):
        took = []
        for _ in range(ROUNDS):
            bump(practices=practices)
            start = time.process_time()
            bitset_index()
            took.append((time.process_time() - start) * 1000)
        print(f"  {name:34} {min(took):8.1f}")


if __name__ == "__main__":
    main()
