"""The rows of a file, some hundred at a time, as plain lists: ``batch["title", "es"]`` are the titles of all of them.

No object is built for a single row: columns are read, joined and written as whole lists, so that a file of a hundred
thousand rows costs little more than fetching them, and the memory of one batch.
"""

from array import array
from collections import defaultdict
from functools import partial
from itertools import chain

from catalogue.models import Practice
from catalogue.querysets.expressions import Keys, language_of, plain_rows
from catalogue.text.languages import CONTENT_LANGUAGES

BATCH = 150  # practices with their texts, less than 1 MB
AT_ONCE = 1000  # practices whose light relations are fetched together: to build a query takes as long as to run it
STATUSES = tuple(f"translation_status_{language}" for language in CONTENT_LANGUAGES)


class Plan:
    """What is fetched of each row: fields and expressions under a name of ours, and the key of its practice."""

    def __init__(self, key, **columns):
        self.key = key
        self.columns = columns
        self.parts = {}
        self._query = Keys(), None

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

    def fetch(self, records, keys):
        """Return the rows as tuples, in the order of the columns; the key of the practice comes last.

        ``records`` is a queryset method of the practices that accepts ``Keys``. It is called once for all batches: to
        build so long a query takes the time of running it for a hundred practices.
        """
        some, rows = self._query
        if rows is None:
            rows = plain_rows(records(some), *self.columns.values(), self.key)
            self._query = some, rows
        some.keys = keys
        return rows.all()

    def lists(self, rows):
        """Return ``{column: [value of each row]}``."""
        names = [*self.columns, self.key]
        return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


class Related:
    """The rows that belong to some thousand practices; each relation is fetched when it is first read."""

    def __init__(self, keys):
        self.keys = keys
        self._found = {}

    def rows(self, accessor, *columns):
        """Return ``{practice: [rows of the relation]}``, each row with the columns asked for and the practice's key."""
        name = accessor, *map(str, columns)
        if name not in self._found:
            records = Practice.objects.related_rows(Keys(self.keys), accessor)
            self._found[name] = grouped(plain_rows(records, *columns, "practice_id"))
        return self._found[name]

    def planned(self, accessor, plan):
        """Return ``{practice: [rows of the relation]}``, each row as a plan has it."""
        if (accessor, plan) not in self._found:
            rows = plan.fetch(partial(Practice.objects.related_rows, accessor=accessor), self.keys)
            self._found[accessor, plan] = grouped(rows)
        return self._found[accessor, plan]

    def terms(self, field):
        """Return ``{practice: "5,9"}``: the keys of its terms of a vocabulary as the database joins them."""
        if field not in self._found:
            self._found[field] = dict(Practice.objects.term_keys(Keys(self.keys), field))
        return self._found[field]


class Practices:
    """A batch of published practices, in the order of their keys, with the rows that belong to them."""

    def __init__(self, keys, related, plan):
        found = {row[-1]: row for row in plan.fetch(Practice.objects.among, keys) if row[0]}  # is published
        rows = [found[key] for key in keys if key in found]  # one may have been withdrawn meanwhile
        self.values = plan.lists(rows)
        self.keys = self.values["pk"]
        self._related = related

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
        return self.each(self._related.rows(accessor, *columns), ())

    def planned(self, accessor, plan):
        """Return for each practice the rows of a relation; see ``Related.planned``."""
        return self.each(self._related.planned(accessor, plan), ())

    def terms(self, field):
        """Return for each practice the keys of its terms of a vocabulary; see ``Related.terms``."""
        return self.each(self._related.terms(field), "")

    def each(self, values, nothing):
        """Return the value of each practice out of ``{practice: value}``."""
        return [values.get(key, nothing) for key in self.keys] if values else [nothing] * len(self.keys)


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
    """Yield the practices with these keys in batches."""
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE].tolist()
        related = Related(some)
        for start in range(0, len(some), BATCH):
            yield Practices(some[start : start + BATCH], related, plan)


def grouped(rows):
    """Return ``{practice: [its rows]}`` of rows that end in the key of their practice."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[-1]].append(row)
    return groups
