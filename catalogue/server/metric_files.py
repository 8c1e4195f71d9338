"""The files in which gunicorn's workers count, one per worker number: a new worker continues the file of an ended one.

Prometheus' own way gives each process a file, so that they pile up, and lets it grow without asking whether there is
room: a full disk would then end the process by SIGBUS. Import this before the first metric is created.
"""

import os

from prometheus_client import values
from prometheus_client.mmap_dict import MmapedDict

FIRST_SIZE = 2**16  # bytes, as Prometheus makes them


class AllocatedDict(MmapedDict):
    """A file of metrics whose bytes are allocated before they are written. Raises ``OSError`` on a full disk."""

    def __init__(self, filename: str, read_mode: bool = False) -> None:
        if not os.path.exists(filename):
            with open(f"{filename}.new", "wb") as file:  # no name by which it is read before it is whole
                os.posix_fallocate(file.fileno(), 0, FIRST_SIZE)
            os.replace(file.name, filename)
        super().__init__(filename, read_mode)

    def _init_value(self, key: str) -> None:
        if self._used + 2 * len(key.encode()) + 64 > self._capacity:
            os.posix_fallocate(self._f.fileno(), 0, 2 * self._capacity)
        super()._init_value(key)


values.MmapedDict = AllocatedDict  # type: ignore[misc]
values.ValueClass = values.MultiProcessValue(lambda: os.environ["WORKER_NUMBER"])  # set by gunicorn.conf.py
