"""``python -m tests.clock STEP``: looks at the catalogue at the moment that the clock of this process tells.

It runs under faketime, in a process of its own: only so every clock that the site reads tells the same moment. What it
found is printed as JSON.
"""

import json
import os
import sys
from email.utils import parsedate_to_datetime

import django

PAGES = ("/es/", "/en/practices/", "/pt-br/praticas.csv", "/p/CSM-2023-001/", "/api/v1/practices/", "/sitemap.xml")


def schedule(moment):
    """Let a reviewed practice go public at ``moment``, and one be due for verification on its day."""
    from django.utils.dateparse import parse_datetime

    from catalogue.editorial.workflow import workflow
    from catalogue.editorial.workflow.schedule import publish_later
    from catalogue.models import Practice
    from tests.desk import make_editor, make_record

    secretariat = make_editor("secretariat")
    at = parse_datetime(moment)
    waiting = make_record(state="in_review", title="Con fecha")
    publish_later(waiting, at, by=secretariat)
    Practice.objects.filter(code="CSM-2023-001").update(next_review=at.date())
    changed = Practice.objects.get(code="CSM-2023-002")
    workflow.move(changed, "archive", by=secretariat, note="prueba")  # a change of this very moment
    return waiting.code


def look(code):
    """Return what a reader, a timer and a browser find now."""
    from django.test import Client
    from django.utils import timezone

    from catalogue.editorial.mail.verification_reminders import remind_due
    from catalogue.editorial.workflow.schedule import publish_due

    published, _withdrawn = publish_due()
    client, now = Client(), timezone.now()
    answers = [client.get(page, follow=True) for page in PAGES]
    dated = [parsedate_to_datetime(answer["Last-Modified"]) for answer in answers if answer.has_header("Last-Modified")]
    return {
        "now": now.isoformat(),
        "statuses": sorted({answer.status_code for answer in answers}),
        "published": code in published,
        "public": client.get(f"/p/{code}/", follow=True).status_code == 200,
        "reminded": "CSM-2023-001" in [name for _person, codes in remind_due() for name in codes],
        "dated": len(dated),
        "from the future": [str(moment) for moment in dated if moment > now],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    print(json.dumps({"schedule": schedule, "look": look}[sys.argv[1]](sys.argv[2])))
