"""What must hold on every page holds on every public page in every language, as a walk over all of them shows."""

import pytest
from django.urls import get_resolver, reverse
from django.utils import translation
from playwright.sync_api import expect

from tests.e2e.conftest import COLOURS

pytestmark = pytest.mark.browser

LANGUAGES = ["es", "en", "pt-br"]
WIDTHS = [1280, 375, 320]
LOOKS = [("light", 1280), ("dark", 375)]
VALUES = {"slug": "assistance-migrant-refugee-children-peru", "iso2": "cl", "address": "2023"}
OWN_VALUES = {
    "network_detail": {"slug": "gender-and-migration"},
    "network_report": {"slug": "gender-and-migration"},
    "meeting_detail": {"slug": "xxi-sacm-lima-2023"},
    "forum_detail": {"slug": "sacm"},
    "framework_term": {"scheme": "gcm", "code": "7"},
    "edition_entry": {"address": "2023", "code": "CSM-2023-001"},
}
NO_PAGES = {"extension", "code", "rest", "table", "number", "token"}  # what takes one of these is none, or not for all
STATES = [
    "/es/practicas/?country=PE&country=BR&q=registro",
    "/en/practices/?q=nothingthatweknow&country=GY",
    "/pt-br/praticas/?from=ontem&country=ZZ",
    "/es/practicas.csv?country=ZZ",
    "/pt-br/nada/",
    "/en/countries/gy/",
    "/es/practicas/consular-protocol-trafficking-smuggling-venezuela/",
    "/es/reuniones/?country=GY&year=1999",
    "/pt-br/reunioes/?forum=x",
    "/es/resultados/?country=GY",
    "/en/results/?kind=x&order=y",
    "/en/frameworks/gcm/2/",
    "/es/coberturas/",
    "/en/coverage/nothing.csv",
]
FILLED = [
    "/es/adaptaciones/", "/en/adaptations/", "/pt-br/adaptacoes/",
    "/es/paises/ec/", "/en/countries/ec/", "/pt-br/paises/ec/",
    "/es/ediciones/2031/", "/en/editions/2031/", "/pt-br/edicoes/2031/",
    "/es/ediciones/",
]  # fmt: skip


def pages(language, more=()):
    """Yield the name and address of every public page that the resolver knows, in one language.

    ``more`` has the values of other records by name of the page.
    """
    own_values = OWN_VALUES | dict(more)
    resolver = get_resolver()
    with translation.override(language):
        for name in {name for name in resolver.reverse_dict if isinstance(name, str)}:
            wanted = resolver.reverse_dict.getlist(name)[0][0][0][1]
            if name in own_values or NO_PAGES.isdisjoint(wanted):
                values = VALUES | own_values.get(name, {})
                address = reverse(name, kwargs={key: values[key] for key in wanted})
                if address.startswith(f"/{language}/"):
                    yield name, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_accessible_and_fits_every_width(open_page, expect_accessible, language):
    """Light and wide in turn with dark and narrow; the next language begins with the other."""
    looks = [open_page("/", color_scheme=scheme, viewport={"width": width, "height": 800}) for scheme, width in LOOKS]
    walked = 0
    for number, (_name, address) in enumerate(sorted(pages(language)), LANGUAGES.index(language)):
        page, (_scheme, width) = looks[number % 2], LOOKS[number % 2]
        if "html" not in page.request.head(address).headers["content-type"]:
            continue
        page.goto(address)
        expect(page.locator("h1"), address).to_have_count(1)
        assert_skips_to_the_content(page)
        assert_fits(page)
        page.set_viewport_size({"width": width, "height": 800})
        unfold(page)
        expect_accessible(page, but=seen_colours(language))
        walked += 1
    assert walked >= 11
    assert [look.context.cookies() for look in looks] == [[], []]


def test_what_the_first_catalogue_lacks_is_accessible_and_fits(open_desk, expect_accessible):
    """Practices adapted by other States and an open call, in every language."""
    looks = [open_desk("/", color_scheme=scheme, viewport={"width": width, "height": 800}) for scheme, width in LOOKS]
    for number, address in enumerate(FILLED):
        page = looks[number % 2]
        page.goto(address)
        expect(page.locator("h1"), address).to_have_count(1)
        expect_accessible(page)
        assert_fits(page)
        page.set_viewport_size({"width": LOOKS[number % 2][1], "height": 800})


@pytest.mark.parametrize(("address", "look"), [("/es/practicas", 0), ("/en/practices", 1), ("/pt-br/praticas", 1)])
def test_a_question_that_is_not_taken_is_accessible(chromium, site, expect_accessible, address, look):
    scheme, width = LOOKS[look]
    context = chromium.new_context(base_url=site.url, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()  # not watched: the answer is an error
    page.goto(f"{address}/{VALUES['slug']}/")
    page.locator("main a[href$='/ask/'], main a[href$='/preguntar/'], main a[href$='/perguntar/']").first.click()
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.locator("main form [type=submit]").click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    expect_accessible(page)
    assert_fits(page)
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1280)])
def test_every_state_is_accessible_and_fits(chromium, site, expect_accessible, scheme, width):
    """Filters, nothing found, a mistake, an error, a country without practices, a practice without results."""
    context = chromium.new_context(base_url=site.url, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()  # not watched: Chromium tells the console of an answer that is an error
    for address in STATES:
        page.goto(address)
        unfold(page)
        expect_accessible(page)
        assert_fits(page)
    context.close()


def test_a_planted_barrier_is_found(chromium, expect_accessible):
    page = chromium.new_page()
    page.set_content('<html lang="es"><title>Barrera</title><main><h1>Barrera</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match="image-alt"):
        expect_accessible(page)
    page.close()


def seen_colours(language):
    """Return the rules that were asked already: the third language begins with the look of the first."""
    return COLOURS if language == LANGUAGES[2] else ()


def unfold(page):
    """Open what is folded, so that it is looked at as well; a menu lies over the page, so it stays shut."""
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(details => { details.open = true; })")
    page.evaluate("document.querySelectorAll('#fold').forEach(fold => { fold.checked = true; })")


def assert_fits(page, widths=WIDTHS):
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)


def assert_skips_to_the_content(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", page.url
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), page.url
