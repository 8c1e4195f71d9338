"""Indexes of the names that are suggested while a reader types, and of synonyms, filled from what is there."""

from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

BATCH = 500
LANGUAGES = ("es", "en", "pt")
KINDS = {  # kind -> app, model, translated fields, field with further names
    "practice": ("catalogue", "Practice", ("short_title", "title"), "acronym"),
    "network": ("networks", "Network", ("name", "short_name"), "aliases"),
    "country": ("networks", "Country", ("name",), "aliases"),
    "organisation": ("catalogue", "Organisation", ("name",), "acronym"),
    "meeting": ("networks", "Meeting", ("name",), "forum__acronym"),
}


def fill(apps, schema_editor):
    """Write what ``manage.py rebuild_search`` would write, so that a site which is upgraded suggests at once."""
    using = schema_editor.connection.alias
    for kind, (app, name, fields, further) in KINDS.items():
        columns = [f"{field}_{code}" for field in fields for code in LANGUAGES]
        records = apps.get_model(app, name).objects.using(using).order_by("pk").values("pk", *columns, further)
        rows = records.iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            write(apps, using, kind, batch, columns, further)


    fill_tokens(apps, using)


def fill_tokens(apps, using):
    """Write the tokens of the first word of each synonym."""
    from catalogue.text.search_query import forms_of
    from catalogue.text.search_tokens import words

    Token = apps.get_model("catalogue", "SynonymToken")
    for synonyms in apps.get_model("catalogue", "SynonymSet").objects.using(using):
        first = {found[0] for line in synonyms.words.splitlines() if (found := words(line))}
        tokens = {form[0][:60] for word in first for form in forms_of((word,))}
        Token.objects.using(using).bulk_create(Token(synonyms=synonyms, token=token) for token in sorted(tokens))


def write(apps, using, kind, batch, columns, further):
    from catalogue.text.folding import sort_key

    Record, Name = (apps.get_model("catalogue", model) for model in ("SuggestedRecord", "SuggestedName"))
    records, names = [], []
    for row in batch:
        lines = (row[further] or "").splitlines()
        shown = {code: shown_in(code, kind, row) for code in LANGUAGES}
        labels = {code: with_acronym(shown[code], kind, row, code) for code in LANGUAGES}
        sorts = {f"sort_{code}": sort_key(label).encode() for code, label in labels.items()}
        records.append(Record(kind=kind, key=row["pk"], **sorts))
        names.append(starts_of([*(row[column] or "" for column in columns), *lines], shown, lines))
    records = Record.objects.using(using).bulk_create(records)
    rows = [
        Name(record=record, language=language, start=start)
        for record, each in zip(records, names, strict=True)
        for language, start in each
    ]
    Name.objects.using(using).bulk_create(rows, batch_size=10 * BATCH)


def shown_in(language, kind, row):
    """Return the name that readers of a language see, in another one if it must be."""
    chain = [language, *(code for code in LANGUAGES if code != language)]
    fields = [f"name_{code}" for code in chain]
    if kind == "practice":
        fields = [f"short_title_{language}", f"title_{language}"]
        fields += [f"{field}_{code}" for field in ("short_title", "title") for code in chain[1:]]
    return next(filter(None, (row[field] for field in fields)), "")


def with_acronym(name, kind, row, language):
    from networks.acronyms import acronym_in

    acronym = acronym_in(row["acronym"], language) if kind == "organisation" else ""
    return name if acronym in name else f"{name} ({acronym})"


def starts_of(names, shown, lines):
    """Return ``(language, start)`` for all words of the names, and for the names that a reader sees first."""
    from catalogue.text.search_names import folded_name, indexed_starts, word_starts

    found = [("", start) for start in indexed_starts(word_starts(names))]
    for code, name in shown.items():
        first = filter(None, map(folded_name, [name, *lines]))
        found += [(code, start) for start in indexed_starts(first)]
    return found


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0026_practice_document"),
        ("networks", "0003_presented_and_unconfirmed"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuggestedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("key", models.PositiveBigIntegerField()),
                ("sort_es", models.BinaryField()),
                ("sort_en", models.BinaryField()),
                ("sort_pt", models.BinaryField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("kind", "key"), name="suggested_record_once")]},
        ),
        migrations.CreateModel(
            name="SuggestedName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(blank=True, max_length=2)),
                ("start", models.BinaryField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="catalogue.suggestedrecord",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("language", "start", "record"), name="suggested_name_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="SynonymToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(db_index=True, max_length=60)),
                (
                    "synonyms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="catalogue.synonymset",
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
