"""The one way in which tests wait: they ask again and again, and a busy machine is given more time."""

import os
import time

PAUSE = 0.05  # seconds between two questions


def until(condition, seconds=30):
    """Ask again and again until something holds; return what it was. Raises ``TimeoutError``."""
    end = time.monotonic() + allowed(seconds)
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(PAUSE)
    raise TimeoutError(f"not within {seconds} seconds: {condition}")


def allowed(seconds):
    """Return the seconds that something may take here which takes ``seconds`` on a machine with nothing else to do.

    As many times more as processes wait for each processor: the promise is one of the catalogue, not of the machine.
    """
    return seconds * max(1, os.getloadavg()[0] / os.cpu_count())
