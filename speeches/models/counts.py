"""How often public pages are read: a number a day, and nothing of who read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.enums import SearchKind


class PageReads(models.Model):
    """How often one piece was read on one day; ``number`` is its public, stable number."""

    kind = models.CharField(_("kind"), max_length=12, choices=SearchKind, editable=False)
    number = models.PositiveBigIntegerField(_("number"), editable=False)
    day = models.DateField(_("day"), editable=False)
    count = models.PositiveIntegerField(_("reads"), default=0, editable=False)

    class Meta:
        verbose_name = _("reads of a page")
        verbose_name_plural = _("reads of pages")
        default_permissions = ("view",)
        ordering = ["-day", "-count", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "day"], name="page_reads_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
