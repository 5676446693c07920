"""Publishing and withdrawing at a set time, through the same services and checks as by hand.

Why this needs no worker is told in ``docs/adr/0012-schedules.md``.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.enums import Action, ScheduleState, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, Meeting, Schedule
from speeches.services import publications

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

_PERMISSIONS = {
    Action.PUBLISH: "speeches.publish_draft",
    Action.WITHDRAW: "speeches.withdraw_draft",
}


@transaction.atomic
def schedule(
    *, draft: Draft, action: Action, due_at: datetime, user: User, opinion: str = ""
) -> Schedule:
    """Set ``action`` for ``due_at``, in place of what was set for it before.

    Raises TransitionRefused for an action that is neither publishing nor withdrawing, a moment that
    has passed, a user who may not take the step, and a withdrawal without a reason. Whether the
    draft is ready is asked at its time: it may still be under review now.
    """
    permission = _PERMISSIONS.get(action)
    if permission is None or not user.has_perm(permission):
        raise TransitionRefused(
            _("You have no permission for “%(action)s” at this stage.") % {"action": action.label}
        )
    if due_at <= timezone.now():
        raise TransitionRefused(_("The set time has passed already."))
    if action == Action.WITHDRAW and not opinion.strip():
        raise TransitionRefused(_("“%(action)s” needs a reason.") % {"action": action.label})
    waiting = Schedule.objects.about(draft).filter(action=action, state=ScheduleState.WAITING)
    waiting.select_for_update().update(state=ScheduleState.CANCELLED, ended_at=timezone.now())
    row = Schedule(
        draft=draft, action=action, due_at=due_at, opinion=opinion.strip(), created_by=user
    )
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def cancel(*, schedule: Schedule, user: User) -> None:
    """Take a set time back; raise TransitionRefused where it has ended or ``user`` may not."""
    if not user.has_perm(_PERMISSIONS[Action(schedule.action)]):
        raise TransitionRefused(
            _("You have no permission for “%(action)s” at this stage.")
            % {"action": Action(schedule.action).label}
        )
    cancelled = Schedule.objects.filter(pk=schedule.pk, state=ScheduleState.WAITING).update(
        state=ScheduleState.CANCELLED, ended_at=timezone.now()
    )
    if not cancelled:
        raise TransitionRefused(_("This was done already."))


def next_due() -> datetime | None:
    """Return the earliest set time that still waits, in one query on a small partial index."""
    waiting = Schedule.objects.filter(state=ScheduleState.WAITING).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


def carry_out_due(*, at: datetime | None = None) -> list[Schedule]:
    """Carry out what is due at that moment (now by default), the earliest first; return it.

    Each in a transaction of its own that holds the row, so that of two processes one does it. What
    is refused is marked so, with the reason, and not tried again; what fails otherwise is logged
    and stays waiting.
    """
    moment = at or timezone.now()
    due = Schedule.objects.filter(state=ScheduleState.WAITING, due_at__lte=moment)
    ended = []
    for pk in list(due.order_by("due_at", "pk").values_list("pk", flat=True)):
        try:
            row = _carry_out(pk)
        except Exception:
            logger.exception("Schedule %s could not be carried out.", pk)
        else:
            ended += [row] if row else []
    return ended


@transaction.atomic
def _carry_out(pk: int) -> Schedule | None:
    skip_locked = connection.features.has_select_for_update_skip_locked
    rows = Schedule.objects.select_for_update(skip_locked=skip_locked)
    row: Schedule | None = rows.filter(pk=pk, state=ScheduleState.WAITING).first()
    if row is None:
        return None
    try:
        with transaction.atomic():
            _take(row)
    except (TransitionRefused, ValidationError) as error:
        row.state, row.problem = ScheduleState.REFUSED, _told(error)
    else:
        row.state = ScheduleState.DONE
    row.ended_at = timezone.now()
    row.save(update_fields=["state", "problem", "ended_at"])
    return row


def _take(row: Schedule) -> None:
    draft, user = row.draft, row.created_by
    if draft is None or not user.is_active:
        raise TransitionRefused(_("The draft or the colleague who set the time is gone."))
    if row.action == Action.WITHDRAW:
        publications.withdraw(draft=draft, user=user, opinion=row.opinion)
    elif isinstance(draft, Meeting):
        _require_publishing(user)
        publications.publish_meeting(meeting=draft, user=user)
    elif draft.stage == Stage.PUBLISHED:
        raise TransitionRefused(_("It was published by hand already."))
    else:
        publications.publish(draft=draft, user=user, opinion=row.opinion)


def _require_publishing(user: User) -> None:
    if not user.has_perm(_PERMISSIONS[Action.PUBLISH]):
        raise TransitionRefused(
            _("You have no permission for “%(action)s” at this stage.")
            % {"action": Action.PUBLISH.label}
        )


def _told(error: TransitionRefused | ValidationError) -> str:
    return "；".join(error.messages) if isinstance(error, ValidationError) else str(error)
