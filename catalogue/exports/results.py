"""The figures of many practices as files: the table of results of the exports, and the same as JSON."""

import json
from functools import cached_property

from django.http import StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue.exports.batches import Rows
from catalogue.exports.export_request import Selection
from catalogue.exports.list_files import TABLES
from catalogue.exports.manifest import filters_of, list_meta
from catalogue.exports.records import result_of_practice
from catalogue.exports.responses import as_file, json_with_array
from catalogue.exports.tables import RELATED

CHUNK = 500
RESULT_FORMATS = ("csv", "xlsx", "json")


class RowsOfKinds(Rows):
    """The figures of some kinds that belong to a batch of practices."""

    def __init__(self, practices, plan, kinds):
        super().__init__(practices, "results", plan)
        chosen = [place for place, kind in enumerate(self.values["kind"]) if kind in kinds]
        self.values = {name: [cells[place] for place in chosen] for name, cells in self.values.items()}
        self.places = [self.places[place] for place in chosen]


class ResultSelection(Selection):
    """The practices of a filter, of which a file holds the figures alone; ``kinds`` are those wanted, none for all."""

    def __init__(self, filterset, options, version, kinds):
        super().__init__(filterset, options, version)
        self.kinds = kinds

    @cached_property
    def main(self):
        table = RELATED["results"]
        if self.kinds:
            table = table._replace(rows_of=lambda practices, plan: RowsOfKinds(practices, plan, self.kinds))
        return self._laid_out(table)

    @cached_property
    def layouts(self):
        return [self.main]


def result_file(extension, selection, results):
    """Return the figures in one of the formats of ``RESULT_FORMATS``."""
    response = _results_json(selection, results) if extension == "json" else TABLES[extension](selection)
    return as_file(response, slugify(_("results")), extension, shown=extension == "json")


def _results_json(selection, results):
    """Return ``{"meta": {…}, "results": [{"practice": …, "indicator": …}, …]}``, in the order asked for."""
    language, filters = selection.options.language, filters_of(selection.filterset)
    meta = list_meta(results.count(), language, filters, kinds=selection.kinds)

    def records():
        for result in results.iterator(chunk_size=CHUNK):
            with selection.wordings[0].active():
                yield [json.dumps(result_of_practice(result), ensure_ascii=False)]

    pieces = json_with_array({"meta": meta}, "results", records(), ",\n")
    return StreamingHttpResponse(pieces, content_type="application/json")
