"""What the catalogue covers: tables of counts, each cell the list it counts, each table a file."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.coverage import tables as counting
from catalogue.coverage.charts import columns, timeline
from catalogue.exports.coverage_tables import table_rows, timeline_rows
from catalogue.exports.text_tables import TABLE_FORMATS
from catalogue.models import Practice
from catalogue.views.files import from_cache

DRAWN = 40  # practices on the timeline of the page; its file holds all of them
TIMELINE = "timeline"


@require_safe
@versioned
def coverage(request):
    """Networks, objectives, years, statuses and evidence by what is documented, and when each practice ran."""
    tables = {name: count(request.version) for name, count in counting.TABLES.items()}
    years = tables["years"]
    bars, whole = drawn(Practice.objects.published())
    return render(
        request,
        "catalogue/coverage.html",
        {
            "figures": counting.figures(request.version),
            "matrices": [table for name, table in tables.items() if name not in ("years", "editions")],
            "states": len(tables["networks-countries"].rows),
            "networks": len(tables["networks-countries"].across.headings),
            "years": years,
            "editions": tables["editions"],
            "last_year": years.rows[-1].heading.label if years.rows else "",
            "columns": columns([(row.heading.label, row.cells[0].count) for row in years.rows]),
            "timeline": bars,
            "timeline_is_whole": whole,
        },
    )


@require_safe
@versioned
def coverage_file(request, table, extension):
    """One table of the page, or its timeline, as a file."""
    write = TABLE_FORMATS.get(extension)
    if write is None or table not in (TIMELINE, *counting.TABLES):
        raise Http404
    return from_cache(request, lambda: write(table, rows_of(table, request.version)))


def rows_of(table, version):
    """Return header and rows of a table of the page or of its timeline."""
    if table == TIMELINE:
        return timeline_rows(Practice.objects.published())
    return table_rows(counting.TABLES[table](version))


def drawn(practices):
    """Return the timeline of the practices that began last and of those without a known start, and whether of all."""
    dated = list(practices.with_known_start().by_start(latest_first=True).for_listing()[: DRAWN + 1])
    undated = list(practices.without_known_start().by_code().for_listing()[: DRAWN + 1])
    whole = len(dated) <= DRAWN and len(undated) <= DRAWN
    return timeline([*dated[:DRAWN], *undated[:DRAWN]]), whole
