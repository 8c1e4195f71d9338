#!/usr/bin/python3
"""Visits the site inside the Debian of the tests, with Python alone and the certificates that the machine trusts.

``visitor read FILE`` until there is a FILE.stop, ``visitor sign-in NAME PASSWORD``, ``visitor is-signed-in``.
"""

import http.cookiejar
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SITE = "https://catalogue.example.org"
COOKIES = http.cookiejar.MozillaCookieJar("/var/tmp/cookies")
PAGES = (
    "/es/",
    "/en/practices/",
    "/pt-br/praticas.csv",
    "/api/v1/practices/",
    "/p/CSM-2023-001/",
    "/oai?verb=Identify",
)
PAUSE = 0.1  # seconds; nginx lets one address ask thirty times a second


def main(action, *arguments):
    return {"read": read, "sign-in": sign_in, "is-signed-in": is_signed_in}[action](*arguments)


def read(file):
    """Ask one page after the other, and the files that it names; write how often each was answered how."""
    answers, browser, number = {}, urllib.request.build_opener(), 0
    while not os.path.exists(f"{file}.stop"):
        page = PAGES[number % len(PAGES)]
        status, text = ask(browser, f"{page}{'&' if '?' in page else '?'}n={number}")
        count(answers, page, status)
        for address in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text)):
            count(answers, "/static/", ask(browser, address)[0])
        number += 1
        with open(f"{file}.count", "w") as told:
            told.write(str(number))
        time.sleep(PAUSE)
    with open(file, "w") as told:
        json.dump(answers, told)


def count(answers, page, status):
    of_page = answers.setdefault(page, {})
    of_page[status] = of_page.get(status, 0) + 1


def ask(browser, address, data=None, **headers):
    """Return status and text of an answer; the reason in place of a status where there is none."""
    if data is not None:
        data, headers = urllib.parse.urlencode(data).encode(), {"Referer": SITE + address, **headers}
    try:
        with browser.open(urllib.request.Request(SITE + address, data, headers), timeout=60) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode(errors="replace")
    except OSError as problem:
        return repr(problem), ""


def sign_in(name, password):
    """Sign in as a browser would, and keep the cookies; print the title of the page that follows."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(COOKIES))
    _status, form = ask(browser, "/admin/login/")
    hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form).group(1)
    fields = {"csrfmiddlewaretoken": hidden, "username": name, "password": password, "next": "/admin/"}
    status, text = ask(browser, "/admin/login/", fields)
    COOKIES.save(ignore_discard=True)
    print(status, re.search(r"<title>(.*?)</title>", text, re.DOTALL).group(1).strip())


def is_signed_in():
    """Print whether the desk still knows who comes with the cookies that were kept."""
    COOKIES.load(ignore_discard=True)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(COOKIES))
    status, text = ask(browser, "/admin/")
    print(status, "no" if 'name="password"' in text else "yes")


if __name__ == "__main__":
    main(*sys.argv[1:])
