"""The worker, ``manage.py db_worker``, which does what may wait where ``TASKS=database``: whether it does."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

PATIENCE = timedelta(minutes=1)  # that work may wait while nobody works
LONGEST_TASK = timedelta(hours=2)  # after which a task that runs is one whose worker was killed


def is_queued(queue, key):
    """Whether work on the row with a primary key, the first argument of its task, waits for the worker."""
    if not settings.WORKER:
        return False
    return DBTaskResult.objects.ready().filter(queue_name=queue, args_kwargs__args__0=key).exists()


def neglected():
    """Return the queues in which work waits and nobody takes it up: their worker is away."""
    if not settings.WORKER:
        return []
    now, ready, running = timezone.now(), TaskResultStatus.READY, TaskResultStatus.RUNNING
    waiting = _queues(status=ready, enqueued_at__lt=now - PATIENCE)
    return sorted(waiting - _queues(status=running, started_at__gt=now - LONGEST_TASK))


def _queues(**conditions):
    return set(DBTaskResult.objects.filter(**conditions).order_by().values_list("queue_name", flat=True))
