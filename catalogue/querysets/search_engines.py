"""The two engines behind one interface: how a ``Query`` filters and ranks practices in PostgreSQL and in SQLite.

The interface is documented at ``PostgresEngine``. Tokens are letters and digits only, so nothing a person types can be
syntax of an engine.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramDistance
from django.db import connections, transaction
from django.db.models import F, Q, QuerySet

from catalogue.text.search_query import Query, Term

WEIGHTS = (0.05, 0.2, 0.4, 1.0)  # body, names, summary, title: PostgreSQL's D, C, B, A


class PostgresEngine:
    """A weighted ``tsvector`` with a GIN index."""

    index = "postgres_index"  # the relation from a practice to its row of the index

    @staticmethod
    def condition(query: Query, prefix: str = "", *, ranked: bool = False) -> Q:
        """Return the condition on the index, or on a practice when ``prefix`` leads to the index.

        ``ranked`` if the rows are to be ranked, too: SQLite ranks by what the condition holds.
        """
        return Q(**{f"{prefix}vector": _tsquery(query)})

    @staticmethod
    def read(rows: QuerySet, fetch: Callable[[QuerySet], Any] = list) -> Any:
        """Return what ``fetch`` reads of ``rows`` of the index, by default a list of them.

        For a word that most records hold PostgreSQL would read the whole table, since its plan ignores the cost of
        unpacking every vector: ten times as long.
        """
        with transaction.atomic(using=rows.db), connections[rows.db].cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan TO off")
            return fetch(rows)

    @staticmethod
    def rank(query: Query, prefix: str = "") -> Any:
        """Return the rank of a row of the index, or of a practice if ``prefix`` leads to it; the best is the lowest."""
        return 0 - SearchRank(F(f"{prefix}vector"), _tsquery(query, ranked=True), weights=list(WEIGHTS))

    @staticmethod
    def nearness(word: str) -> tuple[Q, Any]:
        """Return the condition on words like a folded word, and what to order them by, those most like it first."""
        return Q(), TrigramDistance("word", word)


class SqliteEngine:
    """An FTS5 table whose ``rank`` column is BM25 with the weights of its columns."""

    index = "sqlite_index"

    @staticmethod
    def read(rows: QuerySet, fetch: Callable[[QuerySet], Any] = list) -> Any:
        return fetch(rows)

    @staticmethod
    def condition(query: Query, prefix: str = "", *, ranked: bool = False) -> Q:
        return Q(**{f"{prefix}row__match": _fts5(query, ranked=ranked)})

    @staticmethod
    def rank(query: Query, prefix: str = "") -> Any:
        return F(f"{prefix}rank")

    @staticmethod
    def nearness(word: str) -> tuple[Q, Any]:
        return Q(trigrams__row__match=" OR ".join(f'"{each}"' for each in trigrams(word))), F("trigrams__rank").asc()


def trigrams(word: str) -> list[str]:
    """Return the trigrams of a folded word, its ends marked by spaces, each once."""
    padded = f"  {word} "
    return list(dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2)))


ENGINES = {"postgresql": PostgresEngine, "sqlite": SqliteEngine}


def _tsquery(query: Query, *, ranked: bool = False) -> SearchQuery:
    def term(each: Term) -> str:
        star = ":*" if each.prefix else ""
        return _any_of(" <-> ".join(f"'{token}'" for token in phrase) + star for phrase in _phrases(each, ranked))

    text = " & ".join(_any_of(term(each) for each in clause) for clause in query.clauses)
    text += "".join(f" & !{term(each)}" for each in query.excluded)
    return SearchQuery(text, search_type="raw", config="simple")


def _phrases(term: Term, ranked: bool) -> tuple[tuple[str, ...], ...]:
    """Return what a term is looked for by; what raises the rank alone finds nothing more, and takes its time."""
    return (*term.phrases, *term.ranking) if ranked else term.phrases


def _any_of(alternatives: Iterable[str]) -> str:
    return f"({' | '.join(alternatives)})"


def _fts5(query: Query, *, ranked: bool = False) -> str:
    def term(each: Term) -> str:
        star = " *" if each.prefix else ""
        return " OR ".join(f'"{" ".join(phrase)}"{star}' for phrase in _phrases(each, ranked))

    text = " AND ".join(f"({' OR '.join(term(each) for each in clause)})" for clause in query.clauses)
    return text + "".join(f" NOT ({term(each)})" for each in query.excluded)
