"""Why a practice was found: the sentence that holds the words looked for, marked, in the language it is in."""

import re
from collections import defaultdict
from functools import lru_cache
from html import escape

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
        self._words = words_beginning_like([*self._phrases, *(start for start, _number in self._beginnings)])

    def found_in(self, text):
        """Return ``(spans, terms)``: where whole phrases begin and end in a text, and the terms they are of."""
        heads, spans, terms, free = self._heads, [], set(), 0
        for word in self._words.finditer(text):
            if heads[word.group()] and word.start() >= free:
                end, term = self._longest(word)
                if end:
                    free = end
                    spans.append((word.start(), end))
                    terms.add(term)
        return spans, terms

    def _may_begin(self, word):
        tokens = forms(word, self.language)
        return not self._phrases.keys().isdisjoint(tokens) or self._beginning(tokens) is not None

    def _longest(self, word):
        """Return where the longest phrase that begins with a word ends, and its term; 0 without one."""
        tokens = forms(word.group(), self.language)
        standing = [
            (end, term)
            for token in tokens
            for phrase, term in self._phrases.get(token, ())
            if (end := self._end_of(phrase, word))
        ]
        begun = self._beginning(tokens)
        return max(standing, default=(0, None) if begun is None else (word.end(), begun))

    def _end_of(self, phrase, word):
        """Return where a phrase that begins with a word ends; 0 when its other words do not follow."""
        following = WORD.finditer(word.string, word.end())
        for part in phrase[1:]:
            word = next(following, None)
            if word is None or part not in forms(word.group(), self.language):
                return 0
        return word.end()

    def _beginning(self, tokens):
        return next(
            (term for start, term in self._beginnings if any(token.startswith(start) for token in tokens)), None
        )


def words_beginning_like(tokens):
    """Return the pattern of the words that begin with the first letter of one of the tokens, or one beyond ASCII.

    No stemmer changes the first letter of a word. A pattern passes over all the others in no time, if it begins with a
    set of letters and says what else a first letter is afterwards.
    """
    letters = {letter for token in tokens for letter in (token[0], token[0].upper())}
    return re.compile(rf"[{''.join(letters)}\x80-\U0010ffff](?<=[^\W_])(?<![^\W_].)[^\W_]*")


def snippet(texts, search):
    """Return the best piece of a practice's texts, ``None`` when they hold nothing of what is looked for.

    ``texts`` are those of one language, as ``FOUND_IN`` orders them, ``search`` what is ``Sought`` in it. The piece
    is a ``Localized`` text of safe HTML; the summary comes before the others, and more of what was looked for wins.
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
    return Localized(_cut(text, spans), search.language, search.language != content_language())


def sought_by(query):
    """Return what a ``Query`` looks for in each language, the reader's first."""
    return _sought_by(query, content_language())


@lru_cache(maxsize=32)
def _sought_by(query, language):
    return [Sought(query, each) for each in fallback_chain(language)]


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
