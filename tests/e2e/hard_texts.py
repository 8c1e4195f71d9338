"""Makes the texts of a catalogue as hard as editors can: ``python -m tests.e2e.hard_texts``.

Every text that an editor writes becomes very long, with a word that nothing breaks, or Arabic and Hebrew, in turn; a
practice with nothing but what it must have is added. All goes into the database of ``DATABASE_URL``.
"""

import os
from uuid import UUID

import django
from django.db import models

WORD = "Interinstitucionalización" * 8  # 200 letters
LONG = f"{WORD} " + "Registro interinstitucional de personas migrantes y refugiadas en zonas de frontera. " * 6
RTL = "برنامج تسجيل المهاجرين (Registro 2023)، 12 مكتبًا – תוכנית לרישום מהגרים: 45 % מן המשפחות. " * 3
LINES = f"{LONG}\n{RTL}"
BARE = "bare"  # the address of the practice that has nothing more
PLAIN = {"acronym", "author", "evidence", "source_prints", "as_printed", "title", "attribution"}  # in one language
BY_LINE = {"topics", "outcomes"}
FIXED = {"Country", "Term"}  # nobody writes these in the desk; keywords alone are written there


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    from tests.e2e import desk_people

    desk_people.adapt()
    desk_people.call()
    harden()
    follow()


def harden():
    """Write the texts past every form: what is stored may be as old as the catalogue."""
    from modeltranslation.translator import translator

    for model in translator.get_registered_models(abstract=False):
        rows = model._base_manager.filter(scheme="keyword") if model.__name__ == "Term" else model._base_manager.all()
        if model.__name__ not in FIXED or model.__name__ == "Term":
            fields = [field for field in model._meta.concrete_fields if is_written(field)]
            rows = list(rows.order_by("pk"))
            for row in rows:
                write(row, fields)
            model._base_manager.bulk_update(rows, [field.name for field in fields], batch_size=20)


def is_written(field):
    """Whether a field holds what an editor writes."""
    translated = getattr(field, "translated_field", None)
    return isinstance(field, (models.CharField, models.TextField)) and (
        translated is not None or (field.name in PLAIN and not hasattr(type(field), "translated_field"))
    )


def write(row, fields):
    """Give a row its hard texts, cut to what a field holds; every other row is written from the right."""
    for field in fields:
        name = getattr(field, "translated_field", field).name
        text = LINES if name in BY_LINE else RTL if row.pk % 2 else LONG
        setattr(row, field.attname, text[: field.max_length])


def follow():
    """Freeze the edition anew, publish a second version of a practice, and search in what is now written."""
    from django.core.management import call_command

    from catalogue.editions import freeze
    from catalogue.editorial.workflow import previews, workflow
    from catalogue.models import EditionDocument, EditionEntry, FrozenEdition, Practice, PreviewLink
    from tests.desk import make_editor
    from tests.factories import make_practice

    for model in (EditionEntry, EditionDocument, FrozenEdition):
        model.objects.all().delete()
    freeze.freeze_loaded()
    secretariat = make_editor("secretariat")
    for number, code in enumerate(("CSM-2023-001", "CSM-2023-002"), start=1):
        publish_again(Practice.objects.get(code=code), secretariat)
        link = previews.create_link(workflow.revise(Practice.objects.get(code=code), by=secretariat), by=secretariat)
        PreviewLink.objects.filter(pk=link.pk).update(key=UUID(int=number))  # known to who looks at the pages
    make_practice(slug=BARE, title="Práctica", country="GY", start="", end="")
    call_command("rebuild_search", verbosity=0)


def publish_again(practice, secretariat):
    from catalogue.choices import TransitionKind
    from catalogue.editorial.workflow import workflow

    copy = workflow.revise(practice, by=secretariat)
    workflow.move(copy, TransitionKind.SUBMIT, by=secretariat)
    workflow.move(copy, TransitionKind.PUBLISH, by=secretariat)


if __name__ == "__main__":
    main()
