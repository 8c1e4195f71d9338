"""Number and fingerprint of this release; what is cached outside a process names it, so that no other release reads it.

The number stands in pyproject.toml alone; CONTRIBUTING.md says how the next one is chosen.
"""

import tomllib
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

CODE = ("catalogue", "networks", "templates", "static", "locale")  # all that makes a response, beside the contents
NO_CODE = {".pyc", ".po"}  # made from the code, or read by translators only
OLDEST_RELEASE = "1.0.0"  # whose database is upgraded directly: ``catalogue.server.upgrade`` refuses any older one


@cache
def release_number() -> str:
    """Return the number of this release."""
    return tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text())["project"]["version"]


@cache
def release_fingerprint() -> str:
    """Return a fingerprint of the code and of the settings that pages show, the same on every machine with both."""
    shown = f"{code_fingerprint()} {settings.SITE_URL} {settings.SITE_NAME}"
    return blake2b(shown.encode(), digest_size=16).hexdigest()


@cache
def code_fingerprint() -> str:
    """Return a fingerprint of the code alone."""
    digest = blake2b(digest_size=16)
    for folder in CODE:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.is_file() and path.suffix not in NO_CODE:
                digest.update(path.read_bytes())
    return digest.hexdigest()
