"""Addresses under which a practice that is not public can be looked at for some days, without an account."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _, override

from catalogue.editorial import snapshots
from catalogue.languages import HTML_LANGUAGES, LANGUAGE_NAMES
from catalogue.models import Practice
from catalogue.refusals import Refused

SALT = "catalogue.preview"
VALID_FOR = timedelta(days=7)


def links(practice):
    """Return ``(language, address)`` for the preview of a practice in each language."""
    token = signing.dumps(practice.pk, salt=SALT)
    found = []
    for code, name in LANGUAGE_NAMES.items():
        with override(HTML_LANGUAGES[code].lower()):
            found.append((name, reverse("practice_preview", args=[token])))
    return found


def practice_of(token):
    """Return the practice a preview shows, as readers would see it. Raises ``Refused`` when the token is too old.

    Return ``None`` for a token that was never given, or when the practice is gone.
    """
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.SignatureExpired:
        raise Refused(_("This preview has expired. Ask the editors for a new address.")) from None
    except signing.BadSignature:
        return None
    practice = Practice.objects.for_detail().filter(pk=pk).first()
    if practice is None or not practice.is_revision:
        return practice
    return snapshots.as_practice(practice.revision_of, snapshots.read(practice))
