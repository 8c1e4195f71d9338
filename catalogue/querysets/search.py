"""Search among practices, by the index of the database: which match a query, and which match best."""

from django.db import connections

from catalogue.querysets.expressions import JoinedKeys
from catalogue.querysets.relations import Relations
from catalogue.querysets.search_engines import ENGINES


class PracticeSearch(Relations):
    """Search of ``PracticeQuerySet``; a ``query`` is a ``Query`` of ``catalogue.text.search_query``."""

    def matching(self, query):
        """Keep the practices that match a query; an empty query matches none."""
        if not query.clauses:
            return self.none()
        # a subquery: joined to the index, SQLite would read it once for every practice
        rows = self._related(self._engine.index).filter(self._engine.condition(query))
        return self.filter(pk__in=rows.values("practice"))

    def search_keys(self, query):
        """Return the primary keys of the practices that match a query, published or not, from the index alone."""
        # as one text: a row for each of thousands takes three times as long to read
        joined = self._engine.read(self._in_index(query), lambda rows: rows.aggregate(keys=JoinedKeys("practice")))
        return list(map(int, joined["keys"].split(","))) if joined["keys"] else []

    def search_ranks(self, query):
        """Return ``(primary key, rank)`` of these practices, unordered; the lowest rank is the best."""
        rows = self._in_index(query, ranked=True)
        return self._engine.read(rows.values_list("practice", self._engine.rank(query)))

    def _in_index(self, query, *, ranked=False):
        return self._related(self._engine.index).using(self.db).filter(self._engine.condition(query, ranked=ranked))

    def by_relevance(self, query):
        """Sort by rank, best first; for practices that ``matching`` has filtered."""
        index = f"{self._engine.index}__"
        return self.filter(self._engine.condition(query, index, ranked=True)).order_by(
            self._engine.rank(query, index), "code"
        )

    @property
    def _engine(self):
        return ENGINES[connections[self.db].vendor]
