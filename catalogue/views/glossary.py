"""The glossary: abbreviations with their meanings, and the terms of a record as the codebook defines them."""

from typing import NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.exports.export_request import described_tables
from catalogue.record.glossary import by_abbreviation, published_abbreviations

DEFINED = {  # table of the files -> columns whose definitions are shown
    "practices": ("lead_organisations", "scope", "status", "evidence", "innovation", "replicability", "sustainability"),
    "results": ("kind", "qualifier", "chartable"),
    "classifications": ("status",),
    "adaptations": ("stage",),
}


class DefinedTerm(NamedTuple):
    """A term of a record: its label, its definition, and its values where they are a closed list."""

    label: str
    meaning: str
    values: list


@require_safe
@versioned
def glossary(request):
    """Every abbreviation with its meanings, and the terms of a record."""
    context = {"abbreviations": by_abbreviation(published_abbreviations()), "tables": _tables()}
    return render(request, "catalogue/glossary.html", context)


def _tables():
    """Return ``[(table, [DefinedTerm])]`` in the active language."""
    tables = {layout.table.name: layout for layout in described_tables()}
    return [(tables[name].table, _terms_of(tables[name], columns)) for name, columns in DEFINED.items()]


def _terms_of(layout, names):
    columns = {column.name: (column, words) for column, words in layout.columns}
    found = []
    for name in names:
        column, words = columns[name]
        named, _words = columns.get(f"{name}_label", columns[name])  # without the sign that it holds codes
        found.append(DefinedTerm(named.label, column.meaning, list(column.allowed(words).values())))
    return found
