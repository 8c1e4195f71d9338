import django.db.models.deletion
from django.db import migrations, models

import catalogue.models.search

BATCH = 1000
# PostgreSQL finds the nearest words by a tree of trigrams; ``pg_trgm`` comes with PostgreSQL and its owner may add it.
POSTGRES = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX catalogue_vocabularyword_near ON catalogue_vocabularyword USING gist (word gist_trgm_ops)",
]
# SQLite finds them by an FTS5 table of trigrams; the spaces make trigrams of the ends of a word.
SQLITE = [
    "CREATE VIRTUAL TABLE catalogue_vocabulary USING fts5(padded, tokenize='trigram')",
    """CREATE TRIGGER catalogue_vocabulary_insert AFTER INSERT ON catalogue_vocabularyword BEGIN
        INSERT INTO catalogue_vocabulary(rowid, padded) VALUES (new.id, '  ' || new.word || ' '); END""",
    """CREATE TRIGGER catalogue_vocabulary_delete AFTER DELETE ON catalogue_vocabularyword BEGIN
        DELETE FROM catalogue_vocabulary WHERE rowid = old.id; END""",
]


def build(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Take the table of trigrams away; on PostgreSQL the index goes with its table, and the extension stays."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete"):
            schema_editor.execute(f"DROP TRIGGER catalogue_vocabulary_{name}")
        schema_editor.execute("DROP TABLE catalogue_vocabulary")


def fill(apps, schema_editor):
    """Read the words of the records that are indexed already."""
    from catalogue.text.search_tokens import word_spans

    using = schema_editor.connection.alias
    written = {}
    for text in apps.get_model("catalogue", "SearchDocument").objects.using(using).values_list("vocabulary", flat=True).iterator():
        for start, end, word in word_spans(text):
            if 2 < len(word) <= 60:
                written.setdefault(word, text[start:end].lower()[:60])
    model = apps.get_model("catalogue", "VocabularyWord")
    rows = [model(word=word, written=form) for word, form in sorted(written.items())]
    model.objects.using(using).bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_roles")]

    operations = [
        migrations.CreateModel(
            name="VocabularyWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
                ("written", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="SqliteVocabulary",
            fields=[
                (
                    "word",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="trigrams",
                        serialize=False,
                        to="catalogue.vocabularyword",
                    ),
                ),
                ("row", catalogue.models.search.MatchField(db_column="catalogue_vocabulary")),
                ("rank", models.FloatField()),
            ],
            options={"db_table": "catalogue_vocabulary", "managed": False},
        ),
        migrations.RunPython(build, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
