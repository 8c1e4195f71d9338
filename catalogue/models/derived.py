"""What is derived from practices, like the search index: written in the transaction of a change, once at its end."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Writer = Callable[[set[int]], None]
_deferred: ContextVar[dict[Writer, set[int]] | None] = ContextVar(
    "practices to be derived from at the end", default=None
)


@contextmanager
def deferred() -> Iterator[None]:
    """Derive from every practice touched inside once, at the end; for forms and fixtures that touch it many times.

    Inside another such block it is done at the end of that one.
    """
    touched: dict[Writer, set[int]] = {}
    handle = _deferred.set(touched)
    try:
        yield
    finally:
        _deferred.reset(handle)
    for write, practices in touched.items():
        touch(write, practices)


def touch(write: Writer, practices: Iterable[int]) -> None:
    """Let ``write`` derive anew from practices, given by primary key: now, or at the end of ``deferred()``."""
    touched, keys = _deferred.get(), set(practices)
    if touched is not None:
        touched.setdefault(write, set()).update(keys)
    elif keys:
        write(keys)
