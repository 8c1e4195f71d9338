"""A real server with the real catalogue, and a real browser."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from functools import wraps
from importlib.metadata import files
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect, sync_playwright

from tests import prepared, programs
from tests.postgres import free_port
from tests.waiting import until

expect.set_options(timeout=15_000)  # a busy machine saves a whole practice slowly
SITES = ("desk_site", "large_site", "hard_site", "emptied_site")
ROOT = Path(__file__).resolve().parent.parent.parent
# Chromium would otherwise call home at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

AXE = next(file for file in files("axe-playwright-python") if file.name == "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# preload would copy imported style sheets into the page, which its policy forbids
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that see colours, half of the work
RUN_AXE = """async asked => {
  await Promise.allSettled(document.getAnimations().map(each => each.finished));  // colours on their way to others
  const {part, ...rules} = asked;
  return (await axe.run(part || document, {...rules, resultTypes: ["violations"], preload: false})).violations;
}"""


def settled(act):
    """Let an act that may lead to another page end when that page can be read: Chromium is there when it begins."""

    @wraps(act)
    def acted(locator, *arguments, **options):
        act(locator, *arguments, **options)
        locator.page.wait_for_load_state("domcontentloaded")

    return acted


Locator.click, Locator.press = settled(Locator.click), settled(Locator.press)


def ending(end):
    """Return what an address or an attribute with this end matches."""
    return re.compile(re.escape(end) + "$")


class Site(NamedTuple):
    """A running server and the administrator it made."""

    url: str
    user: str
    password: str


@pytest.hookimpl(tryfirst=True)  # before the names of groups are read
def pytest_collection_modifyitems(items):
    """Let the tests of one site run in one worker: each site and each Chromium is started once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            group = next((name for name in item.fixturenames if name in SITES), "site")
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def with_administrator(tmp_path_factory):
    """Make a new catalogue once."""
    return new_catalogue(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def site(tmp_path_factory, with_administrator):
    """Serve a new catalogue with gunicorn, as `make run` does."""
    with served(tmp_path_factory.mktemp("site"), with_administrator) as site:
        yield site


@pytest.fixture(scope="session")
def large_site(tmp_path_factory, with_administrator):
    """Serve a catalogue with so many more practices that the list has several pages."""
    with served(tmp_path_factory.mktemp("large-site"), with_administrator, "-m", "tests.e2e.more_practices") as site:
        yield site


@pytest.fixture(scope="session")
def desk_site(tmp_path_factory, with_administrator):
    """Serve a catalogue with people of every role at its desk."""
    with served(tmp_path_factory.mktemp("desk-site"), with_administrator, "-m", "tests.e2e.desk_people") as site:
        yield site


@pytest.fixture(scope="session")
def hard_site(tmp_path_factory, with_administrator):
    """Serve a catalogue whose texts are very long, with words that nothing breaks, or written from the right."""
    with served(tmp_path_factory.mktemp("hard-site"), with_administrator, "-m", "tests.e2e.hard_texts") as site:
        yield site


@pytest.fixture(scope="session")
def emptied_site(tmp_path_factory, with_administrator):
    """Serve a catalogue that has nothing to show yet."""
    with served(tmp_path_factory.mktemp("emptied-site"), with_administrator, "-m", "tests.e2e.emptied") as site:
        yield site


def new_catalogue(folder):
    """Make a new catalogue; return its file and the password of its administrator."""
    file = folder / "prepared.sqlite3"
    prepared.copy_to(file)
    said = python(environment_of(file), "manage.py", "prepare", "--administrator", "admin")
    return file, said.split("password “")[1].split("”")[0]


def environment_of(file):
    return {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "WEB_CONCURRENCY": "1"}


def python(environment, *arguments):
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


@contextmanager
def served(folder, catalogue, *more):
    """Yield the ``Site`` of a copy of a prepared catalogue in ``folder``, after running Python with ``more``.

    ``catalogue`` is what ``new_catalogue`` returns.
    """
    made, password = catalogue
    port = free_port()
    environment = environment_of(shutil.copy(made, folder / "catalogue.sqlite3")) | {"PORT": str(port)}
    if more:
        python(environment, *more)
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "catalogue.wsgi"], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/readyz")
        yield Site(url, "admin", password)
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address):
    """Ask until the server answers."""

    def answer():
        with suppress(OSError):
            return urllib.request.urlopen(address, timeout=5).read()

    return until(answer)


@pytest.fixture(scope="session")
def chromium():
    """Start headless Chromium."""
    program = programs.needed("Chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site):
    """Return a function that opens a page; afterwards, nothing may have gone wrong in it unseen."""
    with opener(chromium, site) as opened:
        yield opened


@pytest.fixture
def open_large(chromium, large_site):
    """Return ``open_page`` for the large catalogue."""
    with opener(chromium, large_site) as opened:
        yield opened


@pytest.fixture
def open_desk(chromium, desk_site):
    """Return ``open_page`` for the catalogue with a desk."""
    with opener(chromium, desk_site) as opened:
        yield opened


@contextmanager
def opener(chromium, site):
    """Yield a function that opens a page of ``site`` in a context of its own, and watch it."""
    contexts, problems = [], []

    def watch(request):
        if not request.url.startswith((site.url, "data:")):
            problems.append(f"request to another host: {request.url}")

    def note(page, text):
        problems.append(f"{page.url}: {text}")

    def opened(path="/", **options):
        context = chromium.new_context(base_url=site.url, locale="es-PE", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("console", lambda message: note(page, message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(scope="session")
def expect_accessible(chromium):
    """Return a function that fails for every rule of WCAG A and AA that a page breaks, as far as axe-core sees.

    axe-core is a script itself: ``scripted=False`` looks at the same address in a page whose own scripts are kept out.
    ``only`` names single rules to look for, ``but`` those to leave out; ``part`` selects a part of the page.
    """

    def expect(page, only=None, but=(), part=None):
        page.wait_for_load_state("load")  # scripts give names to fields; what is seen may still be on its way
        page.evaluate(AXE)
        asked = {"type": "rule", "values": only} if only else {"type": "tag", "values": WCAG}
        left_out = {rule: {"enabled": False} for rule in but}
        found = page.evaluate(RUN_AXE, {"runOnly": asked, "rules": left_out, "part": part})
        broken = [f"{rule['id']}: {node['target']} {node['html'][:200]}" for rule in found for node in rule["nodes"]]
        assert broken == [], f"{page.url}\n" + "\n".join(broken)

    def expect_whichever(page, *, scripted=True, **asked):
        if scripted:
            return expect(page, **asked)
        context = chromium.new_context()
        context.route("**/*.js", lambda route: route.abort())
        twin = context.new_page()
        twin.goto(page.url)
        expect(twin)
        context.close()

    return expect_whichever
