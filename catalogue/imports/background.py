"""Runs the steps of imports outside the requests: in the worker, or without one in a process of their own."""

import subprocess
import sys
from threading import Thread

from django.conf import settings
from django.contrib.auth import get_user_model
from django_tasks import task

from catalogue.imports import runs
from catalogue.models import ImportRun


def start(run, step, *, by):
    """Run a step that has begun, outside of the request: it takes long and much memory."""
    if settings.WORKER or not settings.WORK_IN_BACKGROUND:
        take_step.enqueue(run.pk, step, by.pk)
        run.refresh_from_db()
        return
    command = [sys.executable, "manage.py", "import_practices", "--run", str(run.pk), "--step", step]
    command += ["--undone-by", str(by.pk)]
    process = subprocess.Popen(  # noqa: S603 - nothing of it comes from a request but two numbers
        command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
    )
    Thread(target=process.wait, daemon=True).start()  # so that it leaves no trace in the list of processes


@task(queue_name="imports")
def take_step(pk, step, by):
    """Run a step of an import, which was begun for this."""
    run = ImportRun.objects.get(pk=pk)
    if run.stage == runs.STEPS[step][1]:  # else another process ran it
        runs.run_step(run, step, by=get_user_model().objects.filter(pk=by).first())
