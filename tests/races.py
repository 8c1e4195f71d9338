"""``python -m tests.races``: eight threads ask for the same step of one record; prints what they left behind, as JSON.

It runs in a process and a database of its own, because only there do several connections see each other's commits.
"""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

THREADS = 8
REPEATS = int(os.environ.get("RACES", "5"))


def main():
    from django.conf import settings
    from django.core.management import call_command

    from tests.desk import make_editor

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("prepare", verbosity=0)

    people = make_editor("secretariat"), make_editor("focal_point", countries=["PE"])
    outcomes = {kind: published_at_once(kind, *people) for kind in ("record", "revision", "date")}
    print(json.dumps({**outcomes, "revise": revised(people[0])}))


def at_once(action):
    """Run ``action`` in all threads from the same moment; return what went wrong other than a refusal."""
    from django.db import connections

    from catalogue.refusals import Refused

    gate = Barrier(THREADS)

    def one(_number):
        gate.wait()
        try:
            action()
        except Refused:
            return None
        except Exception as problem:
            return repr(problem)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return [problem for problem in pool.map(one, range(THREADS)) if problem]


def published_at_once(kind, secretariat, author):
    from django.core import mail
    from django.utils import timezone

    from catalogue.choices import Move, State
    from catalogue.editorial import schedule, workflow
    from catalogue.models import Practice
    from tests.desk import in_state, make_record

    outcome = {"problems": [], "steps": [], "versions": [], "letters": []}
    for _repeat in range(REPEATS):
        practice = make_record(state=State.PUBLISHED if kind == "revision" else State.IN_REVIEW, country="PE")
        asked = practice
        if kind == "revision":
            asked = in_state(workflow.revise(practice, by=author), State.IN_REVIEW)
            Practice.objects.filter(pk=asked.pk).update(title_es="Otro título")
        elif kind == "date":
            Practice.objects.filter(pk=practice.pk).update(publish_at=timezone.now(), scheduled_by=secretariat)
        mail.outbox = []

        def publish(asked=asked):
            if kind == "date":
                schedule.publish_due()
            else:
                workflow.move(Practice.objects.filter(pk=asked.pk).first() or asked, Move.PUBLISH, by=secretariat)

        outcome["problems"] += at_once(publish)
        outcome["steps"].append(practice.transitions.filter(move=Move.PUBLISH).count())
        outcome["versions"].append(practice.versions.exclude(public_number=None).count())
        outcome["letters"].append(len(mail.outbox))
    return outcome


def revised(secretariat):
    from catalogue.choices import State
    from catalogue.editorial import workflow
    from catalogue.models import Practice
    from tests.desk import make_record

    practice = make_record(state=State.PUBLISHED)
    problems = at_once(lambda: workflow.revise(practice, by=secretariat))
    return {
        "revisions": Practice.objects.filter(revision_of=practice).count(),
        "steps": practice.transitions.count(),
        "problems": problems,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    main()
