"""The rows of the files of the coverage page: its tables of counts and its timeline, codes beside labels."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.choices import OperationalStatus
from catalogue.exports.batches import keys_of
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader
from catalogue.exports.labels import Wording
from catalogue.exports.layout import practices_in
from catalogue.exports.records import Records
from catalogue.text.languages import content_language


def table_rows(table):
    """Yield header and rows of a ``Table``, one row per cell, with the address of the list that the cell counts."""
    practices = f"{settings.SITE_URL}{reverse('practice_list')}"
    yield [table.down.parameter, _headed(table.down), table.across.parameter, _headed(table.across), "count", "url"]
    for row in table.rows:
        for heading, cell in zip(table.across.headings, row.cells, strict=True):
            down = [row.heading.code, row.heading.label]
            yield [*down, heading.code, heading.label, str(cell.count), f"{practices}{cell.query}"]


TIMELINE = {
    "code": read.stored("code"),
    "title": read.text("title"),
    "country": read.joined(read.countries(CODE)),
    "country_label": read.joined(read.countries(NAME)),
    "start": read.stored("start"),
    "end": read.stored("end"),
    "period": Reader(read.period, ("start", "end", "status")),
    "status": read.stored("status"),
    "status_label": read.label("status", OperationalStatus),
    "source_year": read.optional("edition__year"),
    "url": Reader(read.permanent_url, ("code",)),
}


def timeline_rows(practices):
    """Yield header and rows of the timeline, one row per practice, those without a known start at the end."""
    labels = {"country_label": _("Country"), "period": _("Period"), "status_label": _("Operational status")}
    yield [f"{labels[name]} [{name}]" if name in labels else name for name in TIMELINE]
    timeline = Records(TIMELINE, Wording(content_language()))
    for batch in practices_in(keys_of(practices.by_start()), [timeline]):
        for record in timeline.records(batch):
            yield [str(cell) for cell in record.values()]


def _headed(axis):
    return f"{axis.label} [{axis.parameter}_label]"
