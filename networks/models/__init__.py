"""Who is in the Conference, where it meets and with whom."""
# ruff: noqa: F401

from networks.models.forums import Forum, Source
from networks.models.meeting_rows import (
    Commitment,
    MeetingBody,
    MeetingDocument,
    MeetingFeature,
    MeetingFigure,
    MeetingNote,
)
from networks.models.meetings import Meeting
from networks.models.members import ColourToken, Country, Network
