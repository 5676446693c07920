"""What changed on the public site, for whoever keeps a copy of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from speeches.enums import ChangedKind


class SiteChange(models.Model):
    """A change that readers see, written in the transaction that makes it.

    ``number`` is that of the draft, 0 where everything changed. Pages are always made from the
    state of the database, so a row says where to look and not what happened. Rows stay: each built
    site remembers how far it has followed.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=ChangedKind)
    number = models.PositiveBigIntegerField(_("number"), default=0)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("change of the site")
        verbose_name_plural = _("changes of the site")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
