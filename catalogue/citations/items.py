"""What is cited, as CSL-JSON items: the source of every text and every file of a citation.

Specification: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _, pgettext

from catalogue.partial_dates import OPEN
from catalogue.server.absolute_urls import list_url, permanent_url
from catalogue.text.languages import HTML_LANGUAGES, content_language, localized

CslItem = dict[str, Any]


class Cited(NamedTuple):
    """What a citation says of a record, in one language; ``entities`` are the names of those that implement it."""

    code: str
    title: str
    language: str  # of the title
    short_title: str
    summary: str
    start: str
    end: str
    updated: datetime
    entities: list[str]


def practice_item(practice: Any, accessed: date | None = None) -> CslItem:
    """Return a record as CSL-JSON, with the names and the title that the page shows in the active language."""
    title = localized(practice, "title")
    cited = Cited(
        code=practice.code,
        title=title.text,
        language=title.language,
        short_title=localized(practice, "short_title").text,
        summary=localized(practice, "summary").text,
        start=practice.start,
        end=practice.end,
        updated=practice.updated,
        entities=[localized(body, "name").text for body in practice.lead_organisations],
    )
    return item_of(cited, accessed)


def item_of(cited: Cited, accessed: date | None = None) -> CslItem:
    """Return what is ``Cited`` as CSL-JSON: title, code, date of the record, period, permanent address.

    The author is the Conference, as of the whole catalogue: the text of a record is the catalogue's own, and the
    entity that implements the practice has neither written nor approved it; a note names it as what it is. A corporate
    author, and not none, because BibTeX warns without one and ABNT enters such works under the body; every style
    prints it first and the same. ``accessed`` is today by default.
    """
    conference = _("South American Conference on Migration")
    item = {
        "id": cited.code,
        "type": "report",
        "title": cited.title,
        "author": [{"literal": conference}],
        "container-title": str(settings.SITE_NAME),
        "publisher": conference,
        "genre": pgettext("kind of work that is cited", "record"),
        "number": cited.code,
        "language": HTML_LANGUAGES[cited.language],
        "issued": csl_day(cited.updated.date()),
        "accessed": csl_day(accessed or today()),
        "URL": permanent_url(cited),
    }
    return item | {name: value for name, value in _optional_fields(cited).items() if value}


def _optional_fields(cited: Cited) -> CslItem:
    entities = "; ".join(filter(None, cited.entities))
    return {
        "title-short": cited.short_title,
        "abstract": cited.summary,
        "event-date": csl_period(cited.start, cited.end),
        "note": _("Implementing entity: %(names)s") % {"names": entities} if entities else "",
    }


def list_item(filterset: Any, version: Any, *, url: str = "", accessed: date | None = None) -> CslItem:
    """Return a filtered list as CSL-JSON: its filters in words and its URL.

    ``url`` is that of a file with the list, where that is what is cited.
    """
    return _data_set_item(
        title=_("Practices") + (f" ({filterset.in_words()})" if filterset.chosen() else ""),
        url=url or list_url(filterset.known_query()),
        issued=version.changed_at.date(),
        accessed=accessed,
    )


def catalogue_item(version: Any, accessed: date | None = None) -> CslItem:
    """Return the catalogue as a whole as CSL-JSON."""
    return _data_set_item(
        title=str(settings.SITE_NAME), url=settings.SITE_URL, issued=version.changed_at.date(), accessed=accessed
    )


def _data_set_item(*, title: str, url: str, issued: date, accessed: date | None) -> CslItem:
    name = str(settings.SITE_NAME)
    item = {
        "id": f"CSM-{issued.isoformat()}",
        "type": "report",
        "title": title,
        "author": [{"literal": _("South American Conference on Migration")}],
        "genre": pgettext("kind of work that is cited", "Data set"),  # it begins a sentence wherever it is printed
        "language": HTML_LANGUAGES[content_language()],
        "issued": csl_day(issued),
        "accessed": csl_day(accessed or today()),
        "URL": url,
    }
    return item if title == name else item | {"container-title": name}


def today() -> date:
    """Return the day of access that citations state, in UTC."""
    return timezone.now().date()


def csl_day(day: date) -> CslItem:
    """Return a day as a CSL date."""
    return {"date-parts": [[day.year, day.month, day.day]]}


def csl_period(start: str, end: str) -> CslItem | None:
    """Return a period as a CSL date: as many parts as are known, and beside them the whole EDTF interval.

    CSL cannot express an open or an unknown end; ``raw`` does. ``None`` when nothing is known.
    """
    if not start and end in ("", OPEN):
        return None
    known = [_date_parts(value) for value in (start, end) if value and value != OPEN]
    return {**({"date-parts": known} if start else {}), "raw": f"{start}/{end}"}


def _date_parts(value: str) -> list[int]:
    """Return the parts of a partial date: ``[2022, 9]`` for ``2022-09``."""
    return [int(part) for part in value.split("-")]
