"""Snippets: the piece of a text in which a query was found, with the found words marked."""

import re
from collections import defaultdict
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import mark_safe

from catalogue.models.narrative import LONG_TEXTS
from catalogue.text.languages import Localized, content_language, fallback_chain
from catalogue.text.search_tokens import WORD, forms

SNIPPET_FIELDS = ("summary", *LONG_TEXTS)
LENGTH = 280  # characters of a snippet
BEFORE = 80  # characters kept before the first word found
SURE_OF_TWO = 4  # letters of a token from which on its first two are those of every word that it stands for
ASCII = 128
_MARKDOWN = re.compile(r"\*\*|\n\s*- |\s+")


class _Beginning(NamedTuple):
    """What begins with a word as it is written: the rest of phrases and their terms, and the term of the word alone."""

    phrases: list[tuple[tuple[str, ...], int]]
    term: int | None


class _Beginnings(dict):
    """The ``_Beginning`` of each word that was met, ``None`` for one that begins nothing: computed once for each."""

    def __init__(self, beginning):
        self.beginning = beginning

    def __missing__(self, word):
        self[word] = found = self.beginning(word)
        return found


class QueryMatcher:
    """A search ``Query`` prepared to be found in many texts of one language."""

    def __init__(self, query, language):
        self.language = language
        self.terms = len(query.terms)
        self._phrases = defaultdict(list)  # first token -> (tokens of a phrase, number of its term)
        self._prefixes = []  # (prefix of a token, number of its term)
        self._beginnings = _Beginnings(self._beginning)
        for number, term in enumerate(query.terms):
            for phrase in term.phrases:
                self._phrases[phrase[0]].append((phrase, number))
            if term.prefix:
                self._prefixes.append((term.phrases[0][-1], number))
        self._words = _first_word_pattern([*self._phrases, *(start for start, _number in self._prefixes)])

    def found_in(self, text):
        """Return ``(spans, terms)``: where whole phrases begin and end in a text, and the terms they are of."""
        beginnings, spans, terms, free = self._beginnings, [], set(), 0
        for word in self._words.finditer(text):
            beginning = beginnings[word.group()]
            if beginning and word.start() >= free:
                end, term = self._longest(word, beginning)
                if end:
                    free = end
                    spans.append((word.start(), end))
                    terms.add(term)
        return spans, terms

    def _beginning(self, word):
        tokens = forms(word, self.language)
        phrases = [(phrase[1:], term) for token in tokens for phrase, term in self._phrases.get(token, ())]
        alone = [term for rest, term in phrases if not rest]
        term = max(alone) if alone else self._prefix_term(tokens)
        longer = [(rest, term) for rest, term in phrases if rest]
        return _Beginning(longer, term) if longer or term is not None else None

    def _longest(self, word, beginning):
        """Return where the longest phrase that begins with a word ends, and its term; 0 without one."""
        standing = [(end, term) for rest, term in beginning.phrases if (end := self._end_of(rest, word))]
        return max(standing, default=(0 if beginning.term is None else word.end(), beginning.term))

    def _end_of(self, rest, word):
        """Return where a phrase ends of which ``rest`` follows a word; 0 when it does not."""
        following = WORD.finditer(word.string, word.end())
        for part in rest:
            word = next(following, None)
            if word is None or part not in forms(word.group(), self.language):
                return 0
        return word.end()

    def _prefix_term(self, tokens):
        return next((term for start, term in self._prefixes if any(token.startswith(start) for token in tokens)), None)


def _first_word_pattern(tokens):
    """Return the pattern of the words that may begin a term: those with the first two letters of one of the tokens.

    No stemmer changes the first letter of a word; the second changes in words of which little stays (dying, die). A
    pattern passes over all other words in no time, if it begins with a set of letters and says afterwards what else the
    beginning of a word is.
    """
    seconds = defaultdict(set)
    for token in tokens:
        seconds[token[0]].add(token[1] if len(token) >= SURE_OF_TWO else "")
    pairs = seconds.items()
    likely = "|".join(f"(?<={_letter_pattern(first)}){_second_letter_pattern(letters)}" for first, letters in pairs)
    first, foreign = _letter_pattern(frozenset(seconds)), _letter_pattern(frozenset())
    return re.compile(rf"{first}(?<=[^\W_])(?<![^\W_].)(?:{likely}|(?<={foreign}))[^\W_]*")


def _second_letter_pattern(letters):
    """Return the pattern of a second letter; anything may come second where one of the letters is not known."""
    return "" if "" in letters else _letter_pattern(frozenset(letters))


@lru_cache(maxsize=2_000)
def _letter_pattern(letters):
    """Return the pattern of one of these letters, small or capital, or of anything that is not ASCII.

    It names what it is *not*: Python takes long to compile a set of all characters from the 128th to the last. And it
    names that in ranges, since each sign of a set takes its time too.
    """
    wanted = sorted({ord(letter) for small in letters for letter in small + small.upper() if letter.isascii()})
    edges = zip([-1, *wanted], [*wanted, ASCII], strict=True)
    others = (rf"\x{before + 1:02x}-\x{after - 1:02x}" for before, after in edges if after - before > 1)
    return f"[^{''.join(others)}]"


def snippet(texts, search):
    """Return the best snippet of a practice's texts, ``None`` when the query is found in none of them.

    ``texts`` are those of one language, in the order of ``SNIPPET_FIELDS``; ``search`` is its ``QueryMatcher``. The
    snippet is a ``Localized`` text of safe HTML; the text with most of the terms wins, the first of equals.
    """
    text, spans, most = "", [], 0
    for candidate in texts:
        found, terms = search.found_in(candidate or "")
        if len(terms) > most:
            text, spans, most = candidate, found, len(terms)
        if most == search.terms:
            break
    if not spans:
        return None
    return Localized(_excerpt(text, spans), search.language, search.language != content_language())


def query_matchers(query):
    """Yield the ``QueryMatcher`` of a query for each language, the reader's first."""
    return (_matcher(query, language) for language in fallback_chain(content_language()))


@lru_cache(maxsize=96)
def _matcher(query, language):
    return QueryMatcher(query, language)


def _excerpt(text, spans):
    """Return the surroundings of the first word found, every found word marked, everything else escaped."""
    begin = max(spans[0][0] - BEFORE, 0)
    begin = text.find(" ", begin) + 1 if begin else 0
    end = begin + LENGTH if len(text) > begin + LENGTH else len(text)
    position = begin if begin else len(text) - len(text.removeprefix("- "))
    pieces = ["…" if begin else ""]
    for start, stop in spans:
        if begin <= start and stop <= end:
            pieces += [_escaped(text[position:start]), f"<mark>{_escaped(text[start:stop])}</mark>"]
            position = stop
    pieces += [_escaped(text[position:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


def _escaped(text):
    """Return a piece of a text without its Markdown, escaped."""
    return escape(_MARKDOWN.sub(" ", text))
