"""Why a practice was found: the sentence that holds the words looked for, marked, in the language it is in."""

import re
from collections import defaultdict
from functools import lru_cache
from html import escape

from django.utils.safestring import mark_safe

from catalogue.models.narrative import LONG_TEXTS
from catalogue.text.languages import Localized, content_language, fallback_chain
from catalogue.text.search_tokens import WORD, forms

FOUND_IN = ("summary", *LONG_TEXTS)
LENGTH = 280  # characters of a snippet
BEFORE = 80  # characters kept before the first word found
SURE_OF_TWO = 4  # letters of a token from which on its first two are those of every word that it stands for
ASCII = 128
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
    """Return the pattern of the words that may begin like one of the tokens: with the same two letters, in ASCII.

    No stemmer changes the first letter of a word; the second changes in words of which little stays (dying, die). A
    pattern passes over all other words in no time, if it begins with a set of letters and says afterwards what else the
    beginning of a word is.
    """
    seconds = defaultdict(set)
    for token in tokens:
        seconds[token[0]].add(token[1] if len(token) >= SURE_OF_TWO else "")
    likely = "|".join(f"(?<={_one_of(first)}){_second(letters)}" for first, letters in seconds.items())
    first, foreign = _one_of(frozenset(seconds)), _one_of(frozenset())
    return re.compile(rf"{first}(?<=[^\W_])(?<![^\W_].)(?:{likely}|(?<={foreign}))[^\W_]*")


def _second(letters):
    """Return the pattern of a second letter; anything may come second where one of the letters is not known."""
    return "" if "" in letters else _one_of(frozenset(letters))


@lru_cache(maxsize=2_000)
def _one_of(letters):
    """Return the pattern of one of these letters, small or capital, or of anything that is not ASCII.

    It names what it is *not*: Python takes long to compile a set of all characters from the 128th to the last. And it
    names that in ranges, since each sign of a set takes its time too.
    """
    wanted = sorted({ord(letter) for small in letters for letter in small + small.upper() if letter.isascii()})
    edges = zip([-1, *wanted], [*wanted, ASCII], strict=True)
    others = (rf"\x{before + 1:02x}-\x{after - 1:02x}" for before, after in edges if after - before > 1)
    return f"[^{''.join(others)}]"


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
    """Yield what a ``Query`` looks for in each language, the reader's first."""
    return (_sought(query, language) for language in fallback_chain(content_language()))


@lru_cache(maxsize=96)
def _sought(query, language):
    return Sought(query, language)


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
