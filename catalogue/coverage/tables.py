"""What the catalogue covers, counted: network by country, objective by country, years, status by evidence.

Every count is that of the list which the same filters give, so each cell can be its link. Counts come from the bitset
index of ``catalogue.listing``; the years are counted from one grouped query.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _, ngettext

from catalogue.choices import ON_EFFECTS, Evidence, OperationalStatus, Scheme
from catalogue.coverage.axes import (
    Axis,
    Heading,
    active_networks,
    choice_axis,
    country_axis,
    edition_axis,
    member_states,
    network_axis,
    term_axis,
)
from catalogue.coverage.charts import Steps
from catalogue.coverage.periods import periods_of
from catalogue.listing.bitsets import bitset_index
from catalogue.listing.filters import practices_for
from catalogue.listing.paging import query_of
from catalogue.models import Practice

ON_EFFECTS_FILTERS = [("evidence", level) for level in ON_EFFECTS]


class CountCell(NamedTuple):
    """A count, the query of the list it counts, what it counts in words, and its colour: 0 for none, 1 to 4."""

    count: int
    query: str
    words: str
    step: int = 0


class CountRow(NamedTuple):
    """A row of a table; ``total`` is ``None`` where the columns are not parts of one thing."""

    heading: Heading
    cells: list
    total: CountCell | None = None


class CountTable(NamedTuple):
    """A table of counts; ``name`` is that of its file, the same in every language."""

    name: str
    title: str
    down: Axis
    across: Axis
    rows: list
    totals: list = []
    key: list = []  # the steps of colour in words

    @property
    def empty_rows(self):
        """The headings of the rows without a practice."""
        return [row.heading for row in self.rows if not row.total.count]

    @property
    def empty_columns(self):
        """The headings of the columns without a practice."""
        totals = self.totals[: len(self.across.headings)]  # the last is that of the whole table
        return [heading for heading, total in zip(self.across.headings, totals, strict=True) if not total.count]


class KeyFigures(NamedTuple):
    """The catalogue, or the part of it that some filters keep, in a few numbers; years are those of known starts."""

    practices: int
    countries: int
    networks: int
    with_figures: int
    query: str
    query_with_figures: str
    first_year: int | None
    last_year: int | None


def matching_all(index, filters):
    """Return the bitset of the practices that all ``(parameter, value)`` keep."""
    return index.intersection(index.of_choice(name, value) for name, value in filters)


def matching_any(index, filters):
    """Return the bitset of what the list holds where a parameter may repeat: its values are alternatives."""
    values = {}
    for name, value in filters:
        values.setdefault(name, []).append(value)
    return index.intersection(index.of_choices(name, several) for name, several in values.items())


def count_cell(count, filters, *labels, step=0):
    """Return the cell of a count and of the list that the filters give; its words begin with the number it shows."""
    sentence = ngettext("%(total)s practice: %(what)s", "%(total)s practices: %(what)s", count)
    if not count:
        sentence = _("0, none documented: %(what)s")
    words = sentence % {"total": count, "what": ", ".join(labels) or _("the full catalogue")}
    return CountCell(count, query_of(filters), words, step)


def networks_by_country(version):
    """Return the table of States and networks."""
    states, networks = country_axis(member_states(version)), network_axis(active_networks(version))
    return cross_table("networks-countries", _("Networks and States"), states, networks, version)


def objectives_by_country(version):
    """Return the table of Global Compact objectives and States."""
    title = _("Objectives of the Global Compact and States")
    objectives, states = term_axis(version, Scheme.GCM), country_axis(member_states(version))
    return cross_table("gcm-countries", title, objectives, states, version)


def goals_by_network(version):
    """Return the table of Sustainable Development Goals and networks."""
    title = _("Networks and Sustainable Development Goals")
    goals, networks = term_axis(version, Scheme.SDG), network_axis(active_networks(version))
    return cross_table("networks-sdg", title, goals, networks, version)


def status_by_evidence(version):
    """Return the table of operational statuses and evidence levels."""
    statuses = choice_axis("status", _("Operational status"), OperationalStatus)
    levels = choice_axis("evidence", _("Evidence level"), Evidence)
    return cross_table("status-evidence", _("Operational status and evidence"), statuses, levels, version)


def cross_table(name, title, down, across, version):
    """Return the table in which each cell holds the filters of its row and of its column."""
    index = bitset_index(version)

    def filters_of(headings):
        return [pair for heading in headings for pair in heading.filters]

    def count(*headings):
        return matching_all(index, filters_of(headings)).bit_count()

    def cell(*headings):
        total, labels = count(*headings), [heading.label for heading in headings]
        return count_cell(total, filters_of(headings), *labels, step=steps.of(total))

    steps = Steps(count(row, column) for row in down.headings for column in across.headings)
    rows = [
        CountRow(heading, [cell(heading, column) for column in across.headings], cell(heading))
        for heading in down.headings
    ]
    return CountTable(name, title, down, across, rows, [*map(cell, across.headings), cell()], steps.key)


def practices_by_year(version):
    """Return how many practices ran in each year and how many had begun by its end, as far as periods are known."""
    periods = periods_of(Practice.objects.published().per_period())
    steps = Steps(period.running for period in periods)
    ran = Heading("running", _("Running in the period"), ())
    begun = Heading("begun", _("Started by the end of the period"), ())

    def row(period):
        in_it, by_its_end = [("from", period.first), ("to", period.last)], [("to", period.last)]
        step = steps.of(period.running)
        running = count_cell(period.running, in_it, period.label, ran.label, step=step)
        return CountRow(
            Heading(period.label, period.label, ()),
            [running, count_cell(period.begun, by_its_end, period.label, begun.label)],
        )

    rows = [row(period) for period in periods]
    down = Axis("year", _("Year"), [row.heading for row in rows])
    return CountTable("years", _("Years"), down, Axis("measure", _("Measure"), [ran, begun]), rows)


def growth_by_edition(version):
    """Return how the catalogue grew: what each edition brought, and what was there by then, also with figures."""
    axis = edition_axis(version)
    brought = Heading("brought", _("Added by this edition"), ())
    whole = Heading("by_then", _("Cumulative total"), ())
    figured = Heading("with_figures", _("Of these, with figures on effects"), ())
    index, rows, until = bitset_index(version), [], []
    for heading in axis.headings:
        until = [*until, *heading.filters]
        asked = ((heading.filters, brought), (until, whole), ([*until, *ON_EFFECTS_FILTERS], figured))
        cells = [
            count_cell(matching_any(index, filters).bit_count(), filters, heading.label, measure.label)
            for filters, measure in asked
        ]
        rows.append(CountRow(heading, cells))
    across = Axis("measure", _("Measure"), [brought, whole, figured])
    return CountTable("editions", _("Growth by edition"), axis, across, rows)


TABLES = {
    "networks-countries": networks_by_country,
    "gcm-countries": objectives_by_country,
    "networks-sdg": goals_by_network,
    "years": practices_by_year,
    "editions": growth_by_edition,
    "status-evidence": status_by_evidence,
}


def figures(version, *filters):
    """Return the ``KeyFigures`` of what all ``(parameter, value)`` keep."""
    index = bitset_index(version)
    practices = matching_all(index, filters)
    first_year, last_year = practices_for(dict(filters), version).qs.years_of_start()

    def covered(axis):
        return sum(bool(practices & index.of_choice(axis.parameter, heading.code)) for heading in axis.headings)

    return KeyFigures(
        practices=practices.bit_count(),
        countries=covered(country_axis(member_states(version))),
        networks=covered(network_axis(active_networks(version))),
        with_figures=(practices & index.of_choices("evidence", ON_EFFECTS)).bit_count(),
        query=query_of(filters),
        query_with_figures=query_of([*filters, *ON_EFFECTS_FILTERS]),
        first_year=first_year,
        last_year=last_year,
    )


def counted(axis, version, *filters):
    """Return ``[(heading, CountCell)]`` for one axis among the practices that the filters keep."""
    index = bitset_index(version)
    among = matching_all(index, filters)
    return [
        (
            heading,
            count_cell(
                (among & matching_all(index, heading.filters)).bit_count(), [*filters, *heading.filters], heading.label
            ),
        )
        for heading in axis.headings
    ]
