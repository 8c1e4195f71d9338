"""Django’s command; words for people are no change of a model: see catalogue/migration_changes.py."""

from django.core.management.commands import migrate

from catalogue.migration_changes import Autodetector


class Command(migrate.Command):
    autodetector = Autodetector
