"""Why a practice was found: the sentence that holds the words looked for, marked, in the language it is in."""

import re
from collections import defaultdict
from functools import lru_cache
from html import escape
from itertools import islice

from django.utils.safestring import mark_safe

from catalogue.languages import Localized, content_language, fallback_chain
from catalogue.models.narrative import LONG_TEXTS
from catalogue.search.text import WORD, forms

FOUND_IN = ("summary", *LONG_TEXTS)
LENGTH = 280  # characters of a snippet
BEFORE = 80  # characters kept before the first word found
_MARKDOWN = re.compile(r"\*\*|\n\s*- |\s+")


class _Heads(dict):
    """Whether something looked for may begin with a word, as it is written: told once for each."""

    def __init__(self, may_begin):
        self.may_begin = may_begin

    def __missing__(self, word):
        self[word] = answer = self.may_begin(word)
        return answer


class Sought:
    """What a search ``Query`` looks for, ready to be found in many texts of one language."""

    def __init__(self, query, language):
        self.language = language
        self.terms = len(query.terms)
        self._phrases = defaultdict(list)  # first token -> (tokens of a phrase, number of its term)
        self._beginnings = []  # (beginning of a token, number of its term)
        self._heads = _Heads(self._may_begin)
        for number, term in enumerate(query.terms):
            for phrase in term.phrases:
                self._phrases[phrase[0]].append((phrase, number))
            if term.prefix:
                self._beginnings.append((term.phrases[0][-1], number))

    def found_in(self, words):
        """Return ``(spans, terms)``: first and last place of whole phrases among words, and the terms they are of."""
        heads, spans, terms, free = self._heads, [], set(), 0
        for place in [place for place, word in enumerate(words) if heads[word]]:
            length, term = self._longest(words, place) if place >= free else (0, None)
            if length:
                free = place + length
                spans.append((place, free - 1))
                terms.add(term)
        return spans, terms

    def _may_begin(self, word):
        tokens = forms(word, self.language)
        return not self._phrases.keys().isdisjoint(tokens) or self._beginning(tokens) is not None

    def _longest(self, words, place):
        """Return the length in words of the longest phrase that stands at a place, and its term; 0 without one."""
        tokens = forms(words[place], self.language)
        standing = [
            (len(phrase), term)
            for token in tokens
            for phrase, term in self._phrases.get(token, ())
            if self._stands(phrase, words[place : place + len(phrase)])
        ]
        begun = self._beginning(tokens)
        return max(standing, default=(0, None) if begun is None else (1, begun))

    def _stands(self, phrase, words):
        return len(words) == len(phrase) and all(
            part in forms(word, self.language) for part, word in zip(phrase, words, strict=True)
        )

    def _beginning(self, tokens):
        return next(
            (term for start, term in self._beginnings if any(token.startswith(start) for token in tokens)), None
        )


def snippet(practice, sought):
    """Return the best piece of a practice's texts, ``None`` when only a name was found.

    ``sought`` is what is looked for in each language, the reader's first. The piece is a ``Localized`` text of safe
    HTML; the summary comes before the other texts, and a piece with more of what was looked for wins.
    """
    for search in sought:
        text, spans, most = "", [], 0
        for field in FOUND_IN:
            candidate = getattr(practice, f"{field}_{search.language}") or ""
            found, terms = search.found_in(WORD.findall(candidate))
            if len(terms) > most:
                text, spans, most = candidate, found, len(terms)
            if most == search.terms:
                break
        if spans:
            return Localized(_cut(text, _letters(text, spans)), search.language, search is not sought[0])
    return None


def sought_by(query):
    """Return what a ``Query`` looks for in each language, the reader's first."""
    return _sought_by(query, content_language())


@lru_cache(maxsize=32)
def _sought_by(query, language):
    return [Sought(query, each) for each in fallback_chain(language)]


def _letters(text, spans):
    """Return spans of words as spans of letters."""
    words = list(islice(WORD.finditer(text), spans[-1][1] + 1))
    return [(words[first].start(), words[last].end()) for first, last in spans]


def _cut(text, spans):
    """Return the surroundings of the first word found, every found word marked, everything else escaped."""
    begin = max(spans[0][0] - BEFORE, 0)
    begin = text.find(" ", begin) + 1 if begin else 0
    end = begin + LENGTH if len(text) > begin + LENGTH else len(text)
    place = begin if begin else len(text) - len(text.removeprefix("- "))
    pieces = ["…" if begin else ""]
    for start, stop in spans:
        if begin <= start and stop <= end:
            pieces += [_plain(text[place:start]), f"<mark>{_plain(text[start:stop])}</mark>"]
            place = stop
    pieces += [_plain(text[place:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


def _plain(text):
    """Return a piece of a text without its Markdown, escaped."""
    return escape(_MARKDOWN.sub(" ", text))
