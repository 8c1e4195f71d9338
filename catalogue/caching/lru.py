"""What a process has made once and may want again: answers of the database, pieces of pages."""

from collections import OrderedDict
from threading import Lock
from weakref import WeakSet

_all = WeakSet()


class Kept:
    """At most ``most`` things by their keys; the one longest unwanted makes room. Threads may share it."""

    def __init__(self, most):
        self.most, self._things, self._lock = most, OrderedDict(), Lock()
        _all.add(self)

    def get(self, key, make, *args):
        """Return what is kept for ``key``, or what ``make(*args)`` returns, which is kept from now on.

        Two threads that want the same thing at once may both make it: the same one, so either may stay.
        """
        thing = self._things.get(key)
        return self.put(key, make(*args) if thing is None else thing)

    def put(self, key, thing):
        """Keep a thing, in the place of the one there was, and return it."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            if len(self._things) > self.most:
                self._things.popitem(last=False)
        return thing

    def clear(self):
        """Forget everything."""
        with self._lock:
            self._things.clear()


def forget_all():
    """Forget what this process has kept; everything is made again when it is wanted."""
    for kept in list(_all):
        kept.clear()
