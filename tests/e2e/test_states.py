"""Every public page in the states that it can be in: with hard texts, with nothing, with a mistake, after an error.

In every language, light and wide in turn with dark and narrow: no barrier that axe-core finds, targets large enough
(one of its rules), and no scrolling to the side, down to 320 pixels.
"""

from contextlib import contextmanager
from uuid import UUID

import pytest
from django.core import signing
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from catalogue.editorial.workflow import previews
from catalogue.views import errors
from tests.e2e.conftest import COLOURS
from tests.e2e.hard_texts import BARE
from tests.e2e.test_walk import LANGUAGES, LOOKS, assert_fits, pages, unfold
from tests.effort import MANY

pytestmark = pytest.mark.browser

HARD = {
    "written from the right": {
        "slug": "de-alla-para-aca-series",
        "network": "gender-and-migration",
        "meeting": "sacm-psdhm-update-meetings-2023",
        "forum": "sacm",
        "code": "CSM-2023-001",
    },
    "very long": {
        "slug": "virte-unaccompanied-children-ecuador",
        "network": "migrant-children-and-adolescents",
        "meeting": "xxi-sacm-lima-2023",
        "forum": "quito-process",
        "code": "CSM-2023-002",
    },
}
# pages that show one record; those that show nothing of any; and what is empty when no practice or meeting is there
OF_ONE_RECORD = {"practice_detail", "replication", "network_detail", "network_report", "meeting_detail", "forum_detail"}
OF_ONE_RECORD |= {"edition_entry", "practice_citations"}
OF_NONE = {"suggest", "picked", "about", "accessibility", "privacy", "api_docs", "codebook", "glossary", "asked"}
EMPTIED = ["home", "practice_list", "cite_list", "network_list", "network_detail", "network_report", "country_list"]
EMPTIED += ["country_detail", "country_report", "coverage", "framework_list", "framework_term", "result_list", "data"]
EMPTIED += ["adaptation_list", "meeting_list", "forum_list", "forum_detail", "commitment_list"]
BARE_PAGES = ["practice_detail", "practice_citations", "replication", "ask"]
COMPARED = "?id=CSM-2023-001&id=CSM-2023-002&id=CSM-2023-003"
EMPTY = {
    "practice_list": "?q=nothingthatweknow&country=GY",
    "cite_list": "?country=GY&scope=local",
    "practice_compare": "",
    "meeting_list": "?country=GY&year=1999",
    "result_list": "?country=GY",
    "commitment_list": "?status=fulfilled",
}
MISTAKEN = {
    "practice_list": "?from=ontem&country=ZZ&sort=x&id=x",
    "practice_compare": "?id=CSM-1999-001&id=CSM-2023-001",
    "meeting_list": "?forum=x&year=x",
    "result_list": "?kind=x&order=y",
}
REFUSED = [("cite_list", []), ("practice_list_file", ["csv"]), ("result_file", ["csv"])]
NARROWEST = 320
# where the first letter of an element stands, and its middle
WHERE_IT_BEGINS = """element => {
  const letter = document.createRange();
  letter.setStart(element.firstChild, 0);
  letter.setEnd(element.firstChild, 1);
  const box = element.getBoundingClientRect();
  return [letter.getBoundingClientRect().left, box.left + box.width / 2];
}"""
STATUSES = [400, 403, 404, 405, 413, 429, 500, 503]
OUTSIDE = {"es": "/es/x/", "en": "/en/x/", "pt-br": "/pt-br/x/"}


def token_of(number):
    """Return what the address of a preview link holds, whose key is a number; see ``hard_texts``."""
    return signing.dumps(str(UUID(int=number)), salt=previews.SALT)


@contextmanager
def looking(chromium, site, language):
    """Yield a function that opens an address, looks whether it fits and, in one of the languages, for barriers.

    ``number`` is the page's place among those of its kind: the next has another language's turn and another look.
    ``answer`` is what the site shall answer there, if it is not to answer itself;
    ``coloured`` pages show what the walk over all pages does not.
    """
    contexts = [
        chromium.new_context(base_url=site.url, color_scheme=scheme, viewport={"width": width, "height": 800})
        for scheme, width in LOOKS
    ]
    turns = [context.new_page() for context in contexts]  # not watched: answers that are errors are told to the console

    def look(number, address, expect_accessible, *, status=200, coloured=True, answer=None):
        page, (_scheme, width) = turns[number % 2], LOOKS[number % 2]
        if answer:
            page.route(f"**{address}", lambda route: answer_with(answer, route), times=1)
        assert page.goto(address).status == status, address
        unfold(page)
        if MANY or number % len(LANGUAGES) == LANGUAGES.index(language):
            expect_accessible(page, but=() if coloured or MANY else COLOURS)
        assert_fits(page, [width, NARROWEST])
        page.set_viewport_size({"width": width, "height": 800})

    yield look
    for context in contexts:
        context.close()


def values_of(record):
    """Return the values in the addresses of one record of each kind, by name of the page."""
    entry = {"address": "2023", "code": record["code"]}
    return {
        **{
            name: {"slug": record["slug"]}
            for name in ("practice_detail", "practice_citations", "replication", "ask", "asked")
        },
        "practice_version": {"slug": record["slug"], "number": 1},
        "practice_preview": {"token": token_of(int(record["code"][-3:]))},
        **{name: {"slug": record["network"]} for name in ("network_detail", "network_report")},
        "meeting_detail": {"slug": record["meeting"]},
        "forum_detail": {"slug": record["forum"]},
        "edition_entry": entry,
    }


def written_pages(language, record):
    """Return the addresses, by name, of the public pages that show what editors write, with the values of a record."""
    found = dict(pages(language, values_of(record)))
    return {name: address for name, address in found.items() if name not in OF_NONE and address.endswith("/")}


def hard_pages(language):
    """Yield the addresses of all pages with one record, and of those of a record with the other, in one language."""
    first, second = (written_pages(language, record) for record in HARD.values())
    first |= {"second edition": first["edition_detail"].replace("2023", "2031")}
    yield from (first[name] for name in sorted(first))
    yield from (second[name] for name in sorted(OF_ONE_RECORD))
    with translation.override(language):
        yield from (reverse(name, args=[BARE]) for name in BARE_PAGES)
        yield reverse("practice_compare") + COMPARED
        yield reverse("practice_list") + "?q=interinstitucional&keyword=x"
        yield reverse("country_detail", args=["ec"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hardest_texts_break_no_page(chromium, hard_site, expect_accessible, language):
    with looking(chromium, hard_site, language) as look:
        for number, address in enumerate(hard_pages(language)):
            look(number, address, expect_accessible, coloured=False)


def test_a_title_in_arabic_begins_on_the_right(chromium, hard_site):
    page = chromium.new_page(viewport={"width": 800, "height": 800})
    page.goto(f"{hard_site.url}/es/practicas/{HARD['written from the right']['slug']}/")
    begins, middle = page.locator("h1").evaluate(WHERE_IT_BEGINS)
    assert begins > middle
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_without_contents_is_accessible(chromium, emptied_site, expect_accessible, language):
    addresses = written_pages(language, HARD["very long"])
    with looking(chromium, emptied_site, language) as look:
        for number, name in enumerate(EMPTIED):
            look(number, addresses[name], expect_accessible)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_and_a_mistake_are_accessible(chromium, site, expect_accessible, language):
    with translation.override(language):
        asked = [(reverse(name) + query, 200) for queries in (EMPTY, MISTAKEN) for name, query in queries.items()]
        asked += [(reverse(name, args=arguments) + "?country=ZZ", 400) for name, arguments in REFUSED]
        asked += [(reverse("practice_preview", args=[token_of(9)]), 410)]
    with looking(chromium, site, language) as look:
        for number, (address, status) in enumerate(asked):
            look(number, address, expect_accessible, status=status)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_is_accessible(chromium, site, expect_accessible, language):
    """What the handlers answer, dressed by the site: an outage of its own for each would take minutes."""
    answers = [errors.error_page(RequestFactory().get(OUTSIDE[language]), status) for status in STATUSES]
    with looking(chromium, site, language) as look:
        for number, answer in enumerate(answers):
            look(number, OUTSIDE[language], expect_accessible, status=answer.status_code, answer=answer)


def answer_with(answer, route):
    route.fulfill(status=answer.status_code, body=answer.content.decode(), content_type=answer["Content-Type"])
