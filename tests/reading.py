"""What a reader sees on a page of the list, read from its HTML."""

import re
from html import unescape


def shown_codes(response):
    """Return the codes of the practices on a page, in order."""
    return re.findall(r'name="pick" value="([^"]+)"', response.content.decode())


def shown_total(response):
    """Return the number of practices that the page says it lists."""
    return int(re.search(r'id="count"[^>]*>(\d+)', response.content.decode())[1])


def shown_count(response, parameter, value):
    """Return the count beside a choice of a facet."""
    choice = rf'name="{parameter}" value="{re.escape(value)}"[^>]*><span>[^<]*</span><span class="num">.*?</span>(\d+)<'
    return int(re.search(choice, response.content.decode())[1])


def meant(response):
    """Return ``(text, address, count)`` of what the reader may have meant, or None."""
    found = re.search(r'<p class="lead">[^<]*<a href="([^"]+)">([^<]+)</a>\? \((\d+)', response.content.decode())
    return found and (unescape(found[2]), unescape(found[1]), int(found[3]))
