"""What is done to records outside their forms, told to the log that the audit trail reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Model


def note(*, record: Model, by: User, what: str, action: int = CHANGE) -> None:
    """Log that ``by`` did ``what``, in words, to a stored ``record``."""
    LogEntry.objects.log_actions(by.pk, [record], action, change_message=what, single_object=True)
