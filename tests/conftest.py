"""What tests share: a loaded catalogue, a browser's server, static files without a manifest."""

import gc

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils.translation import override

from catalogue.editorial.fixtures import FIXTURES
from catalogue.exports.batches import Practices
from catalogue.kept import forget_all
from catalogue.models import Practice
from tests.desk import make_editor


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Tests need no collectstatic: names of static files stay as they are written."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the real catalogue once; each test sees it and undoes its own changes."""
    with django_db_blocker.unblock():
        call_command("loaddata", *FIXTURES, verbosity=0)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries):
    """Count what a page asks in a process that keeps nothing yet, whatever other tests have asked before."""
    forget_all()
    return django_assert_max_num_queries


@pytest.fixture
def left_behind():
    """Return a function that tells which objects of some classes the test has left, with nobody to collect them.

    Python looks for garbage so seldom that what a large file leaves in circles would be held until then. What other
    tests hold on to does not count.
    """

    def alive(*classes):
        return [found for found in gc.get_objects() if type(found) in classes]

    gc.collect()
    before = {id(found): found for found in alive(Practice, Practices)}  # held, so that no other takes its place
    gc.disable()
    yield lambda *classes: [found for found in alive(*classes) if id(found) not in before]
    gc.enable()


@pytest.fixture
def catalogue(db):
    """The nineteen practices, in the database."""


@pytest.fixture
def in_english():
    """The sentences of the test are English."""
    with override("en"):
        yield


@pytest.fixture
def secretariat(db):
    """Somebody of the secretariat."""
    return make_editor("secretariat")


@pytest.fixture
def editor(client):
    """An administrator, signed in at the desk."""
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client
