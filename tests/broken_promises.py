"""``python -m tests.broken_promises``: breaks ten promises of docs/checks.md and names the test that fell for each.

Each is broken by one replacement in a copy of the project; the tests named for it run there until the first failure.
Prints a row for each: what was broken, which test fell, after how many seconds. Ends with 1 if any breach went unseen.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Breach(NamedTuple):
    """A promise, the row of docs/checks.md, and the replacement in a file that breaks it."""

    promise: str
    row: int
    file: str
    says: str
    said_now: str
    tests: tuple[str, ...]


BREACHES = (
    Breach(
        "no draft is seen",
        1,
        "catalogue/search/suggestions.py",
        "Practice.objects.published().rewrite(False)",
        "Practice.objects.rewrite(False)",
        ("tests/test_hidden.py", "tests/test_suggestions.py"),
    ),
    Breach(
        "a count is the number of rows after the click",
        30,
        "catalogue/listing/facets.py",
        "self._bitsets.items() if other != name)",
        "self._bitsets.items())",
        ("tests/test_facets.py",),
    ),
    Breach(
        "no update is lost",
        8,
        "catalogue/admin/merging.py",
        "    if conflict is None:",
        "    if True:",
        ("tests/test_admin_merging.py",),
    ),
    Breach(
        "no cell is a formula",
        12,
        "catalogue/exports/writers/csv_text.py",
        "    if not MAY_BEGIN_ONE.isdisjoint(map(FIRST, cells)):",
        "    if False:",
        ("tests/test_exports.py", "tests/test_downloads.py", "tests/test_coverage.py"),
    ),
    Breach(
        "every answer carries the content policy",
        14,
        "catalogue/middleware/security_headers.py",
        "{HEADER: build_policy(), **SAME_ON_ALL}",
        "{**SAME_ON_ALL}",
        ("tests/test_headers.py",),
    ),
    Breach(
        "no page is stale",
        20,
        "catalogue/caching/version_signals.py",
        "        m2m_changed.connect(moved_by_relation, sender=through",
        "        m2m_changed.disconnect(moved_by_relation, sender=through",
        ("tests/test_version.py", "tests/test_caching.py"),
    ),
    Breach(
        "no focal point sees another country's record",
        3,
        "catalogue/editorial/workflow/roles.py",
        "visible_to_focal_point(user, records) if role == Role.FOCAL_POINT else in_states",
        "records if role == Role.FOCAL_POINT else in_states",
        ("tests/test_addresses.py", "tests/test_roles.py", "tests/test_hidden.py"),
    ),
    Breach(
        "markup stays text",
        5,
        "catalogue/templatetags/records.py",
        "return localized_html(languages.localized(record, field))",
        """from django.utils.safestring import mark_safe

    return mark_safe(languages.localized(record, field).text)""",
        ("tests/test_markup.py",),
    ),
    Breach(
        "a backup comes back whole",
        7,
        "catalogue/backup/restoring.py",
        '        sequences.set_last_numbers(manifest["sequences"], schema, database)',
        "        pass",
        ("tests/test_backup.py",),
    ),
    Breach(
        "every message is translated",
        39,
        "locale/pt_BR/LC_MESSAGES/django.po",
        'msgstr "%(code)s em PO"',
        'msgstr ""',
        ("tests/test_commands.py",),
    ),
)


def main():
    unseen = [breach for breach in BREACHES if not fallen(breach)]
    return 1 if unseen else 0


def fallen(breach):
    """Break one promise in a copy of the project; print and return the test that fell, or None."""
    with tempfile.TemporaryDirectory(prefix="catalogue-broken-") as folder:
        copy_to(Path(folder))
        break_it(Path(folder, breach.file), breach)
        began = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-m", "not browser", *breach.tests]
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    name = found[1] if found else None
    print(f"| {breach.row} | {breach.promise} | `{name}` | {time.monotonic() - began:.0f} s |", flush=True)
    return name


def copy_to(folder):
    """Copy what git tracks, and what is made of it: catalogues of messages and static files."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    made = [*ROOT.glob("locale/*/LC_MESSAGES/*.mo"), *(path for path in ROOT.glob("var/static/**/*") if path.is_file())]
    for path in [*(ROOT / name for name in tracked.split("\0") if name), *made]:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def break_it(file, breach):
    """Make the replacement. Raises ``ValueError`` when the file no longer says what is to be replaced exactly once."""
    text = file.read_text(encoding="utf-8")
    if text.count(breach.says) != 1:
        raise ValueError(f"{breach.file} says {text.count(breach.says)} times: {breach.says}")
    file.write_text(text.replace(breach.says, breach.said_now), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
