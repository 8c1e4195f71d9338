"""Reports of errors to the operator's Sentry, without personal data."""

import re
from typing import Any

from catalogue.server.request_ids import current_request_id

EMAIL_ADDRESS = re.compile(r"[^\s@<>()\"']+@[^\s@<>()\"']+")


def report_errors_to(dsn: str) -> None:
    """Send errors to a Sentry server. Raises ``ValueError`` for a DSN that is none."""
    import sentry_sdk  # only where it is wanted: it would take a twentieth of every start

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_personal_data,
    )


def without_personal_data(event: Any, hint: Any) -> Any:
    """Return a report that says what failed and where, and nothing of the client or the contents of a form."""
    event.pop("user", None)
    event.setdefault("tags", {})["request"] = current_request_id()  # the same as in the log
    if request := event.get("request"):
        event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    return _without_email_addresses(event)


def _without_email_addresses(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_email_addresses(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_email_addresses(part) for part in value]
    return EMAIL_ADDRESS.sub("…@…", value) if isinstance(value, str) else value
