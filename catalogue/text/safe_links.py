"""Which URLs may be offered as links: those of the web, whatever the database holds."""

from urllib.parse import urlsplit

SCHEMES = ("http", "https")


def leads_to_the_web(url: str | None) -> bool:
    """Whether a URL is http or https, names a host, and hides no control character or space."""
    if not url or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.hostname)
