"""Workers of the background: which are alive, and the tasks that those who died had taken up.

A worker holds a lock on a file of its name in ``STATE_ROOT`` as long as it lives; the system lets
go of it however the worker ends. All workers of one database share that folder.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

TRIES = 3
"""Workers that may die of a task before it is given up."""


class WorkersDied(RuntimeError):
    """Every worker that took up a task ended without a word."""


@contextmanager
def alive(name: str) -> Iterator[None]:
    """Tell others that the worker ``name`` lives, while the block runs."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def take_back() -> int:
    """Let the tasks of workers that are gone be taken up again; return how many.

    Every task may be done twice without harm. One of which ``TRIES`` workers died is given up.
    """
    taken = 0
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if row.worker_ids and _is_alive(row.worker_ids[-1]):
            continue
        if len(row.worker_ids) >= TRIES:
            row.set_failed(WorkersDied(f"{len(row.worker_ids)} workers died of it"))
            continue
        mine = DBTaskResult.objects.filter(
            pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids
        )
        taken += mine.update(status=TaskResultStatus.READY, started_at=None)
        logger.warning("Task %s is taken up again: its worker is gone.", row.pk)
    return taken


def _is_alive(name: str) -> bool:
    try:
        with _path(name).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _path(name: str) -> Path:
    return Path(settings.STATE_ROOT, "workers", Path(name).name)
