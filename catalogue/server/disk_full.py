"""Whether an error says that a disk is full: it passes by itself as soon as there is room again."""

import errno
import sqlite3


def is_disk_full(problem: BaseException | None) -> bool:
    """Whether a file or a database had no room, by the error itself or by the one from which it was raised."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(problem, "pgcode", None) == "53100":  # disk_full
            return True
        problem = problem.__cause__
    return False
