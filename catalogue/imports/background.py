"""Lets a process of its own take a step of an import: no request lasts so long, and no worker grows by it."""

import subprocess
import sys
from threading import Thread

from django.conf import settings

from catalogue.imports import runs


def start(run, step, *, by):
    """Let a step that has begun be taken, in the background where the settings say so."""
    if not settings.IMPORTS_IN_BACKGROUND:
        runs.take(run, step, by=by)
        return
    command = [sys.executable, "manage.py", "import_practices", "--run", str(run.pk), "--step", step]
    command += ["--undone-by", str(by.pk)]
    process = subprocess.Popen(  # noqa: S603 - nothing of it comes from a request but two numbers
        command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
    )
    Thread(target=process.wait, daemon=True).start()  # so that it leaves no trace in the list of processes
