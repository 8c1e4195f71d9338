"""Editing the catalogue: one file per kind of record."""

from catalogue.admin import (  # noqa: F401 - they register themselves
    accounts,
    adaptations,
    django_messages,
    editions,
    enquiries,
    imports,
    meetings,
    practice,
    reference_data,
)
