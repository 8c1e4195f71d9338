"""Editing the catalogue: one file per kind of record."""

from catalogue.admin import imports, meetings, people, practice, supporting  # noqa: F401 - they register themselves
