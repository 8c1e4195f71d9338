"""What a process keeps of single practices: after a change, only what tells of the changed ones is made anew."""

from threading import Lock

from catalogue.caching.lru import Kept
from catalogue.models.version import changes_between, read_now

LANGUAGES_KEPT = 6  # three, of a database and of its replica


class OfPractices:
    """Things by the primary key of their practice: ``most`` of each language, of the newest version asked for."""

    def __init__(self, most):
        self.most, self._known, self._lock = most, Kept(LANGUAGES_KEPT), Lock()

    def get(self, keys, version, language, make):
        """Return ``{primary key: thing}`` in the order of the keys, without practices that are gone.

        ``make`` gets the keys of which nothing is kept and returns their things in the same way.
        """
        known = self._of(version, language)
        found = {key: known.get(key) for key in keys}
        missing = [key for key, thing in found.items() if thing is None]
        if missing:
            made = make(missing)
            found.update(made)
            self._keep(known, made)
        return {key: thing for key, thing in found.items() if thing is not None}

    def forget(self, key, version, language):
        """Make the thing of one practice anew when it is wanted again."""
        self._of(version, language).pop(key, None)

    def _of(self, version, language):
        """Return what is kept of a version: all of the version before but what tells of changed practices."""
        place = read_now(), language
        known, things = self._known.get(place, lambda: (version, {}))
        if known == version:
            return things
        changed = changes_between(known, version)
        rest = {} if changed is None else {key: thing for key, thing in things.items() if key not in changed}
        self._known.put(place, (version, rest))
        return rest

    def _keep(self, known, made):
        with self._lock:
            known.update(made)
            for key in list(known)[: max(0, len(known) - self.most)]:
                del known[key]
