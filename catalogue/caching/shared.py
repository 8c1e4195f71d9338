"""What stays valid when single practices change: labels of filters, frames of pages."""

from catalogue.models.version import changes_between, read_now


def shared_entry(cache, name, version, build, *args):
    """Return the entry ``name`` of a cache; ``build(*args)`` builds it, again after a change of more than practices."""
    key = (read_now(), name)
    known, entry = cache.get(key) or (None, None)
    if known != version:
        if known is None or changes_between(known, version) is None:
            entry = build(*args)
        cache.set(key, (version, entry))
    return entry
