"""What is asked of a site under load: rows of the table, those first that nobody has asked before.

A site is anything with the addresses of ``Site``; the catalogue and the plain Django are asked the very same.
"""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks import checks, questions
from benchmarks.checks import LIST
from benchmarks.client import PATIENCE, Question, request_for, run
from benchmarks.servers import fetch

LISTS = {"es": LIST, "en": "/en/practices/", "pt": "/pt-br/praticas/"}
WARM_UP = [*LISTS.values(), "/es/", "/es/redes/", "/es/paises/"]
ASKED_BEFORE = 50  # different pages of a kind
TURNS = 7  # after which all but one page in a hundred has been asked of either worker
SUGGESTING = 20  # seconds for all beginnings
AS_BROWSERS_ASK = "gzip, deflate, br, zstd"

COLD_PRACTICE = "one practice, cold: each asked once, after 7 other pages"
COLD_FILTERS = "list and facets, a filter set nobody asked before"
COLD_SEARCH = "search in a country, words nobody asked before"
WARM_PRACTICE = "one practice, warm: 50 asked 7 times before"
WARM_BROWSERS = "list and facets, 50 asked 7 times before, as browsers ask"
WARM_LIST = "list and facets, 50 asked 7 times before, uncompressed"
SAME_PAGE = "the same page again (304)"
SUGGESTIONS = "suggestions, every beginning of two letters, slowest, s"
AFTER_EDIT = "first page after an edit, slowest of a process, s of processor"


@dataclass
class Workload:
    """Questions under the name they have in the table; ``fixed`` of them are asked again and again, or none."""

    name: str
    questions: Iterator[Question]
    fixed: int = 0


class Site:
    """How the catalogue is asked, and what its pages say."""

    def practice(self, fact, language):
        """Return the address of a practice."""
        return f"{LISTS[language]}{fact.slug}/"

    def listed(self, asked):
        """Return the address of the list for ``{parameter: code}``, ``q`` for a search."""
        return f"{LIST}?{urlencode(asked)}"

    def total_of(self, page):
        """Return the number of practices that a list announces, or None."""
        return checks.total_of(page)


def page_workloads(site, port, facts):
    """Return the workloads in which a site is asked for pages; practices first, while its caches hold none.

    The slowest comes last: what nobody waits for any more still keeps a server busy.
    """

    def practice(fact, language, **headers):
        request = request_for(port, site.practice(fact, language), **headers)
        return Question(request, lambda page: fact.titles[language] in page)

    def listed(asked, **headers):
        request = request_for(port, site.listed(asked), **headers)
        return Question(request, lambda page: site.total_of(page) == questions.count_of(facts, asked))

    def search(words, country):
        request = request_for(port, site.listed({"q": words, "country": country}))
        in_country = {"country": country}
        return Question(request, lambda page: 1 <= (site.total_of(page) or 0) <= questions.count_of(facts, in_country))

    some = [practice(*pair) for pair in questions.practices(facts)[:ASKED_BEFORE]]
    sets = list(itertools.islice(questions.filter_sets(facts), ASKED_BEFORE))
    lists = [listed(asked) for asked in sets]
    compressed = [listed(asked, Accept_Encoding=AS_BROWSERS_ASK) for asked in sets]
    return [
        Workload(COLD_PRACTICE, itertools.starmap(practice, questions.practices(facts[:-1]))),
        Workload(COLD_FILTERS, map(listed, questions.filter_sets(facts))),
        Workload(WARM_PRACTICE, itertools.cycle(some), ASKED_BEFORE),
        Workload(WARM_BROWSERS, itertools.cycle(compressed), ASKED_BEFORE),
        Workload(WARM_LIST, itertools.cycle(lists), ASKED_BEFORE),
        Workload(COLD_SEARCH, itertools.starmap(search, questions.searches(facts))),
    ]


def same_page(port):
    """Return the workload of one list that the reader has already."""
    tag = fetch(port, LIST)[1].get("ETag")
    again = request_for(port, LIST, **({"If_None_Match": tag} if tag else {}))
    return Workload(SAME_PAGE, itertools.repeat(Question(again)), 1)


def warm_up(port, site, facts):
    """Ask for a few other pages, so that no process imports or connects while it is measured."""
    pages = [*WARM_UP, site.practice(facts[-1], "es")]
    run(port, iter([Question(request_for(port, page)) for page in pages] * TURNS), PATIENCE)


def slowest_suggestion(port):
    """Return the seconds of the slowest answer to any beginning of two letters, and what there is to note."""
    beginnings, seconds, start = questions.prefixes(), {}, time.perf_counter()
    for beginning in beginnings:
        if time.perf_counter() - start > SUGGESTING:
            break
        asked = time.perf_counter()
        status, _headers, _body = fetch(port, f"/es/sugerencias/?{urlencode({'q': beginning})}")
        seconds[beginning] = time.perf_counter() - asked if status == 200 else float("inf")
    slowest = max(seconds, key=seconds.get)
    left = len(beginnings) - len(seconds)
    return seconds[slowest], f"{slowest}, {left} not asked" if left else slowest
