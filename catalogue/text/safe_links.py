"""Which addresses may be offered as links: those of the web, whatever a database holds."""

from urllib.parse import urlsplit

SCHEMES = ("http", "https")


def leads_to_the_web(address):
    """Whether an address is http or https, names a host, and hides no control character or space."""
    if not address or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.hostname)
