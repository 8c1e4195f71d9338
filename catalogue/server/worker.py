"""Whether the worker, ``manage.py db_worker``, does the queued tasks where ``TASKS=database``."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

PATIENCE = timedelta(minutes=1)  # that a task may wait while none runs
LONGEST_TASK = timedelta(hours=2)  # after which a task that runs is one whose worker was killed


def is_queued(queue: str, key: int) -> bool:
    """Whether a task on the row with this primary key, the first argument of the task, waits for the worker."""
    if not settings.WORKER:
        return False
    return DBTaskResult.objects.ready().filter(queue_name=queue, args_kwargs__args__0=key).exists()


def stalled_queues() -> list[str]:
    """Return the queues in which tasks wait and no worker takes them up."""
    if not settings.WORKER:
        return []
    now, ready, running = timezone.now(), TaskResultStatus.READY, TaskResultStatus.RUNNING
    waiting = _queues(status=ready, enqueued_at__lt=now - PATIENCE)
    return sorted(waiting - _queues(status=running, started_at__gt=now - LONGEST_TASK))


def _queues(**conditions: Any) -> set[str]:
    return set(DBTaskResult.objects.filter(**conditions).order_by().values_list("queue_name", flat=True))
