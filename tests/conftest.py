"""What tests share: a loaded catalogue, a browser's server, static files without a manifest."""

import gc
import os
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.template import RequestContext
from django.test import client as test_client
from django.utils.translation import deactivate, override

from catalogue.caching.lru import clear_all
from catalogue.exports.batches import Practices
from catalogue.models import Practice
from tests import prepared
from tests.desk import make_editor

CHEAP = "django.contrib.auth.hashers.MD5PasswordHasher"


def pytest_configure():
    """Settings of every test: static files without a manifest, passwords hashed cheaply.

    Names of static files stay as they are written, so tests need no collectstatic. A real hash costs a quarter of a
    second; a test of hashing names its own hasher.
    """
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True  # looks a file up when it is asked for, not all files for every client
    settings.WORK_IN_BACKGROUND = False  # no thread and no process that would not see a test's database
    settings.PASSWORD_HASHERS = [CHEAP, *settings.PASSWORD_HASHERS]
    # Playwright leaves an event loop running beside the tests, which Django takes for an asynchronous caller
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages(django_test_environment):
    """Let a client keep the context of each page, not a copy for each of the hundreds of pieces it is drawn of."""
    store = test_client.store_rendered_templates

    def store_page(kept, signal, sender, template, context, **more):
        if isinstance(context, RequestContext) and context.template is template:
            store(kept, signal, sender, template, context, **more)

    test_client.store_rendered_templates = store_page


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id):
    """Give each worker its own copy of the prepared catalogue; each test undoes its own changes."""
    gc.freeze()  # what is imported by now stays; to look through it again and again took a tenth of the run
    gc.set_threshold(20_000, 20, 50)
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        own["NAME"] = f"file:{worker_id}?mode=memory&cache=shared"
        with closing(sqlite3.connect(prepared.sqlite_file())) as source, django_db_blocker.unblock():
            connection.ensure_connection()
            source.backup(connection.connection)
        yield
        return
    address, own["NAME"] = os.environ["DATABASE_URL"], f"test_{worker_id}"
    prepared.copy_on(address, own["NAME"])
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    prepared.drop(address, own["NAME"])


@pytest.fixture(autouse=True)
def nothing_is_cached():
    """Let no test get the response that another has asked for: their versions can be the same."""
    clear_all()


@pytest.fixture(autouse=True)
def no_language_is_active():
    """Let no test speak the language of the last request of the test before."""
    deactivate()


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries):
    """Count what a page asks in a process that keeps nothing yet, whatever other tests have asked before."""
    clear_all()
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
