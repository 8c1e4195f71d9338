"""Weighs the pages and times them on a slow line: ``python -m benchmarks.weight``.

Drives the installed Chromium against gunicorn with the real catalogue; prints a table and writes docs/weight.md.
No figure makes it fail; tests/test_weight.py holds the bytes to their limits.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from benchmarks.dataset import ROOT
from tests.e2e.conftest import QUIET, new_catalogue, served

PAGE = ROOT / "docs" / "weight.md"
LINE = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8, "offline": False}
PATIENCE = 60_000  # milliseconds for a page on the slow line
TIMES = 3
SLUG = "assistance-migrant-refugee-children-peru"
PAGES = {
    "home": "/es/",
    "list": "/es/practicas/",
    "practice": f"/es/practicas/{SLUG}/",
    "network": "/es/redes/gender-and-migration/",
    "countries": "/es/paises/",
    "not found": "/es/nada/",
}
LIMITS = {"html": 30.0, "css": 12.0, "scripts": 40.0, "everything": 150.0, "paint": 2.0, "shift": 0.0}
# The first painted text, and the sum of all shifts that no input explains; see web.dev on FCP and CLS.
OBSERVE = """
  window.shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) window.shift += entry.value;
  })).observe({type: "layout-shift", buffered: true});
"""
MEASURED = """() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime / 1000,
  shift: window.shift,
})"""
EXPLAINED = """# Weight and first text

Made by `python -m benchmarks.weight`; a new run writes this page anew.

{table}

Each page is opened in Spanish with an empty cache, on a screen 375 pixels wide, by Chromium on a line of 400 kbit/s
with 400 ms of latency, from gunicorn with the real catalogue on the same machine. Kilobytes are 1,000 bytes as they
travel, with the heads of the answers. “First text” is the first contentful paint, the median of three visits; “layout
shift” is the sum of all shifts, the worst of three. ✗ marks what does not keep its limit.

The fonts are asked for first but waited for no longer than a tenth of a second (`font-display: optional`): on a slow
line the first page is set in a font of the reader's system and never jumps; the next page has them at hand.

Measured with Chromium {version}.
"""


class Weight(NamedTuple):
    """One page at its first visit: kilobytes (1,000 bytes) over the wire, seconds to the first text, and shifts."""

    html: float
    css: float
    scripts: float
    everything: float
    requests: int
    paint: float
    shift: float


def main():
    program = shutil.which("chromium") or sys.exit(
        "Chromium is not installed; install it with: apt-get install chromium"
    )
    with (
        tempfile.TemporaryDirectory(prefix="catalogue-weight-") as folder,
        served(Path(folder), new_catalogue(Path(folder))) as site,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        lines = table({name: measured(browser, site.url + address) for name, address in PAGES.items()})
        version = browser.version
        browser.close()
    print("\n".join(lines))
    PAGE.write_text(EXPLAINED.format(table="\n".join(lines), version=version), encoding="utf-8")


def measured(browser, address):
    """Return the ``Weight`` of a first visit; times are the median of a few."""
    visits = [visit(browser, address) for _ in range(TIMES)]
    times = {"paint": median(one.paint for one in visits), "shift": max(one.shift for one in visits)}
    return visits[0]._replace(**times)


def visit(browser, address):
    """Open a page with an empty cache on the slow line and return its ``Weight``."""
    context = browser.new_context(viewport={"width": 375, "height": 700}, locale="es-PE")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    kinds, sizes = {}, {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.add_init_script(OBSERVE)
    page.goto(address, wait_until="networkidle", timeout=PATIENCE)
    page.evaluate("document.fonts.ready")
    found = page.evaluate(MEASURED)
    context.close()

    def kilobytes(*wanted):
        return sum(size for request, size in sizes.items() if not wanted or kinds.get(request) in wanted) / 1000

    return Weight(kilobytes("Document"), kilobytes("Stylesheet"), kilobytes("Script"), kilobytes(), len(sizes), **found)


def table(weights):
    """Return the lines of a Markdown table; ✗ marks what does not keep its limit."""
    heads = ["page", "HTML, kB", "CSS, kB", "scripts, kB", "in all, kB", "requests", "first text, s", "layout shift"]
    rows = [
        [name, *(cell(field, value) for field, value in weight._asdict().items())] for name, weight in weights.items()
    ]
    rows.append(["limit", *(f"≤ {LIMITS[field]:g}" if field in LIMITS else "" for field in Weight._fields)])
    return ["| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows]]


def cell(field, value):
    """Return one figure as it stands in the table."""
    digits = {"requests": 0, "paint": 2, "shift": 3}.get(field, 1)
    late = field in LIMITS and round(value, digits) > LIMITS[field]
    return f"{value:.{digits}f}{' ✗' if late else ''}"


if __name__ == "__main__":
    main()
