"""Nobody sees a page of an older version after a newer one was acknowledged, however many edit and read at once."""

import json
import os
import subprocess
import sys

import pytest

from tests import prepared
from tests.stale_pages import SURFACES


@pytest.mark.engines
@pytest.mark.slow  # it builds some dozens of pages from nothing
def test_four_threads_that_edit_and_read_see_no_page_of_an_older_version(tmp_path):
    with prepared.own_database(tmp_path) as address:
        command = [sys.executable, "-m", "tests.stale_pages"]
        run = subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=True, capture_output=True)
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["late"] == []
    assert {f"{surface} 200" for surface in SURFACES} <= set(told["done"])
    assert told["done"]["edit"] > 5
