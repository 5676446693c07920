"""Highlighted work and its figures as staff edit them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from speeches.models.content import FigureContent, WorkItemContent
from speeches.models.drafts import Draft, DraftHistory


class WorkItem(WorkItemContent, Draft):
    """The draft of a piece of highlighted work."""

    tags = TaggableManager(verbose_name=_("topics"), blank=True)

    history = HistoricalRecords(bases=[DraftHistory])

    class Meta:
        verbose_name = _("highlighted work")
        verbose_name_plural = _("highlighted work")
        ordering = ["-featured", "position", "-pk"]
        indexes = [
            models.Index(fields=["-featured", "position", "-id"], name="work_item_listing"),
            models.Index(fields=["stage", "-updated_at"], name="work_item_by_stage"),
        ]


class Figure(FigureContent):
    """A figure of a draft; ``verified_by`` compared it with the source."""

    work_item = models.ForeignKey(
        WorkItem,
        verbose_name=_("highlighted work"),
        on_delete=models.CASCADE,
        related_name="figures",
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(high__gte=F("low")),
                name="figure_bounds_in_order",
                violation_error_message=_("The high value lies below the low one."),
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True, verified_at__isnull=True)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="figure_verified_by_and_at",
                violation_error_message=_("A verified figure names who verified it and when."),
            ),
        ]

    @property
    def verified(self) -> bool:
        """Whether staff compared the figure with its source."""
        return self.verified_at is not None
