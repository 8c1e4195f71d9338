"""Makes the people of the desk, and what its first catalogue lacks: ``python -m tests.e2e.desk_people``.

That is adaptations, a call for an edition, an import and a question. All go into the database of ``DATABASE_URL``,
people with ``PASSWORD``.
"""

import os

import django
from django.utils import timezone

PASSWORD = "mate con hierba y menta"
# name: role and what make_editor wants to know beside it
PEOPLE = {
    "focal": ("focal_point", {"countries": ["UY", "EC"]}),
    "secretaria": ("secretariat", {}),
    "revisora": ("reviewer", {}),
    "traductor": ("translator", {"translates": ["pt", "en"]}),
}
TRAVELS = [("CSM-2023-001", "EC", "adopted"), ("CSM-2023-001", "CL", "piloting"), ("CSM-2023-002", "UY", "considering")]
CALL = "2031"  # the address of the edition


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    from tests.desk import make_editor

    for name, (role, more) in PEOPLE.items():
        person = make_editor(role, username=name, **more)
        person.set_password(PASSWORD)
        person.save()
    adapt()
    call()
    receive()


def adapt():
    """Let practices travel."""
    from catalogue.models import Practice
    from tests.factories import make_adaptation

    for code, country, stage in TRAVELS:
        make_adaptation(practice=Practice.objects.get(code=code), country=country, stage=stage, since="2030-04")


def call():
    """Open the call for an edition in which something is looked for."""
    from catalogue.choices import EditionState
    from catalogue.models import Edition

    texts = {"call_es": "Se buscan prácticas.", "call_en": "Practices wanted.", "call_pt": "Procuram-se práticas."}
    Edition.objects.create(
        slug=f"edition-{CALL}",
        title="Catálogo 2031",
        language="es",
        year=int(CALL),
        publisher_es="CSM",
        licence="CC BY 4.0",
        citation_es="CSM (2031).",
        state=EditionState.OPEN,
        deadline="2031-03-01",
        opened_at=timezone.now(),
        **texts,
    )


def receive():
    """Let a file have been handed in, and a question asked."""
    from catalogue.models import ImportRun, Practice
    from tests.factories import make_enquiry

    ImportRun.objects.create(file_name="primero.csv", sha256="0" * 64, kind="csv", language="es")
    make_enquiry(practice=Practice.objects.get(code="CSM-2023-001"))


if __name__ == "__main__":
    main()
