"""The synthetic rows: where they are kept, and how their codes are called in the catalogue.

The rows speak of invented networks and of some States outside the Conference; ours take their places.
"""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT_IN = ROOT / "var" / "bench" / "rows"

NETWORKS = {
    "aurora": "social-and-occupational-integration",
    "brisa": "migrant-children-and-adolescents",
    "cauce": "gender-and-migration",
    "delta": "integrated-border-management",
    "estela": "human-trafficking-and-migrant-smuggling",
    "faro": "migration-environment-disasters-and-climate-change",
}
COUNTRIES = {
    **{iso2: iso2 for iso2 in ("AR", "BO", "BR", "CL", "CO", "EC", "PE", "UY")},
    "MX": "VE",
    "ES": "PY",
    "CR": "GY",
    "PT": "SR",
}
STATUSES = {"ongoing": "ongoing", "completed": "ended", "planned": "planned"}


def files_of(size):
    """Return the paths of the rows and of the truth for ``size`` rows, made first if they are not there yet."""
    folder = KEPT_IN / str(size)
    if not (folder / "truth.json").exists():
        maker = [sys.executable, "-m", "benchmarks.make_dataset", "--out", str(KEPT_IN), "--sizes", str(size)]
        subprocess.run(maker, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
    return folder / "practices.jsonl", folder / "truth.json"


def rows_in(path, *, after=0, limit=None):
    """Yield the rows of a file from the one after number ``after`` up to number ``limit`` (all without one)."""
    with open(path, encoding="utf-8") as lines:
        for line in islice(lines, after, limit):
            yield json.loads(line)


def truth_in(path):
    """Return what a right answer holds, in the catalogue's codes.

    ``total``; ``facets``: ``{parameter: {code: practices}}``; ``pairs``: ``{(country, network): practices}``;
    ``within``: ``{(country, network): {parameter: {code: practices}}}``; ``words`` and ``with_words``:
    ``{country: practices}`` whose Spanish texts hold all the words in that very form.
    """
    truth = json.loads(Path(path).read_text(encoding="utf-8"))
    return {
        "total": truth["n"],
        "facets": _facets(truth["facets"]),
        "pairs": {_pair(key): count for key, count in truth["country_network"].items()},
        "within": {_pair(key): _facets(facets) for key, facets in truth["country_network_facets"].items()},
        "words": truth["search"]["words"],
        "with_words": _coded(truth["search"]["by_country"], COUNTRIES),
    }


def _facets(facets):
    codes = {"network": NETWORKS, "countries": COUNTRIES, "status": STATUSES}
    parameters = {"countries": "country"}
    return {parameters.get(name, name): _coded(counts, codes.get(name, {})) for name, counts in facets.items()}


def _coded(counts, codes):
    return {codes.get(code, code): count for code, count in counts.items()}


def _pair(key):
    country, network = key.split("/")
    return COUNTRIES[country], NETWORKS[network]
