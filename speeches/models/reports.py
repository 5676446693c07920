"""What readers say is wrong on a page (我要纠错)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.enums import ReportState

LONGEST_MESSAGE = 1000


class ErrorReport(models.Model):
    """An error that a reader reported: of whom it came, nothing is kept.

    ``path`` is the address of the page on this site, ``anchor`` the paragraph there, ``passage``
    its words at that time. ``note`` is what the office did, for colleagues.
    """

    path = models.CharField(_("page"), max_length=500, editable=False)
    page_title = models.CharField(
        _("title of the page"), max_length=300, blank=True, editable=False
    )
    anchor = models.CharField(_("paragraph"), max_length=16, blank=True, editable=False)
    passage = models.TextField(_("passage"), blank=True, editable=False)
    message = models.TextField(_("what is wrong"), max_length=LONGEST_MESSAGE, editable=False)
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.NEW
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    handled_at = models.DateTimeField(_("handled"), null=True, editable=False)

    class Meta:
        verbose_name = _("reader's report")
        verbose_name_plural = _("readers' reports")
        default_permissions = ("view", "change")
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["state", "-reported_at"], name="error_report_queue")]

    def __str__(self) -> str:
        return self.page_title or self.path

    def get_absolute_url(self) -> str:
        """The paragraph on the public page."""
        return f"{self.path}#{self.anchor}" if self.anchor else self.path
