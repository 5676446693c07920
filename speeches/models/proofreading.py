"""What an office knows about wording, and what its people decided about findings."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from speeches.enums import FindingSeverity, TermCategory


class Term(models.Model):
    """An entry of the office's term list: ``wrong`` is not printed, ``right`` is.

    An empty ``right`` means that a person decides each time.
    """

    wrong = models.CharField(_("not so"), max_length=60, unique=True)
    right = models.CharField(_("but so"), max_length=60, blank=True)
    category = models.CharField(
        _("category"), max_length=12, choices=TermCategory, default=TermCategory.WORDING
    )
    severity = models.CharField(
        _("severity"),
        max_length=8,
        choices=FindingSeverity,
        default=FindingSeverity.ORDINARY,
        help_text=_("A severe one keeps a speech from its final approval until it is settled."),
    )
    note = models.CharField(_("reason or source"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    history = HistoricalRecords()
    _history_user: Any  # whom django-simple-history names as the editor

    class Meta:
        verbose_name = _("listed term")
        verbose_name_plural = _("term list")
        ordering = ["wrong"]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}" if self.right else self.wrong

    def clean(self) -> None:
        """Refuse an entry that changes nothing, or begins or ends with a blank."""
        super().clean()
        self.wrong, self.right = self.wrong.strip(), self.right.strip()
        if not self.wrong:
            raise ValidationError({"wrong": _("Say what is not to be printed.")})
        if self.wrong == self.right:
            raise ValidationError({"right": _("Both are the same.")})


class FindingDecision(models.Model):
    """A finding of a speech that somebody decided to leave as it is.

    It is known again by its rule, its words and its paragraph, so that a decision outlives changes
    elsewhere in the text and lapses when the words themselves change.
    """

    speech = models.ForeignKey(
        "speeches.Speech",
        verbose_name=_("speech"),
        on_delete=models.CASCADE,
        related_name="finding_decisions",
    )
    rule = models.CharField(_("rule"), max_length=40)
    excerpt = models.CharField(_("words"), max_length=200)
    anchor = models.CharField(_("paragraph"), max_length=16)
    reason = models.CharField(_("reason"), max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("at"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ignored finding")
        verbose_name_plural = _("ignored findings")
        ordering = ["decided_at", "pk"]
        default_permissions = ("add", "delete", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["speech", "rule", "excerpt", "anchor"],
                name="finding_decided_once",
                violation_error_message=_("Somebody decided this finding already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.excerpt}：{self.reason}"
