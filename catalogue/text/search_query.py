"""What a person types, read as text: words, "phrases", -excluded words, OR, and a beginning*. Nothing is an error."""

import re
from itertools import chain
from typing import NamedTuple

from catalogue.text.languages import CONTENT_LANGUAGES
from catalogue.text.search_tokens import STOP_WORDS, in_language, stem, token, words

LONGEST_EXPRESSION = 8  # words of an expression with synonyms
SHORTEST_BEGINNING = 2  # letters of what may go on; with one, the index looks through most of its words
MOST_BEGINNINGS = 3  # of a text: each takes as long as twenty words
_QUOTES = '"“”„«»'  # what people type, and what telephones and word processors make of it
_PIECE = re.compile(rf"(-?)[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|(\S+)")


class Term(NamedTuple):
    """One thing looked for: sequences of tokens, any of which will do; ``prefix`` when the last token may go on."""

    phrases: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    prefix: bool = False


class Query(NamedTuple):
    """Every clause must be met by one of its terms, and no excluded term may occur."""

    clauses: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...]

    @property
    def terms(self):
        """The terms looked for, excluded ones aside."""
        return tuple(chain.from_iterable(self.clauses))


def parse(text, *, language, synonyms=None):
    """Return the ``Query`` that a text means to a reader of ``language``.

    ``synonyms`` maps each form of an expression (see ``forms_of``) to the expressions that mean the same.
    Words that carry no meaning are left out, unless they are quoted or all there is. Of beginnings of words only the
    first three count as such, of two letters or more; any other is a whole word.
    """
    synonyms = synonyms or {}
    clauses, excluded, alternative = [], [], False
    pieces = _joined(_few_beginnings(_read(match) for match in _PIECE.finditer(text)), synonyms)
    meaningful = any(not set(piece.words) <= STOP_WORDS for piece in pieces)
    for piece in pieces:
        if piece.is_or:
            alternative = bool(clauses)
        elif piece.words and (piece.quoted or not meaningful or not set(piece.words) <= STOP_WORDS):
            term = _term(piece, language, synonyms)
            if piece.negative:
                excluded.append(term)
            elif alternative:
                clauses[-1] = (*clauses[-1], term)
            else:
                clauses.append((term,))
            alternative = False
    return Query(tuple(clauses), tuple(excluded))


def excluded_in(text):
    """Return where what a text excludes begins and ends, as ``[(start, end)]``."""
    return [match.span() for match in _PIECE.finditer(text) if _read(match).negative]


def beginning(text):
    """Return the ``Query`` of a name that is still being typed: its words, the last of which may go on."""
    typed = words(text)
    if not typed:
        return Query((), ())
    whole = tuple((Term(tuple(forms_of((word,))), (word,)),) for word in typed[:-1])
    return Query((*whole, (Term(((token(typed[-1]),),), (typed[-1],), prefix=True),)), ())


def forms_of(expression):
    """Return a sequence of folded words as it is written and as each language would index it."""
    written = tuple(token(word) for word in expression)
    return dict.fromkeys([written, *(tuple(stem(word, code) for word in expression) for code in CONTENT_LANGUAGES)])


class _Piece(NamedTuple):
    words: tuple[str, ...]
    negative: bool
    quoted: bool
    prefix: bool
    is_or: bool


def _read(match):
    minus, quoted, plain = match.groups()
    if plain is None:
        return _Piece(tuple(words(quoted)), bool(minus), True, False, False)
    negative = plain.startswith("-") and len(plain) > 1
    found = tuple(words(plain))
    return _Piece(found, negative, False, bool(found) and plain.endswith("*"), plain == "OR")


def _few_beginnings(pieces):
    """Return pieces of which only the first few beginnings may go on."""
    kept, left = [], MOST_BEGINNINGS
    for piece in pieces:
        may_go_on = piece.prefix and bool(left) and len(piece.words[-1]) >= SHORTEST_BEGINNING
        left -= may_go_on
        kept.append(piece._replace(prefix=may_go_on))
    return kept


def _joined(pieces, synonyms):
    """Join plain words that stand side by side and are together an expression with synonyms, the longest first."""
    joined = []
    while pieces:
        length = next(
            (n for n in range(min(len(pieces), LONGEST_EXPRESSION), 1, -1) if _known(pieces[:n], synonyms)), 1
        )
        together = tuple(chain.from_iterable(piece.words for piece in pieces[:length]))
        joined.append(pieces[0]._replace(words=together))
        pieces = pieces[length:]
    return joined


def _known(pieces, synonyms):
    plain = not any(piece.negative or piece.quoted or piece.prefix or piece.is_or for piece in pieces)
    expression = tuple(chain.from_iterable(piece.words for piece in pieces))
    return plain and any(form in synonyms for form in forms_of(expression))


def _term(piece, language, synonyms):
    same = {}
    if not piece.quoted and not piece.prefix:
        same = dict.fromkeys(chain.from_iterable(synonyms.get(form, ()) for form in forms_of(piece.words)))
    phrases = dict.fromkeys(chain.from_iterable(_forms(each, piece, language) for each in (piece.words, *same)))
    return Term(tuple(phrases), piece.words, piece.prefix)


def _forms(expression, piece, language):
    """Yield what may stand in the index for an expression, the reader's language raising the rank."""
    if piece.prefix:
        yield tuple(token(word) for word in expression)
        return
    yield from forms_of(expression)
    yield tuple(in_language(stem(word, language), language) for word in expression)
