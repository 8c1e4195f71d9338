"""The texts that wait for a translation as a file, XLSX or PO, and reading such a file when it returns.

Both identify a text by code and path and hold a fingerprint of its source, so that a source changed since is noticed.
"""

import io
import re
import zipfile

from babel.messages import pofile
from babel.messages.catalog import Catalog
from django.utils.translation import gettext as _

from catalogue.editorial.translation.file_import import Line
from catalogue.editorial.translation.translation_units import fingerprint, normalised_text, waiting_texts
from catalogue.exports.writers import xlsx
from catalogue.server.upload_checks import UploadRefused
from catalogue.text.languages import HTML_LANGUAGES

COLUMNS = (
    "code",
    "text",
    "label",
    "state",
    "source_language",
    "source",
    "language",
    "translation",
    "limit",
    "still_right",
    "fingerprint",
)
ROWS_LIMIT = 50_000
BATCH = 100
ESCAPED = re.compile(r"_x(000D|005F)_")
YES = {"x", "1", "yes", "sí", "si", "sim"}


def waiting(practices, language):
    """Yield ``(code, Text)`` of every text that waits in a language, practice by practice."""
    for practice in practices.for_detail().iterator(chunk_size=BATCH):
        for text in waiting_texts(practice, language):
            yield practice.record_code, text


def as_workbook(entries, language):
    """Return a workbook with a row per text, and a sheet of instructions."""
    rows = [COLUMNS, *(_cells(code, text, language) for code, text in entries)]
    labels, file = (_("Texts"), _("How to fill this in")), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for place, sheet in enumerate((rows, [[line] for line in _advice()]), start=1):
            xlsx.write_text_sheet(book, place, sheet)
        for name, content in xlsx.frame(labels).items():
            book.writestr(name, content.encode())
    return file.getvalue()


def _cells(code, text, language):
    state = "missing" if text.is_missing else "outdated"
    source = (code, text.path, text.label, state, text.source_language, text.source)
    return (*source, language, text.translation, str(text.limit or ""), "", text.fingerprint)


def _advice():
    return (
        _("How to fill this in"),
        _("Write the translation in the column “translation”. Leave the cell empty to translate the text later."),
        _("If an outdated translation is still correct, write x in “still_right” and do not change the translation."),
        _("“limit” is the maximum number of characters of a text."),
        _("Do not change the other columns: they identify each text and the version of its original."),
        _(
            "Formulas are not accepted. When you upload the file, you will see what it would change"
            " before anything is saved."
        ),
    )


def as_catalog(entries, language):
    """Return the texts as a PO file; an outdated translation is fuzzy, and still right when that mark is removed."""
    catalog = Catalog(locale=HTML_LANGUAGES[language].replace("-", "_"), charset="utf-8", fuzzy=False)
    for code, text in entries:
        notes = [text.label, *([_("At most %d characters.") % text.limit] if text.limit else [])]
        flags = ["fuzzy"] if text.translation else []
        context = f"{code}|{text.path}"
        message = catalog.add(
            normalised_text(text.source), text.translation, context=context, auto_comments=notes, flags=flags
        )
        message.flags.discard("python-format")  # a per cent sign is a per cent sign
    file = io.BytesIO()
    pofile.write_po(file, catalog, width=0)
    return file.getvalue()


def lines_of(kind, file):
    """Return the ``Line`` list of a file that ``checked_upload`` accepted. Raises ``UploadRefused``."""
    lines = _from_workbook(file) if kind == "xlsx" else _from_catalog(file)
    if not lines:
        raise UploadRefused(_("The file contains no texts."))
    if len(lines) > ROWS_LIMIT:
        raise UploadRefused(_("The file has more than %d rows.") % ROWS_LIMIT)
    return lines


def _from_workbook(file):
    from openpyxl import load_workbook  # slow to import, and only uploads need it

    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_col=len(COLUMNS) + 20, max_row=ROWS_LIMIT + 2)
        header = [str(cell.value or "").strip().casefold() for cell in next(rows, ())]
        if missing := [name for name in COLUMNS if name not in header and name not in ("label", "state", "limit")]:
            raise UploadRefused(
                _("These columns are missing: %(columns)s. Use the file as it was downloaded.")
                % {"columns": ", ".join(missing)}
            )
        return [line for number, cells in enumerate(rows, start=2) if (line := _line(number, header, cells))]
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, zipfile.BadZipFile):
        raise UploadRefused(_("The Excel file is damaged and could not be read.")) from None


def _line(number, header, cells):
    """Return the ``Line`` of a row, ``None`` for an empty one."""
    found = dict(zip(header, cells, strict=False))
    values = {name: _text(found[name]) if name in found else "" for name in COLUMNS}
    if not any(values.values()):
        return None
    formula = any(found[name].data_type == "f" for name in COLUMNS if name in found)
    return Line(
        number,
        values["code"],
        values["text"],
        values["language"],
        values["fingerprint"],
        values["translation"],
        values["still_right"].casefold() in YES,
        _("The row contains a formula. Write the text instead.") if formula else "",
    )


def _text(cell):
    """Return the text of a cell; a workbook writes some characters as ``_x000D_``."""
    value = "" if cell.value is None else str(cell.value)
    return normalised_text(ESCAPED.sub(lambda found: "_" if found[1] == "005F" else "\n", value))


def _from_catalog(file):
    text = io.TextIOWrapper(file, "utf-8-sig").read()
    try:
        catalog = pofile.read_po(io.StringIO(text), abort_invalid=True)
        languages = {name.replace("-", "_").casefold(): code for code, name in HTML_LANGUAGES.items()}
        language = languages.get(str(catalog.locale_identifier or "").casefold(), "")
    except (pofile.PoFileError, ValueError, TypeError, IndexError, AttributeError, LookupError) as problem:
        raise UploadRefused(_("The PO file cannot be read: %(problem)s") % {"problem": problem}) from None
    if not language:
        raise UploadRefused(_("The header of the PO file must name its language: es, en or pt_BR."))
    return [_message(message, language) for message in catalog if message.id]


def _message(message, language):
    code, _bar, path = (message.context or "").partition("|")
    if not (isinstance(message.id, str) and isinstance(message.string, str)):
        problem = _("Texts of the catalogue have no plural forms.")
        return Line(message.lineno or 0, code, path, language, "", "", False, problem)
    return Line(
        message.lineno or 0,
        code,
        path,
        language,
        fingerprint(message.id),
        normalised_text(message.string),
        bool(message.string) and not message.fuzzy,
    )
