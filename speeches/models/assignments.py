"""Who is to take which step of a draft, and by when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.enums import Stage
from speeches.models.pieces import AboutDraft


class Assignment(AboutDraft):
    """One person for the step that leads a draft on from ``stage``.

    It waits while the draft stands at that stage, and says nothing at any other. It gives no
    right: the step itself is checked when it is taken. ``reminded_at`` is the latest reminder.
    """

    stage = models.CharField(_("stage"), max_length=16, choices=Stage)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    assigned_at = models.DateTimeField(_("assigned"), auto_now=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    reminded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reminded by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        default_permissions = ()
        permissions = [("assign_draft", _("May assign drafts to colleagues"))]
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["assignee", "due_on"], name="assignment_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "stage"], name="assignment_one_a_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft}（{self.get_stage_display()}）"

    def is_overdue(self, today: date) -> bool:
        """Whether the step should have been taken before ``today``."""
        return self.due_on is not None and self.due_on < today
