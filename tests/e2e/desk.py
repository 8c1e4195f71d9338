"""How the tests in a browser come to the desk and move about in it."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.desk_people import PASSWORD

ADMIN = "/admin/"


SIGNED_IN = {}  # cookies by the site's address and the person's name: to hash a password takes half a second


def sign_in(page, name, password=PASSWORD, *, anew=False):
    """Let somebody sign in at the desk; unless ``anew``, whoever has done so before comes back to the same session."""
    who = urlsplit(page.url).netloc, name
    if who in SIGNED_IN and not anew:
        page.context.add_cookies(SIGNED_IN[who])
        page.goto(ADMIN)
        return page
    page.goto(ADMIN)
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("input[type=submit]").click()
    page.wait_for_url(f"**{ADMIN}")
    SIGNED_IN[who] = [cookie for cookie in page.context.cookies() if cookie["name"].endswith("sessionid")]
    return page


def confirm(page, name, password=PASSWORD):
    """Show once more who it is, where it is asked for; the session goes on under another key."""
    page.locator("[name=confirmation-password]").fill(password)
    page.locator("#content-main input[type=submit]").click()
    expect(page.locator("[name=confirmation-password]")).to_have_count(0)
    who = urlsplit(page.url).netloc, name
    SIGNED_IN[who] = [cookie for cookie in page.context.cookies() if cookie["name"].endswith("sessionid")]


def save(page):
    """Save and go on editing."""
    page.locator("input[name=_continue]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def open_record(page, code):
    """Open the form of a practice or of its revision from the list."""
    page.goto(f"/admin/catalogue/practice/?q={code}")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url("**/change/**")


def take(page, step, note=""):
    """Take a step of the workflow."""
    page.get_by_role("link", name=step, exact=True).click()
    if note:
        page.locator("#id_note").fill(note)
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def add_row(page, group):
    """Add a row below the form and return it."""
    page.locator(f"#{group}-group .add-row a").click()
    return page.locator(
        f"#{group}-group .inline-related:not(.empty-form), #{group}-group tr.form-row:not(.empty-form)"
    ).last


def choose(page, field, words):
    """Choose in a field in which one searches."""
    page.locator(f"#{field} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def tab(page, language):
    page.locator(f".language-bar button[data-language={language}]").click()
