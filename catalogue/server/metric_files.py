"""The files in which the workers of gunicorn count, one for each place of a worker: a new one goes on where one ended.

Prometheus' own way gives each process a file, so that they pile up, and has it grow without asking whether there is
room: a full disk would then end the process by SIGBUS. Import this before the first figure is made.
"""

import os

from prometheus_client import values
from prometheus_client.mmap_dict import MmapedDict

FIRST_SIZE = 2**16  # bytes, as Prometheus makes them


class AllocatedDict(MmapedDict):
    """A file of figures whose bytes are there before they are written. Raises ``OSError`` on a full disk."""

    def __init__(self, filename, read_mode=False):
        if not os.path.exists(filename):
            with open(f"{filename}.new", "wb") as file:  # no name by which it is read before it is whole
                os.posix_fallocate(file.fileno(), 0, FIRST_SIZE)
            os.replace(file.name, filename)
        super().__init__(filename, read_mode)

    def _init_value(self, key):
        if self._used + 2 * len(key.encode()) + 64 > self._capacity:
            os.posix_fallocate(self._f.fileno(), 0, 2 * self._capacity)
        super()._init_value(key)


values.MmapedDict = AllocatedDict
values.ValueClass = values.MultiProcessValue(lambda: os.environ["WORKER_NUMBER"])  # given by gunicorn.conf.py
