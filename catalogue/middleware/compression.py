"""Compresses responses, except for formats that are compressed already."""

from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("application/pdf", "application/zip", "application/vnd.openxmlformats-", "application/vnd.oasis.")


class SelectiveGZipMiddleware(GZipMiddleware):
    """Django's middleware, without PDF, ZIP and office documents: to compress these again would slow every download."""

    def process_response(self, request, response):
        if response.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
