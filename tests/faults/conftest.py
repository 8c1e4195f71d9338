"""One PostgreSQL with the real catalogue for all faults of a process; each test leaves it running.

``PAGED`` is how many practices the large catalogue holds: to be lowered where filling so many takes too long.
"""

import os
from tempfile import TemporaryDirectory

import pytest

from tests.faults import many
from tests.faults.servers import Postgres, Site, manage

PAGED = int(os.environ.get("PAGED", "10000"))


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups
def pytest_collection_modifyitems(items):
    """Let one process run all tests that need the large catalogue, so that it is made once."""
    for item in items:
        if "tests/faults" in str(item.path):
            item.add_marker(pytest.mark.faults)
            if "filled" in item.fixturenames:
                item.add_marker(pytest.mark.xdist_group("filled"))


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL with a prepared catalogue in the database ``prepared``."""
    with TemporaryDirectory(prefix="catalogue-faults-") as folder:
        server = Postgres(folder).create()
        server.start()
        manage("prepare", "--administrator", "admin", DATABASE_URL=server.new_database("prepared"))
        yield server
        server.stop("immediate")


@pytest.fixture(scope="session")
def filled(cluster):
    """The name of a database with ``PAGED`` published practices, to be copied; nobody may be connected to it then."""
    if not cluster.is_running():
        cluster.start()
    many.filled(cluster, "filled", PAGED)
    return "filled"


@pytest.fixture
def postgres(cluster):
    """The running PostgreSQL; whatever the test did to it is undone."""
    if not cluster.is_running():
        cluster.start()
    yield cluster
    if cluster.is_running():
        cluster.thaw()
    else:
        cluster.start()


@pytest.fixture
def database(postgres):
    """The address of a new copy of the catalogue."""
    return postgres.new_database("tried", template="prepared")


@pytest.fixture
def site(database, tmp_path):
    """A gunicorn with one worker over that copy."""
    with Site(tmp_path / "log", DATABASE_URL=database, DATABASE_TIMEOUT="2") as site:
        yield site
