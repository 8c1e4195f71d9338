"""Who asks, when a front server stands between: throttles and logs count readers, not the server in front of them."""

from django.conf import settings

from catalogue.server.rate_limit import known_address


def readers_address(get_response):
    """Take the address of the reader from the front server, where there must be one: a site with https.

    It writes ``X-Forwarded-For`` anew (``deploy/nginx``) and nobody else reaches the port, as for
    ``X-Forwarded-Proto``; of several addresses the last is the one that it saw itself. What is no address names nobody:
    then the front server itself counts as the one who asks.
    """

    def answer(request):
        forwarded = known_address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2])
        if settings.SECURE_PROXY_SSL_HEADER and forwarded:
            request.META["REMOTE_ADDR"] = str(forwarded)
        return get_response(request)

    return answer
