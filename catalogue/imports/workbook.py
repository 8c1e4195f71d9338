"""The cells of a workbook (ISO/IEC 29500), a row at a time, in the memory of one row and of the shared strings.

Why not by openpyxl or calamine: docs/adr/0014-workbooks-of-our-own.md. ``catalogue.server.upload_checks`` has looked
at a file before it comes here.
"""

import posixpath
import re
import zipfile
import zlib
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml import etree

from catalogue.errors import Refused
from catalogue.imports.cells import Unreadable

COLUMNS_LIMIT = 400
ROWS_LIMIT = 300_000  # of a sheet, whatever it holds
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # that need no description
DATE_SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)
NOT_A_SIGN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|General', re.IGNORECASE)
DAY_ZERO, DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)


class Workbook:
    """The sheets of a workbook, by the names that people read."""

    def __init__(self, file):
        self._parts = zipfile.ZipFile(file)
        book = self._tree("xl/workbook.xml")
        self._relations = list(self._tree("xl/_rels/workbook.xml.rels"))
        self._sheets = dict(self._named_parts(book))
        first = book.find("{*}workbookPr")
        is_1904 = first is not None and first.get("date1904") in ("1", "true")
        self._day_zero = DAY_ZERO_1904 if is_1904 else DAY_ZERO
        self._strings = self._shared_strings()
        self._dates = self._date_styles()

    def sheets(self):
        """Yield ``(name, rows)``; see ``rows``."""
        for name, part in self._sheets.items():
            yield name, self.rows(name, part)

    def rows(self, name, part):
        """Yield ``(number, {place: cell})`` for each row of a sheet. Raises ``Refused`` for one that is too large."""
        number = 0
        for count, row in enumerate(self._elements(part, "row"), start=1):
            number = int(row.get("r") or number + 1)
            if count > ROWS_LIMIT:
                raise Refused(
                    _("The sheet “%(sheet)s” has more than %(limit)d rows.") % {"sheet": name, "limit": ROWS_LIMIT}
                )
            cells = dict(self._cells(row))
            if cells and max(cells) >= COLUMNS_LIMIT:
                raise Refused(
                    _("The sheet “%(sheet)s” has more than %(limit)d columns.")
                    % {"sheet": name, "limit": COLUMNS_LIMIT}
                )
            yield number, cells

    def _cells(self, row):
        place = -1
        for cell in row:
            name = REFERENCE.fullmatch(cell.get("r") or "")
            place = column_place(name[1]) if name else place + 1
            value = self._value(cell)
            if value not in (None, ""):
                yield place, value

    def _value(self, cell):
        kind, value = cell.get("t"), None
        for child in cell:
            name = child.tag.rpartition("}")[2]
            if name == "f":
                return Unreadable(_("The cell contains a formula. Write the value instead."))
            if name == "is":
                return unescaped(text_of(child))
            if name == "v":
                value = child.text
        return None if value is None else self._stored_value(value, kind, cell.get("s"))

    def _stored_value(self, value, kind, style):
        if kind == "s":
            return self._strings[int(value)]
        if kind == "e":
            return Unreadable(_("The cell contains an error value: %(sign)s") % {"sign": value})
        if kind == "b":
            return value.strip() in ("1", "true")
        return unescaped(value) if kind == "str" else self._number(value, kind, style)

    def _number(self, value, kind, style):
        if kind == "d":
            return value[:10]
        if style in self._dates:
            return (self._day_zero + timedelta(days=int(float(value)))).isoformat()
        number = float(value)
        return int(number) if number.is_integer() and abs(number) < 10**15 else f"{Decimal(repr(number)):f}"

    # The parts of the file

    def _elements(self, part, name):
        """Yield the elements of a part one after the other; the memory of those before is freed."""
        with self._parts.open(part) as file:
            options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
            for _event, element in etree.iterparse(file, events=("end",), tag=f"{{*}}{name}", **options):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _tree(self, part):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        with self._parts.open(part) as file:
            return etree.parse(file, parser).getroot()

    def _named_parts(self, book):
        targets = {relation.get("Id"): _part_of(relation) for relation in self._relations}
        for sheet in book.iterfind("{*}sheets/{*}sheet"):
            key = next(value for name, value in sheet.attrib.items() if etree.QName(name).localname == "id")
            yield sheet.get("name"), targets[key]

    def _part_of_type(self, kind):
        """Return the name of the part to which the workbook has a relation of a type; None without one."""
        found = (_part_of(relation) for relation in self._relations if relation.get("Type", "").endswith(f"/{kind}"))
        return next((part for part in found if part in self._parts.namelist()), None)

    def _shared_strings(self):
        part = self._part_of_type("sharedStrings")
        return [unescaped(text_of(element)) for element in self._elements(part, "si")] if part else []

    def _date_styles(self):
        """Return the styles of cells whose number is a day, as cells name them."""
        part = self._part_of_type("styles")
        if part is None:
            return frozenset()
        styles = self._tree(part)
        own = {
            int(form.get("numFmtId")): bool(DATE_SIGNS.search(NOT_A_SIGN.sub("", form.get("formatCode") or "")))
            for form in styles.iterfind("{*}numFmts/{*}numFmt")
        }
        numbers = [int(style.get("numFmtId") or 0) for style in styles.iterfind("{*}cellXfs/{*}xf")]
        return {str(place) for place, form in enumerate(numbers) if own.get(form, form in DATE_FORMATS)}


def _part_of(relation):
    return posixpath.normpath(posixpath.join("/xl", relation.get("Target"))).lstrip("/")


BROKEN = (  # what a damaged workbook raises
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, IndexError, ValueError, OverflowError,
    StopIteration, TypeError, NotImplementedError,
)  # fmt: skip


def column_place(letters):
    """Return the place of a column by its name: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def text_of(element):
    """Return the text of a cell or of a shared string, without the reading aids of some scripts."""
    return "".join(part.text or "" for part in element.iter("{*}t") if etree.QName(part.getparent()).localname != "rPh")


def unescaped(text):
    """Return a text with the signs that XML cannot hold."""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
