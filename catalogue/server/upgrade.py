"""Whether this release can upgrade a database, by the migrations that are applied there; nothing is written."""

from collections.abc import Mapping, Set as AbstractSet
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from catalogue.errors import Refused
from catalogue.server.release import OLDEST_RELEASE, release_number


def check_database(connection: BaseDatabaseWrapper) -> None:
    """Read which migrations a database has. Raises ``Refused`` where ``check_migrations`` does; writes nothing."""
    check_migrations(set(MigrationRecorder(connection).applied_migrations()), MigrationLoader(None).disk_migrations)


def check_migrations(applied: AbstractSet[tuple[str, str]], migrations: Mapping[tuple[str, str], Any]) -> None:
    """Compare the ``(app, name)`` of the ``applied`` migrations with the ``migrations`` of the code.

    A squashed migration stands for all that it replaces, also when the files of these are gone. Migrations of apps that
    this release does not have are left alone: nothing here reads their tables. Raises ``Refused`` for a database of a
    newer release, and for one that stands between two migrations of which the files are gone.
    """
    squashed = {key: set(migration.replaces) for key, migration in migrations.items() if migration.replaces}
    this, apps = release_number(), {app for app, _name in migrations}
    known = migrations.keys() | set().union(*squashed.values())
    if unknown := sorted(f"{app}.{name}" for app, name in applied - known if app in apps):
        raise Refused(
            f"The database was made by a newer release: {this} does not know its migrations {', '.join(unknown)}."
            " Run that release, or restore a backup made before its upgrade."
        )
    for key, replaced in squashed.items():
        lacking = replaced - applied - migrations.keys()
        if lacking and key not in applied and replaced & applied:
            raise Refused(
                f"The database was made by a release older than {OLDEST_RELEASE}, the oldest that {this} upgrades."
                f" Upgrade it to {OLDEST_RELEASE} first."
            )
