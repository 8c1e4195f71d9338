"""Log lines as JSON, one object per line, so that a line break in a request cannot forge an entry."""

import json
import logging
import re
from datetime import UTC, datetime

from catalogue.server.request_ids import current

MAILBOX = re.compile(r"[^\s@<>()\"']+@[^\s@<>()\"']+")


class JsonFormatter(logging.Formatter):
    """Formats a record as ``{"time", "level", "logger", "request", "message"}``, with ``"error"`` for a traceback."""

    def format(self, record):
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "request": current(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def report_errors_to(dsn):
    """Send errors to a Sentry server, without personal data. Raises ``ValueError`` for an address that is none."""
    import sentry_sdk  # when it is wanted: it would take a twentieth of every start

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=impersonal,
    )


def impersonal(event, hint):
    """Return a report that tells what failed and where, and nothing of who asked or what she wrote."""
    event.pop("user", None)
    event.setdefault("tags", {})["request"] = current()  # the same as in the log
    if request := event.get("request"):
        event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    return _without_mailboxes(event)


def _without_mailboxes(value):
    if isinstance(value, dict):
        return {name: _without_mailboxes(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_mailboxes(part) for part in value]
    return MAILBOX.sub("…@…", value) if isinstance(value, str) else value
