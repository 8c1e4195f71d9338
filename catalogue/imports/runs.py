"""The workflow of an import: handed in, checked, applied, undone. Each step is run once, by one process."""

import io
from hashlib import sha256
from itertools import islice

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalogue.choices import AuditEvent, Outcome, Stage
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow.roles import Action, may
from catalogue.errors import Refused
from catalogue.imports import applying
from catalogue.imports.planning import plan
from catalogue.imports.progress import Progress, is_interrupted
from catalogue.models import ImportedPractice, ImportRun
from catalogue.server.disk_full import is_disk_full
from catalogue.server.upload_checks import checked_upload

KINDS = ("xlsx", "csv")
FILE_LIMIT = 64 * 2**20  # bytes; ten thousand long practices in three languages have 47 million
UNPACKED_LIMIT = 512 * 2**20
STORED_AT_ONCE = 200
MOST_WAITING = 5  # imports of one account that are not carried out
# step: (stage before it, stage while it runs)
STEPS = {"check": (Stage.UPLOADED, Stage.CHECKING), "apply": (Stage.CHECKED, Stage.APPLYING),
         "undo": (Stage.APPLIED, Stage.UNDOING)}  # fmt: skip


def hand_in(uploaded_file, name, *, by):
    """Store an uploaded file to be checked, and return its ``ImportRun``. Raises ``Refused``.

    Of the imports of one account that were not carried out the newest ``MOST_WAITING`` remain.
    """
    run = opened_upload(uploaded_file, name, by=by)
    with transaction.atomic():
        run.save()
        _delete_oldest(by)
        audit_log.record(AuditEvent.IMPORT, by, f"import {run.pk} handed in sha256={run.sha256[:12]}")
    return run


def _delete_oldest(by):
    old = ImportRun.objects.of(by).waiting().order_by("-pk").values_list("pk", flat=True)[MOST_WAITING:]
    ImportRun.objects.filter(pk__in=list(old)).delete()


def opened_upload(uploaded_file, name, *, by):
    """Return the unsaved ``ImportRun`` of a file that may be opened. Raises ``Refused``."""
    if by is None or not may(by, Action.IMPORT):
        raise Refused(_("Your role does not allow this step."))
    kind, file = checked_upload(uploaded_file, KINDS, limit=FILE_LIMIT, unpacked_limit=UNPACKED_LIMIT)
    content = file.getvalue()
    return ImportRun(
        file_name=as_name(name),
        sha256=sha256(content).hexdigest(),
        kind=kind,
        content=content,
        language=translation.get_language(),
        by=by,
    )


def as_name(name):
    """Return the name of a file as a line of text."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)[-200:]


def begin(run, step):
    """Note that a step begins; of many callers one succeeds. Raises ``Refused`` for the others."""
    before, during = STEPS[step]
    stages = [before, during] if is_interrupted(run) else [before]
    begun = ImportRun.objects.filter(pk=run.pk, stage__in=stages, heard_at=run.heard_at).update(
        stage=during, heard_at=timezone.now(), done=0, total=0, refusal=""
    )
    if not begun:
        raise Refused(
            _("This step is not possible now: the status of the import is “%(stage)s”.")
            % {"stage": run.get_stage_display()}
        )
    run.refresh_from_db(fields=["stage", "heard_at", "done", "total", "refusal"])


def run_step(run, step, *, by=None):
    """Run a step that has begun, to its end; a refusal is noted in the run."""
    progress = Progress(run)
    try:
        with translation.override(run.language):
            if step == "check":
                check(run, progress)
            elif step == "apply":
                applying.apply(run, progress)
            else:
                applying.undo(run, by, progress)
    except Refused as refusal:
        fallback = Stage.FAILED if step == "check" else STEPS[step][0]
        ImportRun.objects.filter(pk=run.pk).update(stage=fallback, refusal=refusal.sentence, content=None)
    except Exception as problem:
        refusal = {"refusal": disk_is_full(run.language)} if is_disk_full(problem) else {}
        ImportRun.objects.filter(pk=run.pk).update(stage=STEPS[step][0], heard_at=None, **refusal)
        raise
    finally:
        progress.close()
    run.refresh_from_db(fields=["stage", "refusal", "applied_at", "undone_at", "undone_by"])


def disk_is_full(language):
    """Return the message of a step for which the disk had no room."""
    with translation.override(language):
        return _("The disk of the server is full. Nothing was saved; repeat this step when there is space.")


def check(run, report=lambda done, total: None):
    """Plan what an import would do and store that; the catalogue stays as it is. Raises ``Refused``."""
    found = planned_rows(run, report)
    run.practices.all().delete()
    while some := list(islice(found, STORED_AT_ONCE)):
        ImportedPractice.objects.bulk_create(some)
    run.stage, run.content = Stage.CHECKED, None
    run.save(update_fields=["notices", "organisations", "stage", "content", *(outcome.value for outcome in Outcome)])


def planned_rows(run, report):
    """Yield an unsaved ``ImportedPractice`` for each practice of a file, and count them in ``run``."""
    run.notices, run.organisations = [], []
    for outcome in Outcome:
        setattr(run, outcome.value, 0)
    for planned in plan(io.BytesIO(run.content), run.kind, run.notices, report, run.organisations):
        outcome = planned.outcome.value
        setattr(run, outcome, getattr(run, outcome) + 1)
        yield _imported_practice(run, planned)


def apply_at_once(run, rows, report=lambda done, total: None):
    """Store an import with its planned rows and apply it, in one transaction; the list is emptied."""
    with transaction.atomic():
        run.content, run.stage = None, Stage.CHECKED
        run.save()
        for row in rows:
            row.run = run
        ImportedPractice.objects.bulk_create(rows, batch_size=STORED_AT_ONCE)
        rows.clear()  # what they hold is stored, and would stay in memory until all of it is written
        applying.apply(run, report)


def _imported_practice(run, planned):
    row = ImportedPractice(
        run=run,
        row=planned.row,
        key=planned.key[:60],
        title=planned.title[:400],
        outcome=planned.outcome,
        problems=[list(problem) for problem in planned.problems],
        base=planned.base,
        practice_id=planned.practice,
    )
    row.content = planned.content
    return row
