"""Which figures may be drawn beside one another, and why the others may not: one rule for pages and files.

Figures are comparable when they count the same thing in the same unit and each stands for one year or one season: those
of one practice in several, or those of several practices in one. What was measured before a practice is compared with
the same measure after it, whatever time each stands for.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _, gettext_lazy

from catalogue.choices import ResultKind
from catalogue.coverage.charts import columns
from catalogue.partial_dates import date_in_words
from catalogue.text.folding import fold
from catalogue.text.languages import localized
from catalogue.text.numbers import number_in_words, result_in_words

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
SEASON = re.compile(r"(?<!\d)((?:19|20)\d{2})/((?:19|20)\d{2})(?!\d)")


class Chart(NamedTuple):
    """Figures that may be compared: what they count, the practice or the time they share, and their columns."""

    indicator: str
    unit: str
    shared: str
    columns: list
    rows: list  # of (label, figure in words)
    before_after: bool = False


def period_of(result):
    """Return the one year or season for which a figure stands, 2022 or 2022/2023; empty for several and for none.

    A season or a school year spans two calendar years, which a slash joins; any other two years are two.
    """
    for text in (localized(result, "period").text, result.as_of):
        if years := set(YEAR.findall(text)):
            season = SEASON.search(text)
            if season and years == set(season.groups()) and int(season[2]) == int(season[1]) + 1:
                return season[0]
            return years.pop() if len(years) == 1 else ""
    return ""


def is_doubtful(result):
    """Whether the editors do not let a figure be drawn and its note says why."""
    return not result.chartable and bool(localized(result, "note").text)


OBSTACLES = (  # the first that a figure meets is the reason why it cannot be drawn, whatever stands beside it
    (
        lambda result: result.value is None,
        gettext_lazy("it has no value as a number"),
    ),
    (
        lambda result: result.kind == ResultKind.NORM,
        gettext_lazy("a term that a norm sets, not a measured result"),
    ),
    (
        lambda result: result.kind == ResultKind.CONTEXT,
        gettext_lazy("tells of circumstances, not of what the practice did"),
    ),
    (lambda result: not localized(result, "unit").text, gettext_lazy("no unit")),
    (lambda result: not (result.as_of or localized(result, "period").text), gettext_lazy("the source gives no date")),
    (is_doubtful, gettext_lazy("doubtful: see the note in the record")),
    (lambda result: not result.chartable, gettext_lazy("the editors do not draw it")),
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
        drawn = [*pairs(same), *groups([result for result in same if period_of(result)])]
        charts += [chart(*group) for group in drawn]
        together = {result.pk for _shared, rows in drawn for result in rows}
        reasons |= {result.pk: why_not_together(result, same) for result in same if result.pk not in together}
    charts.sort(key=lambda each: not each.before_after)
    return charts, {key: reason for key, reason in reasons.items() if reason}


def before_and_after(results):
    """Return what was measured before a practice and again after it, among its own figures: a sentence for each."""
    return [_in_a_sentence(each) for each in compared(results)[0] if each.before_after]


def _in_a_sentence(chart):
    before, after = (result for result, _label, _words in chart.rows)
    words = {"indicator": chart.indicator, "before": result_in_words(before), "when": when_in_words(before)}
    words |= {"after": result_in_words(after), "then": when_in_words(after)}
    return _("%(indicator)s: before, %(before)s (%(when)s); after, %(after)s (%(then)s).") % words


def when_in_words(result):
    """Return the time for which a figure stands, or the day of which it is."""
    return localized(result, "period").text or date_in_words(result.as_of)


def measure_of(result):
    """Return what makes two figures the same measure: what is counted, and in what."""
    return fold(localized(result, "indicator").text), fold(localized(result, "unit").text)


def pairs(same):
    """Return ``[(practice, (before, after))]`` of one measure: each practice of which it has one figure of either."""
    by_practice = defaultdict(lambda: defaultdict(list))
    for result in same:
        by_practice[result.practice.code][result.kind].append(result)
    both = ((name, kinds[ResultKind.BASELINE], kinds[ResultKind.RESULT]) for name, kinds in by_practice.items())
    return [(name, (*before, *after)) for name, before, after in both if len(before) == len(after) == 1]


def groups(same):
    """Return ``[(what they share, figures)]`` of one measure: a practice in several years, several practices in one."""
    found = []
    for key, label in ((lambda each: each.practice.code, period_of), (period_of, lambda each: each.practice.code)):
        shared = defaultdict(dict)
        for result in same:
            shared[key(result)].setdefault(label(result), result)
        found += [(name, [rows[each] for each in sorted(rows)]) for name, rows in shared.items() if len(rows) > 1]
    return [(name, rows) for name, rows in found if not is_pair(rows)]


def is_pair(rows):
    """Whether figures are the measure before a practice and the same after it."""
    kinds = [result.kind for result in rows]
    return kinds == [ResultKind.BASELINE, ResultKind.RESULT] and rows[0].practice_id == rows[1].practice_id


def why_not_together(result, same):
    """Return why a figure that could be drawn has nothing beside it."""
    if not period_of(result):
        return _("stands for more than one year, and is not compared with the figure of one year")
    if len(same) == 1:
        return _("no other figure here counts the same in the same unit")
    others = [other for other in same if other != result and period_of(other)]
    if any(period_of(other) == period_of(result) and other.practice == result.practice for other in others):
        return _("another figure of the same practice counts the same in the same year")
    return _("the others that count the same are of other dates and of other practices")


def chart(shared, rows):
    """Return the ``Chart`` of figures that share a practice or a time; before and after count as a pair."""
    if pair := is_pair(rows):
        labels = [_("before"), _("after")]
    elif len({result.practice_id for result in rows}) == 1:
        labels = [period_of(result) for result in rows]
    else:
        labels = [result.practice.code for result in rows]
    drawn = columns([(label, float(result.value)) for label, result in zip(labels, rows, strict=True)])
    words = [number_in_words(result.value) for result in rows]
    return Chart(
        localized(rows[0], "indicator").text,
        localized(rows[0], "unit").text,
        shared,
        [each._replace(value=value, label=label) for each, value, label in zip(drawn, words, labels, strict=True)],
        list(zip(rows, labels, words, strict=True)),
        pair,
    )
