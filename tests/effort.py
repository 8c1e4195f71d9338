"""How much a run tries where more tries find more: little in ``make test``, much in ``make test-all``.

What nothing known makes different is tried once in ``make test``; where ``MANY``, for each role, engine and language.
"""

import os

MANY = os.environ.get("TRIES") == "many"


def tries(few, many):
    """Return how often to try: ``few`` in every run, ``many`` in a whole one."""
    return many if MANY else few
