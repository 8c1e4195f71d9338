"""Walks the migrations of an app back and forth: ``python -m tests.faults.steps APP``; names those that change a row.

The database is the one of ``DATABASE_URL``. All steps are walked by one process, which starts once. Squashed migrations
are walked as the steps that they are made of: a database of any of these steps is still brought up to date by them.
"""

import os
import sys
from itertools import pairwise

NOT_COMPARED = ("django_migrations", "catalogue_searchdocument")


def of(app):
    """Return the names of an app's migrations in their order, without those that only squash others."""
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    (leaf,) = graph.leaf_nodes(app)
    own = [graph.nodes[key] for key in graph.forwards_plan(leaf) if key[0] == app]
    return [name for migration in own for _app, name in migration.replaces or [(app, migration.name)]]


def contents():
    """Return every row of every table but those in which programs keep their own."""
    from django.db import connection

    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - set(NOT_COMPARED))
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def main(app):
    from django.core.management import call_command

    changed = []
    for earlier, later in reversed(list(pairwise(of(app)))):
        call_command("migrate", app, earlier, verbosity=0)
        before = contents()
        call_command("migrate", app, later, verbosity=0)
        call_command("migrate", app, earlier, verbosity=0)
        if contents() != before:
            changed.append(later)
    call_command("migrate", verbosity=0)
    return f"Rows are changed by going there and back: {', '.join(changed)}." if changed else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django

    django.setup()
    sys.exit(main(sys.argv[1]))
