"""Links by which somebody without an account reads one draft."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from speeches.models.pieces import AboutDraft


class PreviewLink(AboutDraft):
    """A way to one draft until it expires or is revoked, for the person or body named.

    ``confirmed_hash`` is the hash of the text that ``confirmed_name`` agreed to.
    """

    recipient = models.CharField(_("for"), max_length=60)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_name = models.CharField(_("confirmed by"), max_length=60, blank=True)
    confirmed_hash = models.CharField(_("confirmed text"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()
        permissions = [("share_draft", _("May show drafts to people outside"))]
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="preview_of_draft")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="preview_expires_later"
            )
        ]

    def __str__(self) -> str:
        return self.recipient

    def is_open(self, at: dt.datetime | None = None) -> bool:
        """Whether the link leads anywhere at that moment, now by default."""
        return self.revoked_at is None and (at or timezone.now()) < self.expires_at


class PreviewVisit(models.Model):
    """One opening of a link: when, and from which address."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="visits")
    visited_at = models.DateTimeField(_("opened"), auto_now_add=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)

    class Meta:
        verbose_name = _("opening of a link")
        verbose_name_plural = _("openings of links")
        default_permissions = ()
        ordering = ["-visited_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.visited_at:%Y-%m-%d %H:%M} {self.address or ''}"
