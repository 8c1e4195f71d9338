"""Several tables from one pass through the practices: the first is written at once, the others to waiting files."""

import shutil
import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from catalogue.exports.layout import practices_in

PIECE = 1 << 16  # bytes copied at a time
AHEAD = 2  # pieces that wait to be written


@contextmanager
def spooled(layouts, keys, first, form):
    """Write the first table to the file that ``first`` gives and closes; yield the others as ``[(layout, file)]`` and
    the rows of each table by its name.

    ``form`` builds the bytes: ``head(layout)``, ``body(layout, rows, before)`` with the number of rows before these,
    and ``tail(layout)``. The waiting files are deleted when the block ends.
    """
    with ExitStack() as stack:
        waiting = [stack.enter_context(tempfile.TemporaryFile()) for _layout in layouts[1:]]
        with first as compressed, Behind(compressed) as file:
            counts = _write_tables(layouts, [file, *waiting], keys, form)
        for file in waiting:
            file.seek(0)
        yield list(zip(layouts[1:], waiting, strict=True)), counts


class Behind:
    """Writes to a file in a thread of its own: one piece is compressed while the next is built."""

    def __init__(self, file):
        self._file, self._writer, self._waiting = file, ThreadPoolExecutor(1), deque()

    def write(self, piece):
        """Let a piece be written after those before it. Raises what writing an earlier one raised."""
        if len(self._waiting) == AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._writer.submit(self._file.write, piece))

    def __enter__(self):
        return self

    def __exit__(self, problem, *_more):
        self._writer.shutdown()
        if problem is None:
            for piece in self._waiting:
                piece.result()


def copy(file, to):
    """Copy a waiting table to its place."""
    shutil.copyfileobj(file, to, PIECE)


def _write_tables(layouts, files, keys, form):
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
