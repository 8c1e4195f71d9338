"""Why a practice was found: the sentence that holds the words looked for, marked, in the language it is in."""

import re
from collections import defaultdict

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from catalogue.languages import Localized, content_language, fallback_chain
from catalogue.models.narrative import LONG_TEXTS
from catalogue.search.text import stem, token, word_spans

LENGTH = 280  # characters of a snippet
BEFORE = 80  # characters kept before the first word found
_MARKDOWN = re.compile(r"\*\*|^\s*- |\s+", re.MULTILINE)


def snippet(practice, query):
    """Return the best piece of a practice's texts for a ``Query``, as safe HTML; ``None`` when only a name was found.

    The reader's language comes first, the summary before the other texts; a piece with more of the words wins.
    """
    wanted = by_first_token(query)
    beginnings = tuple(term.phrases[0][-1] for term in query.terms if term.prefix and term.phrases[0])
    reader = content_language()
    for language in fallback_chain(reader):
        found = []
        for field in ("summary", *LONG_TEXTS):
            text = _MARKDOWN.sub(" ", getattr(practice, f"{field}_{language}") or "").strip()
            spans = _spans(text, language, wanted, beginnings)
            if spans:
                found.append((len({text[start:end].lower() for start, end in spans}), text, spans))
        if found:
            _number, text, spans = max(found, key=lambda each: each[0])  # the first of the best
            return Localized(_cut(text, spans), language, language != reader)
    return None


def by_first_token(query):
    """Return ``{token: phrases that begin with it}`` for everything looked for."""
    phrases = defaultdict(set)
    for term in query.terms:
        for phrase in term.phrases:
            phrases[phrase[0]].add(phrase)
    return phrases


def _spans(text, language, wanted, beginnings):
    """Return where whole phrases stand in a text, from the first letter to the last; a word is a phrase of one."""
    found = [(start, end, {token(word), stem(word, language)}) for start, end, word in word_spans(text)]
    spans, place = [], 0
    while place < len(found):
        start, _end, forms = found[place]
        phrases = [phrase for form in forms for phrase in wanted.get(form, ()) if _stands(phrase, found, place)]
        length = max(map(len, phrases), default=0)
        if not length and beginnings and any(form.startswith(beginnings) for form in forms):
            length = 1
        if length:
            spans.append((start, found[place + length - 1][1]))
        place += length or 1
    return spans


def _stands(phrase, found, place):
    following = found[place : place + len(phrase)]
    return len(following) == len(phrase) and all(
        part in forms for part, (_start, _end, forms) in zip(phrase, following, strict=True)
    )


def _cut(text, spans):
    """Return the surroundings of the first word found, every found word marked, everything else escaped."""
    begin = max(spans[0][0] - BEFORE, 0)
    begin = text.find(" ", begin) + 1 if begin else 0
    end = begin + LENGTH if len(text) > begin + LENGTH else len(text)
    pieces, place = ["…" if begin else ""], begin
    for start, stop in spans:
        if begin <= start and stop <= end:
            pieces += [escape(text[place:start]), format_html("<mark>{}</mark>", text[start:stop])]
            place = stop
    pieces += [escape(text[place:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above
