"""The figures of many practices as files: the table of results of the exports, and the same as JSON."""

import json
from datetime import UTC, datetime
from functools import cached_property

from django.http import StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalogue.exports import codebook
from catalogue.exports.batches import Rows
from catalogue.exports.export_request import Selection
from catalogue.exports.file_formats import csv_file, xlsx_file
from catalogue.exports.records import result_of_practice
from catalogue.exports.responses import elements, named
from catalogue.exports.tables import RELATED

CHUNK = 500


class RowsOfKinds(Rows):
    """The figures of some kinds that belong to a batch of practices."""

    def __init__(self, practices, plan, kinds):
        super().__init__(practices, "results", plan)
        kept = [place for place, kind in enumerate(self.values["kind"]) if kind in kinds]
        self.values = {name: [cells[place] for place in kept] for name, cells in self.values.items()}
        self.places = [self.places[place] for place in kept]


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


def results_csv(selection, results):
    return csv_file(selection)


def results_xlsx(selection, results):
    return xlsx_file(selection)


def results_json(selection, results):
    """Answer with ``{"meta": {…}, "results": [{"practice": …, "indicator": …}, …]}``, in the order asked for."""
    meta = {
        "count": results.count(),
        "language": selection.options.language,
        "filters": [{"parameter": item.parameter, "value": item.value} for item in selection.filterset.chosen()],
        "kinds": selection.kinds,
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "licence": codebook.LICENCE,
    }

    def records():
        for result in results.iterator(chunk_size=CHUNK):
            with selection.wordings[0].spoken():
                yield [json.dumps(result_of_practice(result), ensure_ascii=False)]

    def pieces():
        yield f'{{"meta": {json.dumps(meta, ensure_ascii=False)},\n"results": ['
        yield from elements(records())
        yield "\n]}\n"

    return StreamingHttpResponse(pieces(), content_type="application/json")


WRITERS = {"csv": results_csv, "xlsx": results_xlsx, "json": results_json}


def result_file(extension, selection, results):
    """Answer with the figures in one of the formats of ``WRITERS``."""
    return named(WRITERS[extension](selection, results), slugify(_("results")), extension, shown=extension == "json")
