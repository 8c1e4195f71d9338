"""Which version last changed each practice: what is cached of the others stays valid when the version moves on."""

from catalogue.caching.lru import ProcessCache
from catalogue.models.version import changes_between, read_now

_newest = ProcessCache(2)  # alias of the database: (version, Revisions)


class Revisions:
    """The version that last changed each practice, where it is known; ``base`` for those that did not change since."""

    def __init__(self, base, changed):
        self.base, self._changed = base, changed

    def of(self, key):
        """Return the revision of the practice with this primary key, a part of the key of what is cached of it."""
        return self._changed.get(key, self.base)

    def after(self, version, keys):
        """Return the revisions after the practices with these primary keys have changed."""
        return Revisions(self.base, self._changed | dict.fromkeys(keys, version))


def revisions(version):
    """Return the ``Revisions`` of a version; all are new after a change that may concern every practice.

    The version is read before the practices: what is cached under a revision may be newer than it, never older.
    """
    alias = read_now()
    known, newest = _newest.get(alias) or (None, None)
    if known == version:
        return newest
    changed = changes_between(known, version) if known else None
    found = Revisions(version, {}) if changed is None else newest.after(version, changed)
    if known is None or known < version:  # a request that began before the last change leaves the newer ones
        _newest.set(alias, (version, found))
    return found
