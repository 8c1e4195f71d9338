"""The glossary: what abbreviations stand for, and what the words of a record mean."""

from typing import NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.exports.export_request import described_tables
from catalogue.record.glossary import by_abbreviation, of_published

EXPLAINED = {  # words of a record, by the table and the column of the files that define them
    "practices": ("lead_organisations", "scope", "status", "evidence", "innovation", "replicability", "sustainability"),
    "results": ("kind", "qualifier", "chartable"),
    "classifications": ("status",),
    "adaptations": ("stage",),
}


class Word(NamedTuple):
    """A word of a record: what it means, and what it may say where that is a closed list."""

    label: str
    meaning: str
    values: list


@require_safe
@versioned
def glossary(request):
    """Every abbreviation with what it stands for, and the words of a record as the codebook defines them."""
    context = {"abbreviations": by_abbreviation(of_published()), "tables": explained()}
    return render(request, "catalogue/glossary.html", context)


def explained():
    """Return ``[(table, [Word])]`` in the active language."""
    tables = {layout.table.name: layout for layout in described_tables()}
    return [(tables[name].table, _words_of(tables[name], columns)) for name, columns in EXPLAINED.items()]


def _words_of(layout, names):
    columns = {column.name: (column, words) for column, words in layout.columns}
    found = []
    for name in names:
        column, words = columns[name]
        named, _words = columns.get(f"{name}_label", columns[name])  # without the sign that it holds codes
        found.append(Word(named.label, column.meaning, list(column.allowed(words).values())))
    return found
