"""What every answer tells browsers and caches, and what it does not believe of what it is told."""

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core import mail
from django.db import transaction
from django.test import Client, override_settings

from tests.addresses import DESK, PAGES, ROWS, examples
from tests.desk import make_editor
from tests.observatory import directives, score
from tests.test_commands import manage

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("headers")]
asks_every_address = pytest.mark.slow  # the first of those with this mark asks two hundred addresses for the others

HTTPS = (
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD",
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE", "SECOND_FACTOR",
)  # fmt: skip
KEY_PAGES = {"home": "/es/", "list": "/en/practices/", "404": "/pt-br/nada/", "login": "/admin/login/"}


@cache
def settings_for_https():
    """Return what the settings say on a machine whose public address begins with https."""
    show = (
        f"import json; from django.conf import settings as s; print(json.dumps({{n: getattr(s, n) for n in {HTTPS}}}))"
    )
    return json.loads(manage("shell", "-c", show, SITE_URL="https://catalogue.example.org").stdout.splitlines()[-1])


@pytest.fixture
def https(settings):
    """Return a browser of a site that is reached by https."""
    for name, value in settings_for_https().items():
        setattr(settings, name, value)
    return Client()


IN_THE_READERS_LANGUAGE = {"front_door", "permanent_link", *(name for name in PAGES if name.startswith("api:"))}


@pytest.fixture(scope="module")
def to_an_administrator(django_db_setup, django_db_blocker):
    """Ask every address over https, signed in: ``{name: (answer, what the same address says over http)}``."""
    settings = override_settings(**{**settings_for_https(), "SECOND_FACTOR": "optional"})
    with django_db_blocker.unblock(), transaction.atomic(), settings:
        client, values, answers = Client(), examples(), {}
        client.force_login(make_editor("administrator"))
        for name, row in ROWS.items():
            address = row.address.format(**values)
            plain = (
                client.get(address)
                if name not in ("healthz", "readyz", "metrics")
                else {"Location": "https://testserver/"}
            )
            answers[name] = read(client.get(address, secure=True)), plain
        transaction.set_rollback(True)
    return answers


@pytest.fixture(scope="module")
def to_a_reader(django_db_setup, django_db_blocker):
    """Ask every public address, with a host in every header that some program might believe: ``{name: answer}``."""
    told = {name: f"https://{evil(name)}/admin/" for name in ECHOES}
    told["Forwarded"] = f"host={evil('Forwarded')}"
    with django_db_blocker.unblock(), transaction.atomic():
        client, values, headers = Client(), examples(), {**told, "accept-language": "en"}
        answers = {name: read(client.get(row.address.format(**values), headers=headers)) for name, row in PAGES.items()}
        transaction.set_rollback(True)
    return answers


def read(answer):
    """Return an answer with its body read while the database has what it says, and without what it was made of."""
    answer.body = answer.getvalue()
    answer.context = answer.templates = None
    return answer


def is_html(answer):
    return "text/html" in answer.get("Content-Type", "")


def is_strict(answer):
    policy = directives(answer)
    sources = {source for values in policy.values() for source in values}
    assert not {source for source in sources if source.startswith("'unsafe")}
    assert not sources - {"'none'", "'self'", "data:"}
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == ["'none'"]
    assert policy["script-src"] == ["'self'"]


# Scores


@pytest.mark.parametrize("name", [*KEY_PAGES, "detail"])
def test_key_pages_score_115_by_the_rules_of_the_observatory(https, name):
    address = KEY_PAGES.get(name) or f"/es/practicas/{examples()['slug']}/"
    assert score(https.get(address, secure=True), https.get(address)) >= 115


@asks_every_address
def test_every_page_of_the_site_and_of_the_desk_scores_100(to_an_administrator):
    low = []
    for name, (answer, plain) in to_an_administrator.items():
        if answer.status_code != 302 and score(answer, plain) < 100:
            low.append((name, score(answer, plain)))
    assert not low


@pytest.mark.parametrize("rule", ["csp", "hsts", "referrer", "nosniff", "framing"])
def test_a_planted_weakness_costs_points(https, rule):
    header = {
        "csp": ("Content-Security-Policy", "default-src * 'unsafe-inline'"),
        "hsts": ("Strict-Transport-Security", "max-age=1"),
        "referrer": ("Referrer-Policy", "unsafe-url"),
        "nosniff": ("X-Content-Type-Options", ""),
        "framing": ("Content-Security-Policy", "default-src 'none'"),
    }[rule]
    answer, plain = https.get("/es/", secure=True), https.get("/es/")
    best = score(answer, plain)
    answer[header[0]] = header[1]
    assert score(answer, plain) < best


def test_the_cookies_of_an_editor_are_bound_to_the_host_and_hidden_from_scripts(https):
    person = make_editor("secretariat", username="ana")
    person.set_password("mate con hierba y menta")
    person.save()
    page = https.get("/admin/login/", secure=True)
    form = {"username": "ana", "password": "mate con hierba y menta"}
    answer = https.post("/admin/login/", form, secure=True)
    cookies = [*page.cookies.values(), *answer.cookies.values()]
    assert {cookie.key for cookie in cookies} == {"__Host-csrftoken", "__Host-sessionid"}
    for cookie in cookies:
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
        assert cookie["samesite"] in ("Lax", "Strict")


# On every answer


@asks_every_address
def test_every_answer_carries_the_strict_policy_and_what_else_browsers_need(to_an_administrator):
    for name, (answer, _plain) in to_an_administrator.items():
        is_strict(answer)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] in ("no-referrer", "same-origin", "strict-origin-when-cross-origin")
        assert answer["Cross-Origin-Resource-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        if is_html(answer):
            page = answer.body.decode()
            assert answer["X-Frame-Options"] == "DENY"
            assert not re.search(r"<script(?![^>]*(src=|type=\"application/(ld\+)?json\"))", page), name
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", page), name


def test_errors_carry_the_strict_policy_too(client, monkeypatch):
    careless = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = {
        400: client.get("/es/", headers={"host": "evil.example"}),
        403: careless.post("/admin/login/", {"username": "x"}),
        404: client.get("/es/nada/"),
        405: client.post("/es/"),
    }
    for _attempt in range(6):
        answers[429] = client.post("/admin/login/", {"username": "x", "password": "y"})

    def fail(*args, **options):
        raise LookupError

    monkeypatch.setattr("catalogue.caching.etags.current", fail)
    answers[500] = careless.get("/es/")
    for status, answer in answers.items():
        assert answer.status_code == status
        assert is_html(answer)
        is_strict(answer)
        assert "no-store" in answer["Cache-Control"]


def test_a_static_file_carries_the_policy(client):
    answer = client.get("/favicon.ico", follow=False)
    is_strict(answer)
    is_strict(client.get(answer["Location"]))  # missing or not: an SVG could hold a script


@asks_every_address
def test_no_reader_gets_a_cookie_and_every_answer_tells_caches_what_to_do(to_a_reader):
    for name, answer in to_a_reader.items():
        vary = answer.get("Vary", "")
        assert not answer.cookies, name
        assert "Cookie" not in vary, name
        assert answer["Cache-Control"], name
        if name in IN_THE_READERS_LANGUAGE:
            assert "Accept-Language" in vary, name


@asks_every_address
def test_nothing_of_the_desk_is_kept_by_a_cache(to_an_administrator):
    for name in DESK:
        answer, _plain = to_an_administrator[name]
        assert re.search("private|no-store|no-cache", answer["Cache-Control"]), name
        assert "public" not in answer["Cache-Control"], name


# Caches


class SharedCache:
    """A cache between readers and the site, as RFC 9111 has it: it keeps what is public and asks again."""

    def __init__(self):
        self.kept, self.client = {}, Client()

    def get(self, address, person=None, **headers):
        client = Client() if person else self.client
        if person:
            client.force_login(person)
            return client.get(address, headers=headers).content
        for (kept_address, chosen), (etag, body) in self.kept.items():
            if kept_address == address and all(headers.get(name, "") == value for name, value in chosen):
                again = client.get(address, headers={**headers, "if-none-match": etag})
                return body if again.status_code == 304 else again.content
        answer = client.get(address, headers=headers)
        if "public" in answer["Cache-Control"] and "ETag" in answer:
            names = (name.strip().lower() for name in answer.get("Vary", "").split(","))
            chosen = tuple((name, headers.get(name, "")) for name in names if name)
            self.kept[address, chosen] = answer["ETag"], answer.content
        return answer.content


@pytest.mark.parametrize("address", ["/es/practicas/", "/api/v1/practices/", "/api/v1/", "/es/sugerencias/?q=reg"])
def test_two_people_and_three_languages_in_turn_never_see_the_page_of_another(address):
    between, people = SharedCache(), [make_editor("secretariat"), make_editor("administrator")]
    asked = [(person, language) for language in ("es", "en", "pt-BR") for person in (None, *people)]
    for _round in range(2):
        for person, language in asked:
            got = between.get(address, person, **{"accept-language": language})
            fresh = Client()
            if person:
                fresh.force_login(person)
            assert got == fresh.get(address, headers={"accept-language": language}).content
            assert not any(other.username.encode() in got for other in people)


# What is told of hosts

ECHOES = (
    "X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL",
    "X-Forwarded-Scheme",    "X-Forwarded-Prefix", "X-HTTP-Host-Override", "Referer", "Origin",
)  # fmt: skip


def evil(name):
    """Return a host that only one header names."""
    return f"{name.lower()}.evil.example"


@asks_every_address
def test_what_a_header_says_of_the_host_stands_on_no_page(to_a_reader):
    for name, answer in to_a_reader.items():
        told_back = str(answer.headers).encode() + answer.body
        assert not [header for header in ECHOES if evil(header).encode() in told_back], name
        assert b"evil.example" not in told_back, name
        assert answer.status_code == int(PAGES[name].get)


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80"]
)
def test_a_foreign_host_is_refused_and_not_repeated(client, host):
    for address in ("/es/", "/", "/admin/login/", "/api/v1/", "/es/practicas.csv", "/sitemap.xml", "/es/nada/"):
        answer = client.get(address, headers={"host": host})
        assert answer.status_code == 400 or b"evil.example" not in answer.getvalue() + str(answer.headers).encode()
    assert client.get("/es/", headers={"host": host}).status_code == 400


def test_a_letter_names_the_address_of_the_settings(client, django_capture_on_commit_callbacks):
    from catalogue.editorial.workflow import workflow
    from tests.desk import make_record

    make_editor("secretariat")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.move(make_record(country="PE"), "submit", by=make_editor("focal_point", countries=["PE"]))
    assert mail.outbox
    assert all(site.SITE_URL in letter.body for letter in mail.outbox)


# Where one is led

AWAY = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "javascript:alert(1)",
    "/%2F%2Fevil.example",
    "/es/..//evil.example",
]


def leads_away(answer):
    target = answer.get("Location", "")
    return re.match(r"[a-z]+:|[\\/]{2}|/\\|/[\t\n\r]", target, re.I) is not None


@pytest.mark.parametrize("target", AWAY)
def test_nobody_is_led_off_the_site(client, target):
    person = make_editor("secretariat", username="ana")
    person.set_password("mate con hierba y menta")
    person.save()
    sign_in = {"username": "ana", "password": "mate con hierba y menta", "next": target}
    answers = [client.post("/admin/login/", sign_in), client.get("/admin/login/", {"next": target})]
    answers += [client.post("/admin/logout/", {"next": target})]
    answers += [client.get(f"/pt/{target}"), client.get("/pt", {"next": target}), client.get("/", {"next": target})]
    answers += [client.get(f"{prefix}{target}") for prefix in ("/", "/es/", "/p/", "/admin/", "/api/v1/")]
    answers += [client.get("/es/practicas/seleccion/", {"pick": target, "next": target})]
    assert answers[0].status_code == 302
    assert not any(leads_away(answer) for answer in answers), [answer.get("Location") for answer in answers]


# To whom a weakness is told, and what is told to nobody


def test_security_txt_says_whom_to_write_to_and_expires_within_a_year(client):
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().strip().splitlines())
    assert fields["Contact"].startswith(("mailto:", "https://"))
    assert fields["Canonical"] == f"{site.SITE_URL}/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_the_security_policy_gives_days_to_answer_and_to_mend():
    text = (Path(site.BASE_DIR) / "SECURITY.md").read_text()
    assert site.SECRETARIAT_EMAIL in text
    assert len(re.findall(r"\d+ (?:working )?days", text)) >= 3


SECRETS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY",
    r"\bAKIA[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    r"\bxox[abp]-[0-9A-Za-z-]{10,}",
    r"\bsk-[A-Za-z0-9]{32,}",
    r"^\+.*(?:SECRET_KEY|PASSWORD|API_KEY|TOKEN)\s*[=:]\s*(?!['\"]?(?:at-least-32|only-in-these-namespaces))['\"]?[A-Za-z0-9+/_-]{24,}['\"]?\s*$",
    r"https://[0-9a-f]{32}@[^/\s]*sentry",
    r"://[A-Za-z0-9_]+:(?!(?i:password|secret|\.\.\.)@|\$)[^@\s/'\"{<]{6,}@",
)


def test_no_secret_stands_in_the_history():
    """In a copy without history, as from an archive, there is nothing to read."""
    if not (Path(site.BASE_DIR) / ".git").exists():
        return
    shown = subprocess.run(
        ["git", "log", "-p", "--no-color", "--all", "--", ".", ":!requirements*.txt", ":!*.csl", ":!static/vendor"],
        cwd=site.BASE_DIR,
        capture_output=True,
        check=True,
    ).stdout.decode(errors="replace")
    found = [match[0][:60] for pattern in SECRETS for match in re.finditer(pattern, shown, re.M)]
    assert not found


def test_a_running_site_has_no_tool_of_developers():
    assert not site.DEBUG
    assert not {"debug_toolbar", "django_extensions", "silk"} & set(site.INSTALLED_APPS)
