"""Closed lists. The code is stored; the label is shown in the reader’s language."""

from catalogue.choices.links import *  # noqa: F403 - one place to import every list from
from catalogue.choices.practices import *  # noqa: F403
from catalogue.choices.workflow import *  # noqa: F403
from networks.languages import LANGUAGE_CHOICES  # noqa: F401
