"""Editing the catalogue: one file per kind of record."""

from catalogue.admin import (  # noqa: F401 - they register themselves
    adaptations,
    django_words,
    editions,
    enquiries,
    imports,
    meetings,
    people,
    practice,
    supporting,
)
