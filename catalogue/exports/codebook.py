"""The codebook: what every column of every table means, read from the columns that write the files."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from catalogue.exports.columns.kinds import Kind
from catalogue.exports.labels import SEPARATOR
from catalogue.exports.writers.csv_text import table_lines
from catalogue.text.languages import HTML_LANGUAGES

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
DATATYPES = {  # of the Metadata Vocabulary for Tabular Data, https://www.w3.org/TR/tabular-metadata/#built-in-datatypes
    Kind.ADDRESS: "anyURI",
    Kind.DATE: "date",
    Kind.MOMENT: "datetime",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "decimal",
    Kind.BOOLEAN: "boolean",
}


def in_each_language(text):
    """Return ``{language: text}`` of a text of the interface; ``text`` is called in each."""
    found = {}
    for interface_language, _name in settings.LANGUAGES:
        with translation.override(interface_language):
            found[interface_language[:2]] = text()
    return found


def entries(layout):
    """Yield what the codebook says of each column of a table, in the active language, as ``{name: text}``."""
    for column, words in layout.columns:
        meanings = in_each_language(lambda column=column: str(column.meaning))
        yield {
            "table": layout.table.name,
            "column": column.name,
            "header": column.header,
            "label": str(column.label),
            **{f"meaning_{language}": meaning for language, meaning in meanings.items()},
            "meaning": str(column.meaning),
            "type": column.kind.value,
            "type_label": str(column.kind.label),
            "several": SEPARATOR.strip() if column.read.several else "",
            "unit": str(column.unit),
            "codes": [f"{code} = {label}" for code, label in column.allowed(words).items()],
            "source": str(column.source.label),
            "since": column.since,
            "import": _("yes") if column.imported_as or column.name == "code" else _("no"),
        }


HEADER = {
    "table": gettext_lazy("Table"),
    "column": gettext_lazy("Column"),
    "header": gettext_lazy("Header"),
    "meaning_es": gettext_lazy("Meaning in Spanish"),
    "meaning_en": gettext_lazy("Meaning in English"),
    "meaning_pt": gettext_lazy("Meaning in Portuguese"),
    "type": gettext_lazy("Type"),
    "several": gettext_lazy("Separator between values"),
    "unit": gettext_lazy("Unit"),
    "codes": gettext_lazy("Allowed codes"),
    "source": gettext_lazy("Source"),
    "since": gettext_lazy("Available since"),
    "import": gettext_lazy("Used by imports"),
}


def table(layouts):
    """Return the codebook of several tables as rows of texts, the header first."""
    rows = [
        [SEPARATOR.join(entry[name]) if name == "codes" else entry[name] for name in HEADER]
        for layout in layouts
        for entry in entries(layout)
    ]
    return [[f"{label} [{name}]" for name, label in HEADER.items()], *rows]


def as_csv(layouts):
    """Return the codebook as CSV."""
    return "".join(table_lines(table(layouts)))


def metadata(layouts):
    """Return the codebook for programs: CSV on the Web, https://www.w3.org/TR/tabular-metadata/."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": HTML_LANGUAGES[translation.get_language()[:2]]}],
        "dc:title": str(settings.SITE_NAME),
        "dc:license": {"@id": LICENCE_URL},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tables": [_table_metadata(layout) for layout in layouts],
    }


def _table_metadata(layout):
    schema = {"columns": [_column_metadata(column, words) for column, words in layout.columns]}
    if layout.table.of_practices:
        schema["primaryKey"] = "code"
    else:
        reference = {"resource": "practices.csv", "columnReference": "code"}
        schema["foreignKeys"] = [{"columnReference": "code", "reference": reference}]
    return {"url": f"{layout.table.name}.csv", "dc:title": str(layout.table.label), "tableSchema": schema}


def _column_metadata(column, words):
    meanings = in_each_language(lambda: str(column.meaning))
    described = {
        "name": column.name,
        "titles": column.header,
        "datatype": DATATYPES.get(column.kind, "string"),
        "dc:description": [
            {"@value": meaning, "@language": HTML_LANGUAGES[language]} for language, meaning in meanings.items()
        ],
        "dc:source": str(column.source.label),
        "dc:created": column.since,
    }
    if column.read.several:
        described["separator"] = SEPARATOR
    if codes := column.allowed(words):
        described["datatype"] = {"base": "string", "format": "|".join(code.replace(".", "[.]") for code in codes)}
    return described
