"""What is asked of every site, drawn from the rows themselves, and what a right answer to it holds.

Nothing that is drawn comes twice, so that no site has it ready: practices in an order by chance, sets of filters, and
words that stand together in a practice. The draws are the same on every machine.
"""

import random
import re
import sys
from functools import cache
from types import SimpleNamespace
from typing import NamedTuple

import yaml

from benchmarks import fill, make_dataset
from benchmarks.dataset import COUNTRIES, NETWORKS, ROOT, STATUSES, rows_in

VOCABULARIES = ROOT / "fixtures" / "vocabularies.yaml"
WORDS_OF_A_ROW = 8
SHORTEST_WORD = 5  # letters
TRIES = 40_000  # draws after which a small catalogue has little left that was not asked
FUNCTION_WORDS = frozenset(make_dataset.FUNCTION["es"].split())
YEARS = ("from", "to")


class Fact(NamedTuple):
    """What is known of a row: ``codes`` are ``{parameter of the list: codes}``, an ``end`` may be open."""

    number: int
    slug: str
    titles: dict
    words: tuple
    codes: dict
    start: int
    end: int


@cache
def facts_of(path, size):
    """Return the facts of the first ``size`` rows."""
    known = known_codes()
    return [fact_of(row, known) for row in rows_in(path, limit=size)]


def known_codes():
    """Return the codes of the vocabularies in the order in which ``benchmarks.fill`` counts them."""
    terms = [entry["fields"] for entry in yaml.safe_load(VOCABULARIES.read_text(encoding="utf-8"))]
    terms.sort(key=lambda term: (term["scheme"], term.get("order", 0), term["code"]))
    schemes = {term["scheme"] for term in terms}
    return SimpleNamespace(
        terms={scheme: [term["code"] for term in terms if term["scheme"] == scheme] for scheme in schemes},
        keywords={fill.slug_of(name): fill.slug_of(name) for name in make_dataset.KEYWORDS},
    )


def fact_of(row, known):
    terms = {field: fill.TERMS[field](row, known) for field in ("keywords", "populations", "gcm_objectives")}
    targets = fill.TERMS["sdg_targets"](row, known)
    start, end = fill.period_of(row)
    codes = {
        "country": [COUNTRIES[code] for code in row["countries"]],
        "network": [NETWORKS[row["network"]]],
        "scope": [row["scope"]],
        "status": [STATUSES[row["status"]]],
        "keyword": terms["keywords"],
        "population": terms["populations"],
        "gcm": terms["gcm_objectives"],
        "sdg": sorted({target.partition(".")[0] for target in targets}),
    }
    titles = {language: row[f"title_{language}"] for language in make_dataset.LANGS}
    end = 9999 if end == ".." else int(end)
    return Fact(row["id"], row["slug"], titles, words_of(row), codes, int(start), end)


def words_of(row):
    """Return some long words of the Spanish text, for searches that find at least this row."""
    words = sorted(set(re.findall(r"\w+", row["description_es"].lower())) - FUNCTION_WORDS)
    words = [sys.intern(word) for word in words if len(word) >= SHORTEST_WORD]
    return tuple(random.Random(row["id"]).sample(words, min(WORDS_OF_A_ROW, len(words))))


def matches(fact, asked):
    """Return whether a practice is in the list for ``{parameter: code}``; a plan has neither begun nor run."""
    if any(name in asked for name in YEARS) and fact.codes["status"] == ["planned"]:
        return False
    if fact.end < int(asked.get("from", 0)) or fact.start > int(asked.get("to", 9999)):
        return False
    return all(code in fact.codes[name] for name, code in asked.items() if name not in YEARS)


def count_of(facts, asked):
    """Return how many practices the list for these filters has."""
    return sum(matches(fact, asked) for fact in facts)


def practices(facts):
    """Return ``(fact, language)`` of every practice in every language, in an order by chance."""
    every = [(fact, language) for fact in facts for language in make_dataset.LANGS]
    random.Random(18).shuffle(every)
    return every


def filter_sets(facts):
    """Yield ``{parameter: code}``, two to four at once, each of them true of at least one practice."""
    draw, asked_before = random.Random(18), set()
    for _try in range(TRIES):
        fact = draw.choice(facts)
        possible = {name: draw.choice(codes) for name, codes in fact.codes.items() if codes}
        if fact.codes["status"] != ["planned"]:
            possible |= dict.fromkeys(YEARS, str(fact.start))
        asked = {name: possible[name] for name in draw.sample(sorted(possible), draw.randint(2, 4))}
        if (key := frozenset(asked.items())) not in asked_before:
            asked_before.add(key)
            yield asked


def searches(facts):
    """Yield two words and a country, no pair of words twice; at least one practice of the country has both."""
    draw, asked_before = random.Random(18), set()
    for _try in range(TRIES):
        fact = draw.choice(facts)
        words = tuple(draw.sample(fact.words, 2))
        if (key := frozenset(words)) not in asked_before:
            asked_before.add(key)
            yield " ".join(words), draw.choice(fact.codes["country"])


def prefixes():
    """Return the two letters with which any Spanish word of the rows begins."""
    topics = (spanish for spanish, _english, _portuguese in make_dataset.TOPICS)
    words = " ".join([make_dataset.FUNCTION["es"], make_dataset.GENERAL["es"], *topics]).split()
    return sorted({word[:2] for word in words if len(word) > 1})
