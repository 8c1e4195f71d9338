"""Times the pages and files on the real catalogue and on larger ones, each against the plainest page of the same run.

A figure is the median of several requests divided by the median of ``/healthz``: it can be compared between machines.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

SIZES = (19, 1000)
ROUNDS = 9
WORKLOADS = {
    "home": "/es/",
    "list": "/es/practicas/",
    "list, filtered": "/es/practicas/?country=PE&network=gender-and-migration",
    "search": "/es/practicas/?q=frontera",
    "practice": "/es/practicas/migration-pre-registration-brazil/",
    "CSV": "/es/practicas.csv",
    "JSON": "/es/practicas.json",
    "XLSX": "/es/practicas.xlsx",
}


def main():
    folder = tempfile.TemporaryDirectory(prefix="catalogue-bench-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder.name, 'bench.sqlite3')}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.synthetic import fill

    call_command("prepare")
    client = Client(headers={"host": "127.0.0.1"})
    columns = []
    for size in SIZES:
        fill(size)
        plain = median(client, "/healthz")
        columns.append([median(client, address) / plain for address in WORKLOADS.values()])
    print("times the plainest page".ljust(26), *(f"{size:>8} rows" for size in SIZES))
    for name, *ratios in zip(WORKLOADS, *columns, strict=True):
        print(name.ljust(26), *(f"{ratio:>13.1f}" for ratio in ratios))


def median(client, address):
    """Return the median seconds of a request, its body read to the end."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        response = client.get(address)
        if response.streaming:
            for _piece in response.streaming_content:
                pass
        times.append(time.perf_counter() - start)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")
    return statistics.median(times)


if __name__ == "__main__":
    main()
