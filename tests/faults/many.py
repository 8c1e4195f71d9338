"""A catalogue of many practices, made once: filled with synthetic rows, and multiplied by the database itself."""

from benchmarks import servers
from benchmarks.dataset import files_of

MADE = "code LIKE 'CSM-2090-%'"
TABLES = """
SELECT conrelid::regclass::text, attname FROM pg_constraint
JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE contype = 'f' AND confrelid = 'catalogue_practice'::regclass AND conrelid <> confrelid
"""
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = '{}' AND column_name <> 'id' AND is_generated = 'NEVER'
"""
WORDS = "catalogue_searchdocument"  # the index of words: slow to make, and nobody searches among the copies


def filled(postgres, name, size):
    """Fill a new database up to so many practices; return its address."""
    address = postgres.new_database(name)
    servers.load(address, files_of(size)[0], size)
    postgres.query("CHECKPOINT")  # a server that is killed later has nothing of this to make up for
    return address


def multiply(postgres, name, size, times):
    """Let a database of ``size`` synthetic practices hold ``times`` as many, each with its own code and address.

    Everything that refers to a practice is copied with it, but for the words of the search index: filling by Django
    would take minutes for what the database does in seconds.
    """
    copies = f"generate_series(1, {times - 1}) AS copy"
    number = f"(right(code, 6)::int + copy * {size})"
    new = {
        "code": f"left(code, -6) || lpad({number}::text, 6, '0')",
        "slug": rf"regexp_replace(slug, '\d+$', '') || {number}",
    }
    ((last,),) = postgres.query("SELECT max(id) FROM catalogue_practice", name)
    copied(postgres, name, "catalogue_practice", {**new, "id": f"id + copy * {last}"}, f"{copies} WHERE {MADE}")
    for table, column in postgres.query(TABLES, name):
        if table != WORDS:
            made = f"{copies} WHERE {column} IN (SELECT id FROM catalogue_practice WHERE {MADE} AND id <= {last})"
            copied(postgres, name, table, {column: f"{column} + copy * {last}"}, made)
    postgres.query("SELECT setval('catalogue_practice_id_seq', (SELECT max(id) FROM catalogue_practice))", name)
    postgres.query("ANALYZE", name)
    postgres.query("CHECKPOINT")


def copied(postgres, name, table, changed, rows):
    """Copy rows of a table but for what is ``changed``; a database counts the keys that are left out."""
    columns = {column: f'"{column}"' for (column,) in postgres.query(COLUMNS.format(table), name)} | changed
    names = ", ".join(f'"{column}"' for column in columns)
    postgres.query(f'INSERT INTO "{table}" ({names}) SELECT {", ".join(columns.values())} FROM "{table}", {rows}', name)
