"""``python -m tests.audit`` compares the pinned versions with the advisories stored in ``docs/advisories.json``.

It needs no network. On a machine with one, ``--renew`` asks OSV (https://google.github.io/osv.dev/api/) about every
pinned package and writes the file anew.
"""

import json
import re
import sys
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "docs" / "advisories.json"
LOCKS = ("requirements.txt", "requirements-dev.txt")
OSV = "https://api.osv.dev/v1/query"
OLD = 90  # days after which the stored list is said to be old


def pinned(*locks):
    """Return ``{package: version}`` of lock files."""
    text = "\n".join((ROOT / lock).read_text() for lock in locks)
    return {
        name.lower().replace("_", "-"): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.M)
    }


def concerned(versions, advisories):
    """Return the advisories that concern one of the versions: from ``introduced`` on, before ``fixed``."""
    return [
        advisory
        for advisory in advisories
        if advisory["package"] in versions and _is_within(Version(versions[advisory["package"]]), advisory)
    ]


def _is_within(version, advisory):
    fixed = advisory.get("fixed")
    return version >= Version(advisory["introduced"]) and (not fixed or version < Version(fixed))


def renewed(versions):
    """Ask OSV about every package and return what the file holds."""
    advisories = []
    for package in sorted(versions):
        asked = json.dumps({"package": {"name": package, "ecosystem": "PyPI"}}).encode()
        with urllib.request.urlopen(urllib.request.Request(OSV, asked), timeout=30) as answer:
            for told in json.load(answer).get("vulns", []):
                advisories += _ranges(package, told)
    return {"taken": date.today().isoformat(), "source": OSV, "advisories": advisories}


def _ranges(package, told):
    """Yield a row for each range of versions that an advisory names."""
    for affected in told.get("affected", []):
        for span in affected.get("ranges", []):
            if span["type"] == "ECOSYSTEM" and affected["package"]["name"].lower() == package:
                bounds = {name: value for event in span["events"] for name, value in event.items()}
                try:
                    Version(bounds.get("introduced", "0")), Version(bounds.get("fixed", "0"))
                except InvalidVersion:
                    continue
                row = {"id": told["id"], "package": package, "introduced": bounds.get("introduced", "0")}
                yield {**row, "fixed": bounds.get("fixed"), "summary": told.get("summary", "")}


def main(arguments):
    """Print what is found and return 1 when a pinned version is concerned."""
    versions = pinned(*LOCKS)
    if "--renew" in arguments:
        STORED.write_text(json.dumps(renewed(versions), indent=1, ensure_ascii=False) + "\n")
    stored = json.loads(STORED.read_text())
    age = (datetime.now(UTC).date() - date.fromisoformat(stored["taken"])).days
    if age > OLD:
        print(f"The stored advisories are {age} days old; renew them: python -m tests.audit --renew", file=sys.stderr)
    found = concerned(versions, stored["advisories"])
    for advisory in found:
        name = advisory["package"]
        print(f"{name} {versions[name]}: {advisory['id']} {advisory['summary']}; fixed in {advisory['fixed'] or '–'}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
