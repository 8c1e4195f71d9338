"""Makes the people of the desk for the tests in a browser: ``python -m tests.e2e.desk_people``.

They go into the database of ``DATABASE_URL``, each with ``PASSWORD``.
"""

import os

import django

PASSWORD = "mate con hierba y menta"
# name: role and what make_editor wants to know beside it
PEOPLE = {
    "focal": ("focal_point", {"countries": ["UY", "EC"]}),
    "secretaria": ("secretariat", {}),
    "revisora": ("reviewer", {}),
    "traductor": ("translator", {"translates": ["pt", "en"]}),
}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    from tests.desk import make_editor

    for name, (role, more) in PEOPLE.items():
        person = make_editor(role, username=name, **more)
        person.set_password(PASSWORD)
        person.save()


if __name__ == "__main__":
    main()
