"""Several tables from one walk through the practices: the first is written straight away, the others wait in files."""

import shutil
import tempfile
from contextlib import ExitStack, contextmanager

from catalogue.exports.layout import practices_in

PIECE = 1 << 16  # bytes copied at a time


@contextmanager
def spooled(layouts, keys, first, form):
    """Write the first table to the file that ``first`` gives and closes; yield the others as ``[(layout, file)]`` and
    the rows of each table by its name.

    ``form`` makes the bytes: ``head(layout)``, ``body(layout, rows, number)`` with the number of rows before these, and
    ``tail(layout)``. The waiting files lie on the disk and go when the block ends.
    """
    with ExitStack() as stack:
        waiting = [stack.enter_context(tempfile.TemporaryFile()) for _layout in layouts[1:]]
        with first as file:
            counts = _write(layouts, [file, *waiting], keys, form)
        for file in waiting:
            file.seek(0)
        yield list(zip(layouts[1:], waiting, strict=True)), counts


def copy(file, to):
    """Copy a waiting table to its place."""
    shutil.copyfileobj(file, to, PIECE)


def _write(layouts, files, keys, form):
    counts = {layout.table.name: 0 for layout in layouts}
    for layout, file in zip(layouts, files, strict=True):
        file.write(form.head(layout))
    for practices in practices_in(keys, layouts):
        for layout, file in zip(layouts, files, strict=True):
            rows = layout.rows_of(practices)
            if rows:
                file.write(form.body(layout, rows, counts[layout.table.name]))
                counts[layout.table.name] += len(rows)
    for layout, file in zip(layouts, files, strict=True):
        file.write(form.tail(layout))
    return counts
