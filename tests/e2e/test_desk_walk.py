"""Every page of the desk as an administrator finds them: none breaks the content policy or fails in the console.

The opener of pages fails a test in whose pages the browser complained.
"""

import re
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.e2e.desk import ADMIN, confirm, sign_in

pytestmark = pytest.mark.browser

FEWEST = 60  # pages of the desk of different kinds; fewer would mean that the walk does not find its way
NOT_PAGES = re.compile(r"/(logout|jsi18n|r/|export|result|template)|\.(xlsx|csv|po|json|zip)$")


def kind(address):
    """Return what is the same for all pages of a kind: the path without keys and codes."""
    return re.sub(r"/(\d+|[0-9a-f-]{36}|CSM-\d{4}-\d{3,})(?=/)", "/N", urlsplit(address).path)


def test_no_page_of_the_desk_breaks_the_content_policy(open_desk, desk_site):
    page = sign_in(open_desk(ADMIN), desk_site.user, desk_site.password)
    waiting, seen = [page.url], {}
    page.goto(f"{ADMIN}auth/user/")
    confirm(page, desk_site.user, desk_site.password)  # for the pages of accounts
    while waiting:
        address = waiting.pop(0)
        if kind(address) in seen or NOT_PAGES.search(kind(address)):
            continue
        answer = page.goto(address)
        page.wait_for_load_state("load")
        seen[kind(address)] = answer.status
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        waiting += [urldefrag(link).url for link in links if urlsplit(link).path.startswith(ADMIN)]
    assert set(seen.values()) == {200}, {kind: status for kind, status in seen.items() if status != 200}
    assert len(seen) >= FEWEST, sorted(seen)
