"""Dates come to the second, whatever day it is: leap days, changes to summer time, the end of 32-bit seconds."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests import prepared, programs

ROOT = Path(__file__).resolve().parent.parent
SECOND = timedelta(seconds=1)
MOMENTS = {
    "midnight before a leap day": datetime(2028, 2, 29, tzinfo=UTC),
    "the hour that Santiago skips": datetime(2027, 9, 5, 4, tzinfo=UTC),
    "the end of 32-bit seconds": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
}
ZONES = {"the hour that Santiago skips": "America/Santiago"}  # of the machine; the site reckons in UTC


def python(database, moment, *arguments, zone="UTC"):
    """Run Python with its clock standing at a moment; return the last line that it printed."""
    program = programs.needed("faketime")
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {**kept, "DATABASE_URL": database, "EMAIL_URL": "dummymail://", "TZ": zone}
    local = moment.astimezone(ZoneInfo(zone))  # faketime reads what the clock on the wall shows
    command = [program, "-f", f"{local:%Y-%m-%d %H:%M:%S}", sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A catalogue that was filled long before every moment."""
    file = tmp_path_factory.mktemp("clock") / "catalogue.sqlite3"
    prepared.copy_to(file)
    return file


# Three processes for each moment, one after the other: each reads its clock for itself.
@pytest.mark.slow
@pytest.mark.xdist_group("clock")
@pytest.mark.parametrize("name", MOMENTS)
def test_what_has_a_date_waits_for_its_second_and_not_longer(filled, tmp_path, name):
    moment, zone = MOMENTS[name], ZONES.get(name, "UTC")
    database = f"sqlite:///{shutil.copy(filled, tmp_path / 'catalogue.sqlite3')}"

    def at(when, *arguments):
        return json.loads(python(database, when, "-m", "tests.clock", *arguments, zone=zone))

    code = at(moment - timedelta(minutes=5), "schedule", moment.isoformat())
    before, after = at(moment - SECOND, "look", code), at(moment, "look", code)
    assert [datetime.fromisoformat(found["now"]) for found in (before, after)] == [moment - SECOND, moment]
    assert (before["published"], before["public"]) == (False, False)
    assert (after["published"], after["public"]) == (True, True)
    is_midnight = (moment - SECOND).date() < moment.date()
    assert (before["reminded"], after["reminded"]) == ((False, True) if is_midnight else (True, False))
    for found in (before, after):
        assert found["statuses"] == [200]
        assert found["dated"] > 0
        assert found["from the future"] == []
