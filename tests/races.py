"""``python -m tests.races``: many threads ask for the same step of one record; prints what they left behind, as JSON.

It runs in a process and a database of its own, because only there do several connections see each other's commits.
"""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

from tests.effort import tries

THREADS = 8
REPEATS = int(os.environ.get("RACES") or tries(1, 20))
SAVERS, ROUNDS = 5, 2 * REPEATS  # ten in all who save what they opened together, two hundred in a whole run
CODE = "CSM-2098-001"


def main():
    from django.test.utils import setup_test_environment

    from tests.desk import make_editor

    setup_test_environment()
    people = make_editor("secretariat"), make_editor("focal_point", countries=["PE"])
    outcomes = {kind: published_at_once(kind, *people) for kind in ("record", "revision", "date")}
    print(json.dumps({**outcomes, "revise": revised(people[0]), "saved": saved()}))


def at_once(action, threads=THREADS):
    """Run ``action(number)`` in all threads from the same moment; return what went wrong other than a refusal."""
    from django.db import connections

    from catalogue.errors import Refused

    gate = Barrier(threads)

    def one(number):
        gate.wait()
        try:
            action(number)
        except Refused:
            return None
        except Exception as problem:
            return repr(problem)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return [problem for problem in pool.map(one, range(threads)) if problem]


def published_at_once(kind, secretariat, author):
    from django.core import mail
    from django.utils import timezone

    from catalogue.choices import State, TransitionKind
    from catalogue.editorial.workflow import schedule, workflow
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

        def publish(_number, asked=asked):
            if kind == "date":
                schedule.publish_due()
            else:
                workflow.move(
                    Practice.objects.filter(pk=asked.pk).first() or asked, TransitionKind.PUBLISH, by=secretariat
                )

        outcome["problems"] += at_once(publish)
        outcome["steps"].append(practice.transitions.filter(move=TransitionKind.PUBLISH).count())
        outcome["versions"].append(practice.versions.exclude(public_number=None).count())
        outcome["letters"].append(len(mail.outbox))
    return outcome


def revised(secretariat):
    from catalogue.choices import State
    from catalogue.editorial.workflow import workflow
    from catalogue.models import Practice
    from tests.desk import make_record

    practice = make_record(state=State.PUBLISHED)
    problems = at_once(lambda _number: workflow.revise(practice, by=secretariat))
    return {
        "revisions": Practice.objects.filter(revision_of=practice).count(),
        "steps": practice.transitions.count(),
        "problems": problems,
    }


def saved():
    """Let several save another title in a record that all opened at the same time, again and again.

    Return for each round what ``saved_at_once`` tells.
    """
    from django.test import Client

    from tests.desk import make_editor, make_small

    make_small(CODE)
    clients = [Client() for _saver in range(SAVERS)]
    for client in clients:
        client.force_login(make_editor("secretariat"))
    return [saved_at_once(clients, f"Título {number}") for number in range(ROUNDS)]


def saved_at_once(clients, title):
    """Return who was told what, and whether the stored title and the history are those of who was told "saved"."""
    from catalogue.models import Practice
    from tests.desk import change_form

    (address, form), answers = change_form(clients[0], CODE), {}
    practice = Practice.objects.get(code=CODE)
    before = practice.versions.count()

    def save(number):
        answers[number] = clients[number].post(address, {**form, "title_es": f"{title} de {number}"})

    problems = at_once(save, SAVERS)
    practice.refresh_from_db()
    new = [version.content["fields"]["title_es"] for version in practice.versions.order_by("number")[before:]]
    winners = [f"{title} de {number}" for number, answer in answers.items() if answer.status_code == 302]
    return {
        "problems": problems,
        "saved": winners,
        "told": sum('id="choices-heading"' in answer.content.decode() for answer in answers.values()),
        "refused": sum(answer.status_code == 503 for answer in answers.values()),  # SQLite, when the queue is too long
        "stored": practice.title_es,
        "history": [told for told in new if told.startswith(f"{title} de")],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    main()
