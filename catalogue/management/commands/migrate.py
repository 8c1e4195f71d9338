"""Django’s command; words for people are no change of a model: see catalogue/management/migration_changes.py."""

from django.core.management.commands import migrate

from catalogue.management.migration_changes import Autodetector


class Command(migrate.Command):
    autodetector = Autodetector
