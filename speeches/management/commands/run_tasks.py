"""``run_tasks``: do the work that waits in the background, as long as the command runs."""

from typing import Any

from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Command as Worker

from speeches.operations import workers


class Command(Worker):
    """The worker of django-tasks-db, which first takes up what a worker before it left."""

    help = _("Do the work that waits in the background; what a worker that died left comes first.")

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Say that this worker lives, take back what others left, and work."""
        with workers.alive(worker_id):
            workers.take_back()
            super().handle(worker_id=worker_id, **options)
