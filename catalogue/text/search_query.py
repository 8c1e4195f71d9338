"""The query language of the search: words, "phrases", -excluded words, OR, and a prefix*. No text is an error."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from catalogue.text.languages import CONTENT_LANGUAGES
from catalogue.text.search_tokens import STOP_WORDS, ranking_token, stem, token, words

LONGEST_EXPRESSION = 8  # words of an expression with synonyms
SHORTEST_PREFIX = 2  # letters; with one, the index looks through most of its words
MOST_PREFIXES = 3  # of a text: each takes as long as twenty words
_QUOTES = '"“”„«»'  # also those that telephones and word processors put in
_PIECE = re.compile(rf"(-?)[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|(\S+)")


Expression = tuple[str, ...]  # folded words in order
Synonyms = Mapping[Expression, list[Expression]]  # form of an expression -> expressions that mean the same


class Term(NamedTuple):
    """A term of a query: sequences of tokens, any of which matches; ``prefix`` when the last token is a prefix.

    Those in ``ranking`` occur only where one of ``phrases`` does, and raise the rank there.
    """

    phrases: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    prefix: bool = False
    ranking: tuple[tuple[str, ...], ...] = ()


class Query(NamedTuple):
    """A search query: one term of every clause must occur, and no excluded term."""

    clauses: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all clauses, without the excluded ones."""
        return tuple(chain.from_iterable(self.clauses))


def parse(text: str, *, language: str, synonyms: Synonyms | None = None) -> Query:
    """Return the ``Query`` of a text written by a reader of ``language``.

    ``synonyms`` maps each form of an expression (see ``forms_of``) to the expressions that mean the same.
    Stop words are left out, unless they are quoted or all there is. Only the first three prefixes count as such, of two
    letters or more; any other is a whole word.
    """
    synonyms = synonyms or {}
    clauses: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    alternative = False
    pieces = _join_expressions(_limit_prefixes(map(_parse_piece, _PIECE.finditer(text))), synonyms)
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


def excluded_in(text: str) -> list[tuple[int, int]]:
    """Return where the excluded terms of a text begin and end, as ``[(start, end)]``."""
    return [match.span() for match in _PIECE.finditer(text) if _parse_piece(match).negative]


def forms_of(expression: Expression) -> dict[Expression, None]:
    """Return a sequence of folded words as it is written and as each language would index it."""
    written = tuple(token(word) for word in expression)
    return dict.fromkeys([written, *(tuple(stem(word, code) for word in expression) for code in CONTENT_LANGUAGES)])


class _Piece(NamedTuple):
    """A word or a quotation as it is typed."""

    words: tuple[str, ...]
    negative: bool
    quoted: bool
    prefix: bool
    is_or: bool


def _parse_piece(match: re.Match[str]) -> _Piece:
    minus, quoted, plain = match.groups()
    if plain is None:
        return _Piece(tuple(words(quoted)), bool(minus), True, False, False)
    negative = plain.startswith("-") and len(plain) > 1
    found = tuple(words(plain))
    return _Piece(found, negative, False, bool(found) and plain.endswith("*"), plain == "OR")


def _limit_prefixes(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return pieces of which only the first few are prefixes."""
    limited, left = [], MOST_PREFIXES
    for piece in pieces:
        is_prefix = piece.prefix and bool(left) and len(piece.words[-1]) >= SHORTEST_PREFIX
        left -= is_prefix
        limited.append(piece._replace(prefix=is_prefix))
    return limited


def _join_expressions(pieces: list[_Piece], synonyms: Synonyms) -> list[_Piece]:
    """Join neighbouring words that are together an expression with synonyms, the longest first."""
    joined = []
    while pieces:
        length = next(
            (n for n in range(min(len(pieces), LONGEST_EXPRESSION), 1, -1) if _has_synonyms(pieces[:n], synonyms)), 1
        )
        together = tuple(chain.from_iterable(piece.words for piece in pieces[:length]))
        joined.append(pieces[0]._replace(words=together))
        pieces = pieces[length:]
    return joined


def _has_synonyms(pieces: list[_Piece], synonyms: Synonyms) -> bool:
    plain = not any(piece.negative or piece.quoted or piece.prefix or piece.is_or for piece in pieces)
    expression = tuple(chain.from_iterable(piece.words for piece in pieces))
    return plain and any(form in synonyms for form in forms_of(expression))


def _term(piece: _Piece, language: str, synonyms: Synonyms) -> Term:
    if piece.prefix:
        return Term((tuple(token(word) for word in piece.words),), piece.words, prefix=True)
    same: Iterable[Expression] = ()
    if not piece.quoted:
        same = chain.from_iterable(synonyms.get(form, ()) for form in forms_of(piece.words))
    expressions = list(dict.fromkeys((piece.words, *same)))
    phrases = dict.fromkeys(chain.from_iterable(map(forms_of, expressions)))
    ranking = dict.fromkeys(_ranking_tokens(each, language) for each in expressions)
    return Term(tuple(phrases), piece.words, ranking=tuple(ranking))


def _ranking_tokens(expression: Expression, language: str) -> Expression:
    """Return the tokens of an expression in the titles and summaries of the reader's language."""
    return tuple(ranking_token(stem(word, language), language) for word in expression)
