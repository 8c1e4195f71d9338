"""The tables of a file: the practices, one table for each kind of row that belongs to them, and the long table."""

from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from catalogue.exports.batches import Rows
from catalogue.exports.columns import adaptations, cell_readers as read, evidence, frameworks, participants
from catalogue.exports.columns.base import Column
from catalogue.exports.columns.cell_readers import Reader
from catalogue.exports.columns.kinds import Kind, Source
from catalogue.exports.columns.practice import COLUMNS
from catalogue.exports.columns.shared import ADDRESS_COLUMNS, ORDER, code_and_label


class Table(NamedTuple):
    """A table under a name that stays, with its label and its columns."""

    name: str
    label: str | Promise
    columns: list
    rows_of: Callable  # (practices, plan) -> batch of its rows
    of_practices: bool = False  # whether a practice is a row of it
    relation: str = ""  # of the practice to its rows


def belonging(name, label, columns, relation):
    """Return the table of the rows of a relation."""
    return Table(name, label, columns, lambda practices, plan: Rows(practices, relation, plan), relation=relation)


PRACTICES = Table("practices", _("Practices"), COLUMNS, lambda practices, plan: practices, of_practices=True)
RELATED = {
    table.name: table
    for table in (
        belonging("results", _("Results"), evidence.RESULTS, "results"),
        belonging("organisations", _("Organisations"), participants.ORGANISATIONS, "practice_organisations"),
        belonging("countries", _("Countries"), participants.COUNTRIES, "practice_countries"),
        belonging("places", _("Places"), participants.PLACES, "places"),
        belonging("networks", _("Networks"), participants.NETWORKS, "practice_networks"),
        belonging("legal_instruments", _("Legal instruments"), evidence.INSTRUMENTS, "legal_instruments"),
        belonging(
            "classifications",
            _("Classifications by framework"),
            frameworks.CLASSIFICATIONS,
            "classifications",
        ),
        belonging("links", _("Links"), evidence.LINKS, "links"),
        belonging("sources", _("Sources"), evidence.SOURCES, "citations"),
        belonging("notes", _("Editor’s notes"), evidence.NOTES, "editors_notes"),
        belonging("presentations", _("Presentations at meetings"), adaptations.PRESENTATIONS, "presentations"),
        belonging("adaptations", _("Adaptations"), adaptations.ADAPTATIONS, "adaptations"),
    )
}

IMPORTED = {
    name: table for name, table in RELATED.items() if any(column.imported_as for column in table.columns)
}  # by imports

# One row for each value


VARIABLES = {  # variable of the long table -> {its column: the column of the variable's own table}
    "networks": {"order": "order", "item": "network", "item_label": "network_name"},
    **{
        table: {
            "order": "order",
            "item": name,
            "item_label": f"{name}_name",
            "role": "role",
            "role_label": "role_label",
        }
        for table, name in (("countries", "country"), ("organisations", "organisation"))
    },
    "results": {
        "order": "order",
        "item_label": "indicator",
        "role": "kind",
        "role_label": "kind_label",
        **{name: name for name in ("qualifier", "qualifier_label", "value", "unit", "period", "as_of", "as_printed")},
    },
    "presentations": {"item": "meeting", "item_label": "meeting_name", "role": "kind", "role_label": "kind_label"},
    "adaptations": {"item": "country", "item_label": "country_name", "role": "stage", "role_label": "stage_label"},
}


class Values(Rows):
    """The rows of the variables that belong to a batch of practices: those of the first practice first."""

    def __init__(self, practices, plan):
        self.practices = practices
        self.parts = {name: RELATED[name].rows_of(practices, part) for name, part in plan.parts.items()}
        places = list(chain.from_iterable(part.places for part in self.parts.values()))
        self.order = sorted(range(len(places)), key=places.__getitem__)  # stable: the variables keep their order
        self.places = [places[row] for row in self.order]

    def collected(self, cells_of):
        """Return the cells that ``cells_of(variable, rows)`` gives, in the order of these rows."""
        cells = list(chain.from_iterable(cells_of(name, rows) for name, rows in self.parts.items()))
        return [cells[row] for row in self.order]


def variable(batch, words):
    return batch.collected(lambda name, rows: [name] * len(rows))


def variable_in_words(batch, words):
    with words.active():
        return batch.collected(lambda name, rows: [str(RELATED[name].label)] * len(rows))


def across(name):
    """Return a reader of a column of the long table: each variable fills it from a column of its own table, or not."""
    parts = {
        variable: next(column.read for column in RELATED[variable].columns if column.name == columns[name])
        for variable, columns in VARIABLES.items()
        if name in columns
    }

    def cells(batch, words):
        return batch.collected(
            lambda variable, rows: parts[variable].cells(rows, words) if variable in parts else [""] * len(rows)
        )

    return Reader(cells, parts=parts, localized=any(reader.localized for reader in parts.values()))


LONG_COLUMNS = [
    *(column._replace(read=read.of_practice(column.read)) for column in ADDRESS_COLUMNS),
    *code_and_label(
        ("variable", "variable_label"),
        (_("Variable"), _("Name of the variable")),
        (Reader(variable), Reader(variable_in_words, localized=True)),
        _("Type of information in the row."),
        lambda words: {name: RELATED[name].label for name in VARIABLES},
        source=Source.GIVEN,
    ),
    ORDER._replace(read=across("order")),
    Column(
        "item",
        _("Item (code)"),
        across("item"),
        _("Code of the network, State, organisation or meeting; empty for figures."),
        Kind.CODE,
    ),
    Column(
        "item_label",
        _("Item"),
        across("item_label"),
        _("Name of the network, State, organisation or meeting; for figures, the indicator."),
    ),
    *code_and_label(
        ("role", "role_label"),
        (_("Role or type (code)"), _("Role or type")),
        (across("role"), across("role_label")),
        _("Role of the State or organisation, type of figure or presentation, or stage of the adaptation."),
    ),
    *(
        column._replace(read=across(column.name))
        for column in evidence.RESULTS
        if column.name in VARIABLES["results"] and column.name not in ("order",)
    ),
]
LONG = Table("values", _("Values"), LONG_COLUMNS, Values)

RECORDS = Table(
    "records",
    _("Versions of the records"),
    [
        ADDRESS_COLUMNS[0],
        Column(
            "updated",
            pgettext_lazy("date", "Updated"),
            read.moment("updated"),
            _("Date and time of the last change; they show which version of the record the file contains."),
            Kind.MOMENT,
            Source.GIVEN,
        ),
    ],
    lambda practices, plan: practices,
    of_practices=True,
)
