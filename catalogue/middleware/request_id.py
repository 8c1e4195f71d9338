"""Gives every request an id, which stands in a header of its response and in the log."""

import re
import secrets

from catalogue.server.request_ids import request_id_var

HEADER = "X-Request-Id"
# of nginx, or a UUID; too narrow for a name, an e-mail address or a forged line
WELL_FORMED = re.compile(r"[0-9A-Fa-f-]{16,64}")


def request_id_middleware(get_response):
    """Take the id that the front server sent, when it is well-formed, or make one."""

    def middleware(request):
        sent = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = sent if WELL_FORMED.fullmatch(sent) else secrets.token_hex(16)
        request_id_var.set(request_id)
        response = get_response(request)
        response.headers[HEADER] = request_id
        return response

    return middleware
