"""The rows of a file, some hundred at a time, as plain lists: ``batch["title", "es"]`` are the titles of all of them.

No object is built for a single row: columns are read, joined and written as whole lists, so that a file of a hundred
thousand rows costs little more than fetching them, and the memory of one batch.
"""

from array import array
from collections import defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from catalogue.models import Practice
from catalogue.querysets.expressions import Keys, language_of, plain_rows
from catalogue.querysets.prepared import PreparedRows
from catalogue.text.languages import CONTENT_LANGUAGES

BATCH = 150  # practices with their texts, less than 1 MB
AT_ONCE = 1000  # practices whose light relations are fetched together
AHEAD = 1  # batches that a server finds before they are read
STATUSES = tuple(f"translation_status_{language}" for language in CONTENT_LANGUAGES)


class Plan:
    """What is fetched of each row: fields and expressions under a name of ours, and the key of its practice."""

    def __init__(self, key, **columns):
        self.key = key
        self.columns = columns
        self.parts = {}
        self._prepared = None

    def add(self, reader, words):
        """Fetch what a reader needs in a language."""
        self.columns.update((field, field) for field in reader.fields)
        self.columns.update(reader.expressions)
        for field in reader.texts:
            self.columns[field, words.language] = words.text_of(field)
        for field in reader.origins:
            self.columns[field, words.language, "language"] = language_of(field, words.language)
        for variable, part in reader.parts.items():
            self.parts.setdefault(variable, Plan(self.key)).add(part, words)

    def prepared(self, records):
        """Return the rows of any keys as tuples, in the order of the columns; the key of the practice comes last.

        ``records`` is a queryset method of the practices that accepts ``Keys``.
        """
        if self._prepared is None:
            self._prepared = PreparedRows(plain_rows(records(Keys()), *self.columns.values(), self.key))
        return self._prepared

    def lists(self, rows):
        """Return ``{column: [value of each row]}``."""
        names = [*self.columns, self.key]
        return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


class Related:
    """The rows that belong to some thousand practices; each relation is fetched when it is first read.

    ``queries`` are the prepared queries of a file: those that its first practices needed start ahead for the others.
    """

    def __init__(self, keys, queries, thread):
        self.keys = keys
        self._queries = queries
        self._started = {name: query.start(keys, thread) for name, query in queries.items()}
        self._found = {}

    def rows(self, accessor, *columns):
        """Return ``{practice: [rows of the relation]}``, each row with the columns asked for and the practice's key."""

        def query():
            return PreparedRows(plain_rows(Practice.objects.related_rows(Keys(), accessor), *columns, "practice_id"))

        return self._read((accessor, *columns), query, grouped)

    def planned(self, accessor, plan):
        """Return ``{practice: [rows of the relation]}``, each row as a plan has it."""
        records = partial(Practice.objects.related_rows, accessor=accessor)
        return self._read((accessor, plan), lambda: plan.prepared(records), grouped)

    def terms(self, field):
        """Return ``{practice: "5,9"}``: the keys of its terms of a vocabulary as the database joins them."""
        return self._read(field, lambda: PreparedRows(Practice.objects.term_keys(Keys(), field)), dict)

    def _read(self, name, query, form):
        if name not in self._found:
            if name not in self._started:
                self._queries[name] = query()
                self._started[name] = partial(self._queries[name].of, self.keys)
            self._found[name] = form(self._started.pop(name)())
        return self._found[name]


class Practices:
    """A batch of published practices, in the order of their keys, with the rows that belong to them."""

    def __init__(self, keys, related, plan, rows):
        found = {row[-1]: row for row in rows if row[0]}  # is published
        rows = [found[key] for key in keys if key in found]  # one may have been withdrawn meanwhile
        self.values = plan.lists(rows)
        self.keys = self.values["pk"]
        self._related = related
        self._of_each = {}

    def __getitem__(self, column):
        return self.values[column]

    def __len__(self):
        return len(self.keys)

    @property
    def practices(self):
        return self  # an attribute would be a reference cycle, and hold the texts until Python collects it

    def spread(self, cells):
        """Return the cell of the practice to which each row belongs."""
        return cells

    def related(self, accessor, *columns):
        """Return for each practice the rows of a relation; see ``Related.rows``."""
        return self._each((accessor, *columns), lambda: self._related.rows(accessor, *columns), ())

    def planned(self, accessor, plan):
        """Return for each practice the rows of a relation; see ``Related.planned``."""
        return self._each((accessor, plan), lambda: self._related.planned(accessor, plan), ())

    def terms(self, field):
        """Return for each practice the keys of its terms of a vocabulary; see ``Related.terms``."""
        return self._each(field, lambda: self._related.terms(field), "")

    def _each(self, name, found, nothing):
        """Return the value of each practice out of ``{practice: value}``, which several columns read."""
        if name not in self._of_each:
            values = found()
            every = [values.get(key, nothing) for key in self.keys] if values else [nothing] * len(self.keys)
            self._of_each[name] = every
        return self._of_each[name]


class Rows:
    """The rows of one relation that belong to a batch of practices."""

    def __init__(self, practices, accessor, plan):
        self.practices = practices
        groups = practices.planned(accessor, plan)
        self.values = plan.lists(list(chain.from_iterable(groups)))
        self.places = list(chain.from_iterable([place] * len(group) for place, group in enumerate(groups)))

    def __getitem__(self, column):
        return self.values[column]

    def __len__(self):
        return len(self.places)

    def spread(self, cells):
        """Return the cell of the practice to which each row belongs."""
        return [cells[place] for place in self.places]


def keys_of(practices):
    """Return the primary keys of practices in their order, eight bytes each."""
    return array("q", practices.primary_keys().iterator(chunk_size=2000))


def in_batches(keys, plan):
    """Yield the practices with these keys in batches; a server finds the next ones meanwhile."""
    waiting = deque()
    with ThreadPoolExecutor(1) as thread:
        for some, related, rows in _started(keys, plan, thread):
            waiting.append((some, related, rows))
            if len(waiting) > AHEAD:
                yield _read(plan, *waiting.popleft())
        while waiting:
            yield _read(plan, *waiting.popleft())


def _started(keys, plan, thread):
    """Yield the keys of each batch, what belongs to it, and what returns its rows."""
    query, queries = plan.prepared(Practice.objects.among), {}
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE].tolist()
        related = Related(Keys(some), queries, thread)
        for start in range(0, len(some), BATCH):
            batch = some[start : start + BATCH]
            yield batch, related, query.start(Keys(batch), thread)


def _read(plan, keys, related, rows):
    return Practices(keys, related, plan, rows())


def grouped(rows):
    """Return ``{practice: [its rows]}`` of rows that end in the key of their practice."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[-1]].append(row)
    return groups
