"""Which figures may be drawn beside one another, and why the others may not: one rule for pages and files.

Figures are comparable when they count the same thing in the same unit and each stands for one year: those of one
practice in several years, or those of several practices in one year.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _, gettext_lazy

from catalogue.charts import columns
from catalogue.choices import ResultKind
from catalogue.figures import number_in_words
from catalogue.folding import fold
from catalogue.languages import localized

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


class Chart(NamedTuple):
    """Figures that may be compared: what they count, the practice or the year they share, and their columns."""

    indicator: str
    unit: str
    shared: str
    columns: list
    rows: list  # of (label, figure in words)


def year_of(result):
    """Return the one year for which a figure stands; empty when there is none or there are several."""
    years = set(YEAR.findall(result.as_of or localized(result, "period").text))
    return years.pop() if len(years) == 1 and "/" not in localized(result, "period").text else ""


def is_dated(result):
    return bool(result.as_of or localized(result, "period").text)


OBSTACLES = (  # the first that a figure meets is the reason why it cannot be drawn, whatever stands beside it
    (
        lambda result: result.value is None,
        gettext_lazy("only printed words: what the source prints is not a number"),
    ),
    (
        lambda result: result.kind == ResultKind.NORM,
        gettext_lazy("a term that a norm sets, not a measured result"),
    ),
    (lambda result: result.kind == ResultKind.CONTEXT, gettext_lazy("describes the context, not the practice")),
    (lambda result: not localized(result, "unit").text, gettext_lazy("no unit")),
    (lambda result: not is_dated(result), gettext_lazy("the source gives no date")),
    (lambda result: not result.chartable, gettext_lazy("doubtful: see the note in the record")),
    (
        lambda result: not year_of(result),
        gettext_lazy("covers more than one year: a sum over time is not compared with the figure of one year"),
    ),
)


def why_not_alone(result):
    """Return why a figure cannot be drawn whatever stands beside it; empty when it can."""
    return next((str(words) for holds, words in OBSTACLES if holds(result)), "")


def compared(results):
    """Return ``(charts, {primary key: why a figure is in none})`` for figures fetched with their practices."""
    reasons = {result.pk: why_not_alone(result) for result in results}
    by_measure = defaultdict(list)
    for result in results:
        if not reasons[result.pk]:
            by_measure[measure_of(result)].append(result)
    charts = []
    for same in by_measure.values():
        drawn = groups(same)
        charts += [chart(*group) for group in drawn]
        together = {result.pk for _shared, rows in drawn for result in rows}
        reasons |= {result.pk: why_not_together(result, same) for result in same if result.pk not in together}
    return charts, {key: reason for key, reason in reasons.items() if reason}


def measure_of(result):
    """Return what makes two figures the same measure: what is counted, and in what."""
    return fold(localized(result, "indicator").text), fold(localized(result, "unit").text)


def groups(same):
    """Return ``[(what they share, figures)]`` of one measure: a practice in several years, several practices in one."""
    found = []
    for key, label in ((lambda each: each.practice.code, year_of), (year_of, lambda each: each.practice.code)):
        shared = defaultdict(dict)
        for result in same:
            shared[key(result)].setdefault(label(result), result)
        found += [(name, [rows[each] for each in sorted(rows)]) for name, rows in shared.items() if len(rows) > 1]
    return found


def why_not_together(result, same):
    """Return why a figure that could be drawn has nothing beside it."""
    if len(same) == 1:
        return _("no other figure here counts the same in the same unit")
    if any(
        year_of(other) == year_of(result) and other.practice == result.practice for other in same if other != result
    ):
        return _("another figure of the same practice counts the same in the same year")
    return _("the others that count the same are of other dates and of other practices")


def chart(shared, rows):
    """Return the ``Chart`` of figures that share a practice or a year."""
    by_year = len({result.practice_id for result in rows}) == 1
    labels = [year_of(result) if by_year else result.practice.code for result in rows]
    drawn = columns([(label, float(result.value)) for label, result in zip(labels, rows, strict=True)])
    words = [number_in_words(result.value) for result in rows]
    return Chart(
        localized(rows[0], "indicator").text,
        localized(rows[0], "unit").text,
        shared,
        [each._replace(value=value, label=label) for each, value, label in zip(drawn, words, labels, strict=True)],
        list(zip(rows, labels, words, strict=True)),
    )
