"""Text that every XML parser accepts."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return a text without the control characters that XML 1.0 does not allow."""
    return _FORBIDDEN.sub("", text)
