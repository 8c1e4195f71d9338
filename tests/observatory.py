"""The rules by which Mozilla's HTTP Observatory scores an answer, as far as they concern what a site sends.

Source: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, "Tests and Score Modifiers".
100 points to begin with, then penalties, then bonuses for who still has 90. 100 is an A+. What depends on a list that
others keep (HSTS preload) is not counted, nor a bonus for Cross-Origin-Resource-Policy: published tables differ there.
"""

import re

HALF_A_YEAR = 15768000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(answer, plain_answer):
    """Return the points of an answer over https; ``plain_answer`` is what the same address says over http."""
    marks = [rule(answer) for rule in RULES] + [redirection(plain_answer)]
    points = 100 + sum(mark for mark in marks if mark < 0)
    return max(0, points) + (sum(mark for mark in marks if mark > 0) if points >= 90 else 0)


def directives(answer):
    """Return the content security policy as ``{directive: sources}``."""
    parts = (part.split() for part in answer.get("Content-Security-Policy", "").split(";"))
    return {name: sources for name, *sources in filter(None, parts)}


def csp(answer):
    policy = directives(answer)
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    objects = policy.get("object-src", policy.get("default-src", ["*"]))
    if {"'unsafe-inline'", "data:", "https:", "http:", "*"} & {*scripts, *objects}:
        return -20
    if any("'unsafe-eval'" in sources for sources in policy.values()):
        return -10
    if any("'unsafe-inline'" in sources for sources in policy.values()):
        return 0
    return 10 if policy.get("default-src") == ["'none'"] else 5


def cookies(answer):
    marks = [0]
    for cookie in answer.cookies.values():
        is_session = "session" in cookie.key
        if not cookie["secure"]:
            marks.append(-40 if is_session else -20)
        if is_session and not cookie["httponly"]:
            marks.append(-30)
        if cookie["samesite"] not in ("Strict", "Lax"):
            marks.append(-20)
    return min(marks) or (5 if answer.cookies else 0)


def cors(answer):
    open_to_all = answer.get("Access-Control-Allow-Origin") == "*"
    return -50 if open_to_all and answer.get("Access-Control-Allow-Credentials") else 0


def hsts(answer):
    age = re.search(r"max-age=(\d+)", answer.get("Strict-Transport-Security", ""))
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def referrer(answer):
    policy = answer.get("Referrer-Policy")
    return 0 if policy is None else 5 if policy in PRIVATE else -5


def scripts_from_here(answer):
    body = b"" if answer.streaming else answer.content
    return -50 if re.search(rb'<script[^>]+src="(https?:)?//', body) else 0


def nosniff(answer):
    return 0 if answer.get("X-Content-Type-Options") == "nosniff" else -5


def framing(answer):
    if "frame-ancestors" in directives(answer):
        return 5
    return 0 if answer.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def corp(answer):
    return 0 if answer.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else -20


def redirection(plain_answer):
    target = plain_answer.get("Location", "")
    return 0 if target.startswith("https://testserver/") else -20


RULES = (csp, cookies, cors, hsts, referrer, scripts_from_here, nosniff, framing, corp)
