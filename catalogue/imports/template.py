"""The workbook that one fills in: every sheet and column that an import reads, the codebook, and what to know."""

import tempfile
from array import array

from django.utils.translation import gettext as _

from catalogue.exports import codebook
from catalogue.exports.labels import wordings
from catalogue.exports.layout import Layout
from catalogue.exports.tables import IMPORTED, PRACTICES
from catalogue.exports.writers import xlsx
from catalogue.imports.known import CODE_FIELDS
from catalogue.models import Contact, Edition, Organisation, Reference

# filled in beside the imported columns; the last of it for organisations that the catalogue does not know
ALSO = ("code", "reference_edition", "organisation_name", "acronym", "kind")


def layouts():
    """Return the sheets of the template: the tables of an export with all languages, without what an import ignores."""
    words = wordings("all")
    return [
        Layout(table._replace(columns=[each for each in table.columns if each.imported_as or each.name in ALSO]), words)
        for table in (PRACTICES, *IMPORTED.values())
    ]


def template_file():
    """Return the template in the active language, as an open file."""

    def pages(counts):
        yield _("Codebook"), codebook.table(sheets)
        yield _("Codes"), codes()
        yield _("Read me"), [[_("Instructions")], *([sentence] for sentence in instructions())]

    sheets = layouts()
    book = tempfile.TemporaryFile()  # noqa: SIM115 - who asks for it closes it
    xlsx.write_xlsx(book, array("q"), sheets, pages)
    book.seek(0)
    return book


def codes():
    """Return the codes of organisations, contacts, editions and references with what they stand for."""
    rows = [
        [str(model._meta.verbose_name), getattr(record, CODE_FIELDS[model]), str(record)]
        for model in (Organisation, Contact, Edition)
        for record in model.objects.all()
    ]
    references = Reference.objects.select_related("edition")
    rows += [[str(Reference._meta.verbose_name), f"{r.edition.slug} {r.number}", str(r)] for r in references]
    return [[_("Kind"), _("Code"), _("Name")], *rows]


def instructions():
    """Return what somebody who fills a file in should know, in the active language."""
    return [
        _("Each row of the first sheet is one practice. The column “code” links the sheets."),
        _("For a new practice, write a provisional code, such as new-1, and use the same code in the other sheets."),
        _(
            "For an existing practice, write its code. If you delete a column, the catalogue keeps"
            " the data it already has."
        ),
        _("If you empty a cell, the field is emptied too. An empty cell does not mean “no”."),
        _(
            "If a sheet has no rows for a practice, the catalogue keeps the rows it already has. If"
            " it has any, they replace all of them."
        ),
        _(
            "New practices become drafts, and edits to published ones become proposed changes. An import"
            " does not publish anything."
        ),
        _(
            "For an organisation that is not in the catalogue, write a code of your choice, such as"
            " iom, and its name and sector."
        ),
        _("Separate several codes in one cell with | (vertical bar)."),
        _("Write dates as 2015, 2015-04 or 2015-04-30; two dots (..) mean that the practice continues."),
        _(
            "A CSV file contains only the first sheet: texts, and codes of networks, countries,"
            " scopes and vocabularies."
        ),
    ]
