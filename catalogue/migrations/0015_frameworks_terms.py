"""Brings a catalogue that is in use to the frameworks: new terms, glosses of the old ones, a row for each assignment."""

from pathlib import Path

import yaml
from django.db import migrations

VOCABULARIES = Path(__file__).resolve().parents[2] / "fixtures" / "vocabularies.yaml"
NEW = ("principle", "psdhm")
FIELDS = ("gcm_objectives", "sdg_targets")


def bring_terms(apps, schema_editor):
    """Add the terms of the new frameworks and the glosses; an empty catalogue will load them with all its fixtures."""
    terms = apps.get_model("catalogue", "Term").objects.using(schema_editor.connection.alias)
    if not terms.exists():
        return
    for row in yaml.safe_load(VOCABULARIES.read_text(encoding="utf-8")):
        values = row["fields"]
        found = terms.filter(scheme=values["scheme"], code=values["code"])
        glosses = {name: text for name, text in values.items() if name.startswith("gloss")}
        if values["scheme"] in NEW and not found.exists():
            terms.create(name=values["name_es"], gloss=values["gloss_es"], **values)
        elif glosses:
            found.update(gloss=glosses["gloss_es"], **glosses)


def bring_rows(apps, schema_editor):
    """Give each assignment its row; nobody has written the reason yet."""
    using = schema_editor.connection.alias
    rows = apps.get_model("catalogue", "Classification").objects.using(using)
    for name in FIELDS:
        through = getattr(apps.get_model("catalogue", "Practice"), name).through
        assigned = through.objects.using(using).values_list("practice_id", "term_id").iterator(chunk_size=2000)
        rows.bulk_create(
            (rows.model(practice_id=practice, term_id=term) for practice, term in assigned), batch_size=1000
        )


def take_back(apps, schema_editor):
    """Remove what the schema before has no place for: the rows of assignments, then the terms of new frameworks."""
    using = schema_editor.connection.alias
    apps.get_model("catalogue", "Classification").objects.using(using).all().delete()
    apps.get_model("catalogue", "Term").objects.using(using).filter(scheme__in=NEW).delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0014_frameworks")]
    operations = [
        migrations.RunPython(bring_terms, take_back),
        migrations.RunPython(bring_rows, migrations.RunPython.noop),
    ]
