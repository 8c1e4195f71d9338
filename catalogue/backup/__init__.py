"""Backup and restore: the whole catalogue in one file, for both databases.

The file is a ZIP. ``tables/<table>.jsonl`` holds the rows of a table, one JSON array in each line, in the order of the
primary key; ``media/…`` holds uploaded files; ``backup.json`` says what the file is and how to check it, and is written
last. Rows are read and written by the models as the migrations describe them, so that a backup of an older release can
be restored into the schema it was made with and then migrated.

Sessions are left out, so that everybody signs in again, and so is what is built again, as the search index.
"""
