"""Brings a catalogue that is in use the targets that concern migration, the abbreviations and the mended names.

What its editors have written themselves stays, and no practice is classified anew: that is a judgement of people.
"""

from pathlib import Path

import yaml
from django.db import migrations

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LANGUAGES = ("es", "en", "pt")
BROUGHT = ("sdg_target", "abbreviation")  # vocabularies whose terms are brought where they are missing
FURTHER = ("migrants-in-general",)  # a population that was missing
DELIVERED = {  # names as the catalogue was delivered with until now
    "4.b": "becas de enseñanza superior",
    "5.2": "violencia contra las mujeres y las niñas",
    "8.7": "trabajo forzoso, trata de personas y trabajo infantil",
    "8.8": "derechos laborales y entornos de trabajo seguros",
    "10.7": "migración ordenada, segura, regular y responsable",
    "10.c": "costo de las remesas",
    "16.3": "Estado de derecho y acceso a la justicia",
    "17.18": "datos desagregados y confiables",
    "h": "Programa de fortalecimiento de los mecanismos de vinculación con nacionales en el exterior y de la"
    " cooperación […]",
}


def bring_terms(apps, schema_editor):
    """Add the terms that are missing and mend those that nobody has touched; an empty catalogue loads its fixtures."""
    terms = apps.get_model("catalogue", "Term").objects.using(schema_editor.connection.alias)
    if not terms.exists():
        return
    for values in fixture("vocabularies", "catalogue.term"):
        parent = values.pop("parent", None)
        found = terms.filter(scheme=values["scheme"], code=values["code"]).first()
        if found:
            mend(found, values)
        elif values["scheme"] in BROUGHT or values["code"] in FURTHER:
            goal = terms.get(scheme=parent[0], code=parent[1]) if parent else None
            terms.create(name=values["name_es"], gloss=values.get("gloss_es", ""), parent=goal, **values)


def mend(term, values):
    """Give a term that still reads as it was delivered what it reads now."""
    if term.scheme in ("sdg_target", "psdhm") and term.name_es == DELIVERED.get(term.code):
        for name, text in values.items():
            if name.startswith(("name", "gloss")):
                setattr(term, name, text)
        term.name, term.gloss = term.name_es, term.gloss_es
    if term.scheme == "sdg_target":
        term.order = values["order"]
    elif term.scheme == "keyword" and term.origin_en == "printed":
        term.origin_en = values["origin_en"]  # 29 keywords stand nowhere in the publication
    term.save()


def bring_authors(apps, schema_editor):
    """Give the references of the publication of 2023 their authors in Spanish and Portuguese, where they have none."""
    references = apps.get_model("catalogue", "Reference").objects.using(schema_editor.connection.alias)
    for values in fixture("sources", "catalogue.reference"):
        ((edition,), number) = values["edition"], values["number"]
        for reference in references.filter(edition__slug=edition, number=number, author_en=values["author_en"]):
            for language in LANGUAGES:
                if not getattr(reference, f"author_{language}"):
                    setattr(reference, f"author_{language}", values[f"author_{language}"])
            reference.author = reference.author_es
            reference.save()


def tell_apart(apps, schema_editor):
    """Say which of two acronyms of the MERCOSUR is that of which language."""
    forums = apps.get_model("networks", "Forum").objects.using(schema_editor.connection.alias)
    forums.filter(slug="mercosur", acronym="MERCOSUR / MERCOSUL").update(acronym="MERCOSUR / MERCOSUR / MERCOSUL")


def fixture(name, model):
    """Return the fields of every row of a model in a fixture."""
    rows = yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [row["fields"] for row in rows if row["model"] == model]


def take_back(apps, schema_editor):
    """Remove what the schema before has no place for."""
    terms = apps.get_model("catalogue", "Term").objects.using(schema_editor.connection.alias)
    terms.filter(scheme="abbreviation").delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0023_basis_of_answers")]
    operations = [
        migrations.RunPython(bring_terms, take_back),
        migrations.RunPython(bring_authors, migrations.RunPython.noop),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
    ]
