"""Publications and withdrawals that are to happen at a set time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from speeches.enums import Action, ScheduleState
from speeches.models.pieces import AboutDraft

ACTIONS = (Action.PUBLISH, Action.WITHDRAW)


class Schedule(AboutDraft):
    """One step that the product takes by itself once ``due_at`` has come.

    It is taken in the name of ``created_by`` with that person's rights at that time. A meeting is
    published as a whole. ``opinion`` is the reason of a withdrawal. Where the step is refused then,
    ``problem`` says why, and nothing has changed.
    """

    action = models.CharField(_("action"), max_length=12, choices=Action)
    due_at = models.DateTimeField(_("set time"))
    opinion = models.TextField(_("reason"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ScheduleState, default=ScheduleState.WAITING
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("scheduled by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("scheduled"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        default_permissions = ("view",)
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state=ScheduleState.WAITING),
                name="schedule_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "action"],
                condition=Q(state=ScheduleState.WAITING),
                name="schedule_one_waiting",
            ),
            models.CheckConstraint(condition=Q(action__in=ACTIONS), name="schedule_known_action"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.get_action_display()}"
