"""Whether the answers are right: what the pages say, beside what ``truth.json`` says."""

import random
import re
import time
from urllib.parse import quote_plus

from benchmarks.servers import fetch

LIST = "/es/practicas/"
SECONDS = 4  # for all questions
_NUMBER = r"\d[\d.,\u00a0\u202f ]*"


def mistakes(port, truth):
    """Return a sentence for each answer that differs from the truth, and whether the pages show facet counts.

    The questions come in an order that mixes their kinds; those left when the time is up are not asked.
    """
    page = page_at(port)
    counted = has_counts(page)
    found = compared("list", truth["total"], total_of(page))
    found += facet_mistakes("list", truth["facets"], page) if counted else []
    deadline = time.perf_counter() + SECONDS
    for query, least, most, within in questions(truth):
        if time.perf_counter() > deadline:
            break
        page = page_at(port, query)
        total = total_of(page)
        if total is None or not least <= total <= most:
            found.append(f"{query}: {total} practices instead of {least if least == most else f'at least {least}'}")
        found += facet_mistakes(query, within, page) if counted else []
    return found, counted


def questions(truth):
    """Return queries, the least and the most practices they may find, and the counts beside the choices.

    A search for the two words may find more than their very forms in Spanish, never less.
    """
    words = quote_plus(" ".join(truth["words"]))
    asked = [
        (f"{parameter}={code}", count, count, {})
        for parameter, counts in truth["facets"].items()
        for code, count in counts.items()
    ]
    asked += [
        (f"country={country}&network={network}", count, count, truth["within"][country, network])
        for (country, network), count in truth["pairs"].items()
    ]
    asked += [
        (f"q={words}&country={country}", least, truth["facets"]["country"][country], {})
        for country, least in truth["with_words"].items()
    ]
    random.Random(7).shuffle(asked)
    return asked


def facet_mistakes(query, facets, page):
    """Compare the counts a page shows beside its choices; a choice without practices counts none."""
    found = []
    for parameter, counts in facets.items():
        for code, shown in counts_beside(page, parameter).items():
            found += compared(f"{query}, beside {parameter} {code}", counts.get(code, 0), shown)
    return found


def compared(query, expected, shown):
    return [] if shown == expected else [f"{query}: {shown} instead of {expected}"]


def page_at(port, query=""):
    status, _, body = fetch(port, f"{LIST}?{query}")
    return body.decode() if status == 200 else ""


def total_of(page):
    """Return the total that the page announces, or None."""
    announced = re.search(r'role="status"[^>]*>(.*?)</', page, re.DOTALL)
    return number_in(announced[1]) if announced else None


def has_counts(page):
    """Return whether the page shows how many practices each network has."""
    return any(count is not None for count in counts_beside(page, "network").values())


def counts_beside(page, parameter):
    """Return ``{code: the number in its label}`` for the choices of a facet."""
    counts = {}
    for tag in re.finditer(r"<input\b[^>]*>", page):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag[0]))
        if attributes.get("name") == parameter and attributes.get("type") == "checkbox":
            label = re.split(r"</label>|</li>|<input\b", page[tag.end() :], maxsplit=1)[0]
            counts[attributes["value"]] = number_in(label, last=True)
    return counts


def number_in(html, *, last=False):
    """Return the first (or last) number of a text with tags, with or without separators of thousands."""
    numbers = re.findall(_NUMBER, re.sub(r"<[^>]*>", " ", html))
    return int(re.sub(r"\D", "", numbers[-1 if last else 0])) if numbers else None
