"""Meetings as staff edit them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from speeches.models.content import MeetingContent
from speeches.models.drafts import Draft, DraftHistory


class Meeting(MeetingContent, Draft):
    """The draft of a meeting."""

    history = HistoricalRecords(bases=[DraftHistory])

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = [F("start_date").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(fields=["-start_date", "-id"], name="meeting_listing"),
            models.Index(fields=["stage", "-updated_at"], name="meeting_by_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="meeting_slug_unique",
                violation_error_message=_("Another meeting has this address."),
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")),
                name="meeting_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def clean(self) -> None:
        """Refuse an address at which another meeting was ever public: addresses never change."""
        super().clean()
        others = type(self).everything.exclude(pk=self.pk)
        if others.filter(Q(slug=self.slug) | Q(editions__slug=self.slug)).exists():
            raise ValidationError({"slug": _("Another meeting has this address.")})
