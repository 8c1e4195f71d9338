"""The newest snapshot that was built, as a file: who starts later reads it at once and follows what has changed since.

Building one of a hundred thousand practices takes seconds. Only numbers and texts are written, as Python writes them to
its own compiled files; a file that cannot be read or written is none.
"""

import marshal
import os
import sys
import tempfile
from contextlib import suppress
from datetime import datetime

from catalogue.models.version import Version
from catalogue.server.databases import beside
from catalogue.server.release import code

WORTH_IT = 2_000  # practices; fewer are read from the database as fast


def keep(alias, version, state):
    """Write the state of a snapshot of the database ``alias`` where the next process finds it."""
    kept = code(), (version.number, version.changed_at.isoformat(), version.whole), state
    with suppress(OSError):
        place = _place(alias)
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                marshal.dump(kept, file)
            os.replace(name, place)  # whole or not at all
        except BaseException:
            os.unlink(name)
            raise


def kept(alias):
    """Return ``(version, state)`` of the newest snapshot that this release has written of a database, or None."""
    try:
        of_code, (number, changed_at, whole), state = marshal.loads(_place(alias).read_bytes())  # noqa: S302 - ours
    except (OSError, ValueError, EOFError, TypeError):
        return None
    if of_code != code():
        return None
    return Version(number, datetime.fromisoformat(changed_at), whole), state


def _place(alias):
    return beside(alias, "snapshots") / f"{sys.version_info.major}.{sys.version_info.minor}.marshal"
