"""Adds made-up practices, so that the list has several pages: ``python -m tests.e2e.more_practices``.

The real catalogue fills one page. They go into the database of ``DATABASE_URL``, in all three languages.
"""

import os

import django

MORE = 40


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    from tests.factories import make_practice

    for number in range(1, MORE + 1):
        titles = {
            "title_es": f"Práctica inventada {number}",
            "title_en": f"Invented practice {number}",
            "title_pt": f"Prática inventada {number}",
        }
        make_practice(title=titles["title_es"], country="CL", **titles)


if __name__ == "__main__":
    main()
