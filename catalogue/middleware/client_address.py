"""Takes the client's address from the front server, so that rate limits and logs count clients and not that server."""

from django.conf import settings

from catalogue.server.rate_limit import known_address


def client_address_middleware(get_response):
    """Set ``REMOTE_ADDR`` from ``X-Forwarded-For`` where there must be a front server: on a site with https.

    That server sets ``X-Forwarded-For`` itself (``deploy/nginx``) and nobody else reaches the port, as for
    ``X-Forwarded-Proto``; of several addresses the last is the one that it saw. What is no address is ignored: then the
    front server itself counts as the client.
    """

    def middleware(request):
        if settings.SECURE_PROXY_SSL_HEADER:
            seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
            if forwarded := known_address(seen):
                request.META["REMOTE_ADDR"] = str(forwarded)
        return get_response(request)

    return middleware
