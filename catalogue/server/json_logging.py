"""Log lines as JSON, one object per line, so that a line break in a request cannot forge an entry."""

from typing import Any

from pythonjsonlogger import core, json

FIELDS = {  # of a log record, and their names in the object
    "time": "time",
    "levelname": "level",
    "name": "logger",
    "request_id": "request",
    "message": "message",
    "exc_info": "error",
}


class JsonFormatter(json.JsonFormatter):
    """Formats a record as ``{"time", "level", "logger", "request", "message"}``, with ``"error"`` for a traceback."""

    def __init__(self) -> None:
        super().__init__(
            [*FIELDS][:-1],
            rename_fields=FIELDS,
            timestamp="time",
            json_ensure_ascii=False,
            reserved_attrs=[*core.RESERVED_ATTRS, *FIELDS.values()],  # an ``extra`` takes the place of no field
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Leave out what code adds with ``extra``: Django adds the whole request."""
        return {name: log_data[name] for name in FIELDS.values() if log_data.get(name) is not None}
