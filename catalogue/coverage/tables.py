"""What the catalogue covers, counted: network by country, objective by country, years, status by evidence.

Every count is that of the list which the same filters give, so each cell can be its link. The sets come from
``catalogue.listing.bitsets``; the years are counted from one grouped query.
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
from catalogue.listing.bitsets import snapshot_of
from catalogue.listing.filters import practices_for
from catalogue.listing.paging import query_of
from catalogue.models import Practice


class Cell(NamedTuple):
    """A count, the list it counts, what it counts in words, and its step of colour: 0 for none, 1 to 4."""

    count: int
    query: str
    words: str
    step: int = 0


class Row(NamedTuple):
    """A row of a table; ``total`` is ``None`` where the columns are not parts of one thing."""

    heading: Heading
    cells: list
    total: Cell | None = None


class Table(NamedTuple):
    """A table of counts. Its name is its address as a file, the same in every language."""

    name: str
    title: str
    down: Axis
    across: Axis
    rows: list
    totals: list
    key: list  # the steps of colour in words

    @property
    def empty_rows(self):
        """The headings of the rows without a practice."""
        return [row.heading for row in self.rows if not row.total.count]

    @property
    def empty_columns(self):
        """The headings of the columns without a practice."""
        totals = self.totals[: len(self.across.headings)]  # the last is that of the whole table
        return [heading for heading, total in zip(self.across.headings, totals, strict=True) if not total.count]


class Figures(NamedTuple):
    """The catalogue, or the part of it that some filters keep, in a few numbers; years are those of known starts."""

    practices: int
    countries: int
    networks: int
    with_figures: int
    query: str
    query_with_figures: str
    first_year: int | None
    last_year: int | None


# The sets behind the counts


def kept(snapshot, filters):
    """Return the set of practices that all ``(parameter, value)`` keep."""
    return snapshot.common(snapshot.choice(name, value) for name, value in filters)


def kept_by_any(snapshot, filters):
    """Return the set that the list keeps where a parameter may repeat: its values are alternatives."""
    values = {}
    for name, value in filters:
        values.setdefault(name, []).append(value)
    return snapshot.common(snapshot.any_of(name, several) for name, several in values.items())


# Tables


def networks_by_country(version):
    """Return the matrix of States and networks."""
    states, networks = country_axis(member_states(version)), network_axis(active_networks(version))
    return crossed("networks-countries", _("Networks and States"), states, networks, version)


def objectives_by_country(version):
    """Return the matrix of Global Compact objectives and States."""
    title = _("Objectives of the Global Compact and States")
    return crossed(
        "gcm-countries", title, term_axis(version, Scheme.GCM), country_axis(member_states(version)), version
    )


def goals_by_network(version):
    """Return the matrix of Sustainable Development Goals and networks."""
    networks = network_axis(active_networks(version))
    return crossed(
        "networks-sdg",
        _("Networks and Sustainable Development Goals"),
        term_axis(version, Scheme.SDG),
        networks,
        version,
    )


def status_by_evidence(version):
    """Return the matrix of operational statuses and evidence levels."""
    return crossed(
        "status-evidence",
        _("Operational status and evidence"),
        choice_axis("status", _("Operational status"), OperationalStatus),
        choice_axis("evidence", _("Evidence level"), Evidence),
        version,
    )


def years(version):
    """Return how many practices ran in each year and how many had begun by its end, as far as periods are known."""
    periods = periods_of(Practice.objects.published().per_period())
    step = Steps(period.running for period in periods)
    ran, begun = measures = [
        Heading("running", _("Running in the period"), ()),
        Heading("begun", _("Started by the end of the period"), ()),
    ]

    def row(period):
        by_its_end = ("to", period.last)
        in_it = query_of([("from", period.first), by_its_end])
        cells = [
            Cell(period.running, in_it, words_of(period.running, period.label, ran.label), step.of(period.running)),
            Cell(period.begun, query_of([by_its_end]), words_of(period.begun, period.label, begun.label)),
        ]
        return Row(Heading(period.label, period.label, ()), cells)

    rows = [row(period) for period in periods]
    down = Axis("year", _("Year"), [row.heading for row in rows])
    return Table("years", _("Years"), down, Axis("measure", _("Measure"), measures), rows, totals=[], key=[])


def editions(version):
    """Return how the catalogue grew: what each edition brought, and what was there by then, also with figures."""
    axis = edition_axis(version)
    brought, whole, figured = measures = [
        Heading("brought", _("Added by this edition"), ()),
        Heading("by_then", _("Cumulative total"), ()),
        Heading("with_figures", _("Of these, with figures on effects"), ()),
    ]
    snapshot, rows, until = snapshot_of(version), [], []

    def cell(filters, label, measure):
        total = kept_by_any(snapshot, filters).bit_count()
        return Cell(total, query_of(filters), words_of(total, label, measure.label))

    for heading in axis.headings:
        until = [*until, *heading.filters]
        levels = [("evidence", level) for level in ON_EFFECTS]
        asked = ((heading.filters, brought), (until, whole), ([*until, *levels], figured))
        rows.append(Row(heading, [cell(filters, heading.label, measure) for filters, measure in asked]))
    return Table("editions", _("Growth by edition"), axis, Axis("measure", _("Measure"), measures), rows, [], [])


TABLES = {
    "networks-countries": networks_by_country,
    "gcm-countries": objectives_by_country,
    "networks-sdg": goals_by_network,
    "years": years,
    "editions": editions,
    "status-evidence": status_by_evidence,
}


def crossed(name, title, down, across, version):
    """Return the table in which each cell holds the filters of its row and of its column."""
    snapshot = snapshot_of(version)

    def count(*headings):
        return kept(snapshot, filters_of(headings)).bit_count()

    def cell(*headings):
        total = count(*headings)
        words = words_of(total, *(heading.label for heading in headings))
        return Cell(total, query_of(filters_of(headings)), words, step.of(total))

    step = Steps(count(row, column) for row in down.headings for column in across.headings)
    rows = [
        Row(heading, [cell(heading, column) for column in across.headings], cell(heading)) for heading in down.headings
    ]
    totals = [cell(column) for column in across.headings]
    return Table(name, title, down, across, rows, [*totals, cell()], step.key)


def filters_of(headings):
    return [pair for heading in headings for pair in heading.filters]


def words_of(count, *labels):
    """Return what a cell counts, as a sentence that begins with the number it shows."""
    words = {"total": count, "what": ", ".join(labels) or _("the full catalogue")}
    if not count:
        return _("0, none documented: %(what)s") % words
    return ngettext("%(total)s practice: %(what)s", "%(total)s practices: %(what)s", count) % words


# Numbers


def figures(version, *filters):
    """Return the ``Figures`` of what all ``(parameter, value)`` keep."""
    snapshot = snapshot_of(version)
    practices = kept(snapshot, filters)
    first_year, last_year = practices_for(dict(filters), version).qs.years_of_start()
    return Figures(
        practices=practices.bit_count(),
        countries=len(covered(practices, snapshot, country_axis(member_states(version)))),
        networks=len(covered(practices, snapshot, network_axis(active_networks(version)))),
        with_figures=(practices & snapshot.any_of("evidence", ON_EFFECTS)).bit_count(),
        query=query_of(filters),
        query_with_figures=query_of([*filters, *(("evidence", level) for level in ON_EFFECTS)]),
        first_year=first_year,
        last_year=last_year,
    )


def covered(practices, snapshot, axis):
    """Return the headings of an axis that any of the practices belongs to."""
    return [heading for heading in axis.headings if practices & snapshot.choice(axis.parameter, heading.code)]


def counted(axis, version, *filters):
    """Return ``[(heading, Cell)]`` for one axis among the practices that the filters keep."""
    snapshot = snapshot_of(version)
    among = kept(snapshot, filters)

    def cell(heading):
        total = (among & kept(snapshot, heading.filters)).bit_count()
        return Cell(total, query_of([*filters, *heading.filters]), words_of(total, heading.label))

    return [(heading, cell(heading)) for heading in axis.headings]
