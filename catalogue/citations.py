"""How a record and the catalogue are cited, as text in the page's language."""

from django.conf import settings
from django.utils.translation import gettext as _

from catalogue.addresses import permanent_url
from catalogue.languages import localized
from catalogue.partial_dates import in_words


def cite_practice(practice):
    """Return the citation of a practice: entities, title, catalogue, code, date of the record, permanent address."""
    entities = "; ".join(localized(body, "name").text for body in practice.lead_organisations)
    sentence = _("%(entities)s. “%(title)s”. In %(catalogue)s, record %(code)s, updated on %(date)s. %(address)s")
    return sentence % {
        "entities": entities,
        "title": localized(practice, "title").text,
        "catalogue": settings.SITE_NAME,
        "code": practice.code,
        "date": in_words(practice.updated.date().isoformat()),
        "address": permanent_url(practice),
    }


def cite_catalogue():
    """Return the citation of the catalogue as a whole."""
    return _("South American Conference on Migration, Technical Secretariat. %(catalogue)s. %(address)s") % {
        "catalogue": settings.SITE_NAME,
        "address": settings.SITE_URL,
    }
