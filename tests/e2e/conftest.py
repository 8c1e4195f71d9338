"""A real server with the real catalogue, and a real browser."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import sync_playwright

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALL = "apt-get install chromium"
# Chromium would otherwise call home at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Site(NamedTuple):
    """A running server and the administrator it made."""

    url: str
    user: str
    password: str


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Serve a new catalogue with gunicorn, as `make run` does."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('site')}/catalogue.sqlite3",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }
    command = [sys.executable, "manage.py", "prepare", "--administrator", "admin"]
    printed = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    password = printed.split("password “")[1].split("”")[0]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "catalogue.wsgi"], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/readyz")
        yield Site(url, "admin", password)
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address, seconds=30):
    """Ask until the server answers; never sleep a fixed time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return urllib.request.urlopen(address, timeout=5).read()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="session")
def chromium():
    """Start headless Chromium; without one, say how to install it and fail where it must not be missing."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sentence = f"Chromium is not installed, so nothing was tested in a browser. Install it with: {INSTALL}"
        pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site):
    """Return a function that opens a page; afterwards, nothing may have gone wrong in it unseen."""
    contexts, problems = [], []

    def watch(request):
        if not request.url.startswith((site.url, "data:")):
            problems.append(f"request to another host: {request.url}")

    def opened(path="/", **options):
        context = chromium.new_context(base_url=site.url, locale="es-PE", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []
