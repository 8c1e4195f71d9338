"""Log lines as JSON, one object per line, so that a line break in a request cannot forge an entry."""

import json
import logging
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """Formats a record as ``{"time", "level", "logger", "message"}``, with ``"error"`` for a traceback."""

    def format(self, record):
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def report_errors_to(dsn):
    """Send errors to a Sentry server, without personal data. Raises ``ValueError`` for an address that is none."""
    import sentry_sdk  # when it is wanted: it would take a twentieth of every start

    sentry_sdk.init(dsn=dsn, send_default_pii=False)
