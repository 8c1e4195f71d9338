"""What a record needs before it can be published, and how much of it each language has."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from catalogue.models import Practice
from catalogue.text.languages import CONTENT_LANGUAGES, LANGUAGE_NAMES
from networks.records import translated_fields


class Requirement(NamedTuple):
    """Something a published record has. ``name`` is that of a queryset method, ``field`` the ``id`` in the form."""

    name: str
    sentence: str
    field: str


REQUIREMENTS = (
    Requirement("title", _("a title in at least one language"), "id_title_es"),
    Requirement("summary", _("a summary in a language that has a title"), "id_summary_es"),
    Requirement("network", _("a network"), "practice_networks-group"),
    Requirement("country", _("a country that implements it"), "practice_countries-group"),
    Requirement("entity", _("an implementing entity"), "practice_organisations-group"),
    Requirement("period", _("a start or an end, or “the source states no period” ticked"), "id_start"),
    Requirement("source", _("an edition or another source"), "id_edition"),
    Requirement("limits", _("limits and next steps, or “the source mentions no limits” ticked"), "id_limits_es"),
    Requirement("contact", _("a contact: an office, or the Secretariat"), "id_contact"),
)


def missing(practice):
    """Return the requirements that a stored practice does not meet."""
    own = Practice.objects.filter(pk=practice.pk)
    return [requirement for requirement in REQUIREMENTS if not own.meeting(requirement.name).exists()]


class Meter(NamedTuple):
    """How many of the texts that exist in any language exist in this one."""

    language: str
    written: int
    expected: int

    @property
    def name(self):
        return LANGUAGE_NAMES[self.language]

    @property
    def percent(self):
        return 100 * self.written // self.expected if self.expected else 0


def meters(practice):
    """Return one ``Meter`` per language, over the texts of a practice itself."""
    expected = len(_written_texts(practice))
    return [Meter(code, expected - len(untranslated(practice, code)), expected) for code in CONTENT_LANGUAGES]


def untranslated(practice, language):
    """Return the names of the texts that exist in another language and not in this one."""
    return [name for name in _written_texts(practice) if not getattr(practice, f"{name}_{language}")]


def _written_texts(practice):
    """Return the names of the texts that exist in any language."""
    return [
        name
        for name in translated_fields(Practice)
        if any(getattr(practice, f"{name}_{code}") for code in CONTENT_LANGUAGES)
    ]
