"""Spreadsheets for tests of the import: what the site exports, edited as people do, by an independent program."""

import io
from functools import cache

import openpyxl
from django.test import Client

from catalogue.choices import Stage
from catalogue.imports import runs
from catalogue.imports.planning import plan
from catalogue.models import Practice

ADDRESSES = {"xlsx": "/en/practices.xlsx?lang=all", "csv": "/en/practices.csv?lang=all"}
FIRST = "CSM-2023-001"
NEW = {
    "code": "new-1",
    "title_es": "Práctica nueva",
    "scope": "national",
    "networks": "gender-and-migration",
    "countries": "PE | CL",
    "keywords": "border",
}


def exported(client, kind="xlsx", query=""):
    """Return the export with all languages as bytes."""
    response = client.get(ADDRESSES[kind] + query)
    return b"".join(response.streaming_content)


@cache
def whole(kind="xlsx"):
    """Return the export of the prepared catalogue, made once; ask for it before the test changes a practice."""
    return exported(Client(), kind)


class Book:
    """A workbook to be edited: sheets by their English names, columns by their names, rows by code."""

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def column(self, sheet, name):
        """Return the number of a column; a new one is added at the end."""
        headers = [str(cell.value or "") for cell in self.book[sheet][1]]
        for number, header in enumerate(headers, start=1):
            if header == name or header.endswith(f"[{name}]"):
                return number
        self.book[sheet].cell(1, len(headers) + 1, name)
        return len(headers) + 1

    def row(self, sheet, code, number=1):
        """Return the number of the row of a code: the first one, or a later one of its rows."""
        rows = [row[0].row for row in self.book[sheet].iter_rows(min_row=2) if row[0].value == code]
        return rows[number - 1]

    def put(self, sheet, code, number=1, **values):
        """Write into the row of a practice."""
        row = self.row(sheet, code, number)
        for name, value in values.items():
            self.book[sheet].cell(row, self.column(sheet, name), value)
        return row

    def add(self, sheet, **values):
        """Add a row and return its number."""
        row = self.book[sheet].max_row + 1
        for name, value in values.items():
            self.book[sheet].cell(row, self.column(sheet, name), value)
        return row

    def drop(self, sheet, code, number=1):
        self.book[sheet].delete_rows(self.row(sheet, code, number))

    def content(self):
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def new_practice(book, **values):
    """Add a practice that may be imported, with a keyword that exists."""
    keyword = Practice.objects.exclude(keywords=None)[0].keywords.all()[0].code
    return book.add("Practices", **{**NEW, "keywords": keyword, **values})


def small(**values):
    """Return a workbook of one practice with these columns alone."""
    book = openpyxl.Workbook()
    book.active.title = "Practices"
    for row in (list(values), list(values.values())):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def planned(content, kind="xlsx", notices=None):
    """Return what an import would do with a file, by the codes of its practices."""
    found = plan(io.BytesIO(content), kind, [] if notices is None else notices)
    return {row.key: row for row in found}


def sentences(found):
    """Return what is wrong: sheet, row, name of the column, sentence."""
    return [(p.sheet, p.row, p.column.rpartition(" ")[2], p.sentence) for row in found.values() for p in row.problems]


def checked(content, by, kind="xlsx"):
    """Hand a file in and check it; return the run."""
    run = runs.hand_in(io.BytesIO(content), f"practices.{kind}", by=by)
    runs.begin(run, "check")
    runs.run_step(run, "check")
    return run


def imported(content, by, kind="xlsx"):
    """Hand a file in, check it and carry it out; return the run."""
    run = checked(content, by, kind)
    if run.stage == Stage.CHECKED:
        runs.begin(run, "apply")
        runs.run_step(run, "apply")
    return run


def undone(run, by):
    runs.begin(run, "undo")
    runs.run_step(run, "undo", by=by)
    return run
