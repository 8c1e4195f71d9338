"""What one file holds: the requested practices in the requested form."""

from functools import cached_property

from catalogue.exports.batches import keys_of
from catalogue.exports.labels import wordings
from catalogue.exports.layout import Layout
from catalogue.exports.tables import LONG, PRACTICES, RECORDS, RELATED
from catalogue.text.languages import content_language


class Selection:
    """The practices of a filter with the tables of a file; ``version`` is the version of the catalogue they are of."""

    def __init__(self, filterset, options, version):
        self.filterset = filterset
        self.options = options
        self.version = version
        self.wordings = wordings(options.language)

    @cached_property
    def keys(self):
        """The primary keys of the practices, in order."""
        return keys_of(self.filterset.qs)

    @cached_property
    def main(self):
        """The one table of a file that can hold but one."""
        return self._laid_out(LONG if self.options.long else PRACTICES)

    @cached_property
    def layouts(self):
        """All tables, the main one first."""
        others = [PRACTICES] if self.options.long else []
        return [self.main, *(self._laid_out(table) for table in (*others, *RELATED.values(), RECORDS))]

    def _laid_out(self, table):
        return Layout(table, self.wordings, provenance=self.options.provenance)


def described_tables():
    """Return every table in the active language, for the codebook."""
    words = wordings(content_language())
    return [Layout(table, words) for table in (PRACTICES, *RELATED.values(), LONG, RECORDS)]
