"""Django’s command; words for people are no change of a model: see catalogue/management/migration_changes.py."""

from django.core.management.commands import makemigrations

from catalogue.management.migration_changes import Autodetector


class Command(makemigrations.Command):
    autodetector = Autodetector
