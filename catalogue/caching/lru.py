"""Bounded caches of one process: the least recently used entry is evicted first. Threads may share them."""

from threading import Lock
from weakref import WeakSet

from cachetools import LRUCache

_caches = WeakSet()


class ProcessCache:
    """A cache of at most ``maxsize`` entries, or of that many units of ``getsizeof(entry)``."""

    def __init__(self, maxsize, getsizeof=None):
        self._entries, self._lock = LRUCache(maxsize, getsizeof), Lock()
        _caches.add(self)

    def get(self, key):
        """Return the entry of ``key``; ``None`` without any."""
        with self._lock:
            return self._entries.get(key)

    def set(self, key, entry):
        """Store and return an entry; one larger than the whole cache is only returned."""
        with self._lock:
            if self._entries.getsizeof(entry) <= self._entries.maxsize:
                self._entries[key] = entry
        return entry

    def get_or_build(self, key, build, *args):
        """Return the entry of ``key``, or what ``build(*args)`` returns, which is stored.

        Two threads that miss at once both build it: the same thing, so either may stay.
        """
        entry = self.get(key)
        return self.set(key, build(*args)) if entry is None else entry

    def clear(self):
        """Evict everything."""
        with self._lock:
            self._entries.clear()


def clear_all():
    """Evict everything that this process has cached."""
    for cache in list(_caches):
        cache.clear()
