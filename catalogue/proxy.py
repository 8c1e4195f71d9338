"""Who asks, when a front server stands between: throttles and logs count readers, not the server in front of them."""

from django.conf import settings


def readers_address(get_response):
    """Take the address of the reader from the front server, where there must be one: a site with https.

    It writes ``X-Forwarded-For`` anew (``deploy/nginx``) and nobody else reaches the port, as for
    ``X-Forwarded-Proto``; of several addresses the last is the one that it saw itself.
    """

    def answer(request):
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.SECURE_PROXY_SSL_HEADER and forwarded:
            request.META["REMOTE_ADDR"] = forwarded
        return get_response(request)

    return answer
