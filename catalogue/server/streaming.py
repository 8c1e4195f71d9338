"""Streamed responses whose beginning is made before the first byte is sent."""

from itertools import chain

from django.http import FileResponse

BEGINNING = 2**18  # bytes


def begun(response):
    """Return an answer of which the beginning is made, and so all of a short one, before its first byte is sent.

    Until then a failure can be answered with a page, and a reader who has nothing yet can be served from elsewhere;
    afterwards she has a broken file.
    """
    if response.streaming and not isinstance(response, FileResponse):
        pieces, beginning = iter(response.streaming_content), bytearray()
        try:
            while len(beginning) < BEGINNING and (piece := next(pieces, None)) is not None:
                beginning += piece
        except BaseException:
            response.close()  # nobody else will: it is not handed on
            raise
        response.streaming_content = chain([bytes(beginning)], pieces)
    return response
