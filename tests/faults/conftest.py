"""One PostgreSQL with the real catalogue for all faults of a process; each test leaves it running."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.servers import Postgres, Site, manage

LONG = (
    "test_size",
    "test_import",
    "test_deploying",
    "test_upgrade",
)  # minutes: the first for one process, the others for the second


@pytest.hookimpl(tryfirst=True)  # but after pytest-randomly has shuffled
def pytest_collection_modifyitems(items):
    faults = [item for item in items if item.path.parent == Path(__file__).parent]
    for item in faults:
        item.add_marker(pytest.mark.faults)
    if len(faults) == len(items):
        items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL with a prepared catalogue in the database ``prepared``."""
    with TemporaryDirectory(prefix="catalogue-faults-") as folder:
        server = Postgres(folder).create()
        server.start()
        manage("prepare", "--administrator", "admin", DATABASE_URL=server.new_database("prepared"))
        yield server
        server.stop("immediate")


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
