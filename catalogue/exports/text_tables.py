"""A small table of texts, the header first, as CSV, XLSX, ODS and JSON; none of its cells is a formula."""

import json
from functools import partial

from catalogue.exports.responses import as_file, from_disk, json_with_array
from catalogue.exports.writers import csv_text, ods, xlsx


def _csv(file, _name, rows):
    file.writelines(line.encode() for line in csv_text.table_lines(rows))


def _json(file, name, rows):
    """Write ``{"table": …, "rows": [{column: text}]}``; a column is named by its code alone."""
    header, *rows = rows
    names = [head.rpartition("[")[2].rstrip("]") for head in header]
    lines = ([json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)] for row in rows)
    file.writelines(part.encode() for part in json_with_array({"table": name}, "rows", lines))


def _table_file(extension, write, content_type, name, rows):
    return as_file(from_disk(lambda file: write(file, name, rows), content_type), name, extension)


TABLE_FORMATS = {
    "csv": partial(_table_file, "csv", _csv, csv_text.MEDIA_TYPE),
    "xlsx": partial(_table_file, "xlsx", xlsx.write_texts, xlsx.MEDIA_TYPE),
    "ods": partial(_table_file, "ods", ods.write_texts, ods.MEDIA_TYPE),
    "json": partial(_table_file, "json", _json, "application/json"),
}
csv_of = TABLE_FORMATS["csv"]
