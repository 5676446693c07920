"""Which record a merged one became, so that its public address leads there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.enums import RecordKind


class MergedRecord(models.Model):
    """A body or person that was merged into another and is no more; ``into`` is the other's number.

    Where the other is merged in its turn, ``into`` follows: no chain is ever walked.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=RecordKind)
    number = models.BigIntegerField(_("number"))
    into = models.BigIntegerField(_("merged into"))

    class Meta:
        verbose_name = _("merged record")
        verbose_name_plural = _("merged records")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="merged_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} → {self.into}"
