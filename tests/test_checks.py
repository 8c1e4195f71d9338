"""The table of checks names only what exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.broken_promises import BREACHES

ROOT = Path(settings.BASE_DIR)
TABLE = (ROOT / "docs" / "checks.md").read_text()
STATES = ("holds", "partly", "not yet", "see ")


def rows():
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in TABLE.splitlines()
        if line[:3].strip("| ")[:1].isdigit()
    ]


def test_the_table_has_fifty_checks_each_with_a_state():
    assert [int(row[0]) for row in rows()] == list(range(1, 51))
    assert all(row[3].startswith(STATES) for row in rows())
    assert all(row[2] or row[3].startswith("not yet") for row in rows())


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.promise)
def test_every_promise_can_still_be_broken(breach):
    assert (ROOT / breach.file).read_text().count(breach.says) == 1


def test_every_test_and_file_that_the_table_names_exists():
    named = re.findall(r"`((?:tests|docs|benchmarks|deploy)/[\w./-]+|Makefile|SECURITY\.md)(?:::(\w+))?`", TABLE)
    assert len(named) > 50
    for path, test in named:
        assert (ROOT / path).is_file(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text(), f"{path}::{test}"
