"""Links by which somebody without an account confirms or annotates one draft."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.enums import VisitKind
from speeches.models.pieces import AboutDraft


class DraftLink(AboutDraft):
    """A way to one draft, and to nothing else, until it expires or is taken back.

    The address is known to its holder alone: only ``token_hash``, the SHA-256 of its secret, is
    kept. ``confirmed_text_hash`` tells which text of the draft was confirmed.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    recipient = models.CharField(_("for whom"), max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_name = models.CharField(_("confirmed by"), max_length=60, blank=True)
    confirmed_text_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("link for confirmation")
        verbose_name_plural = _("links for confirmation")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="link_of_draft")]

    def __str__(self) -> str:
        return self.recipient

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the link was neither taken back nor has expired by ``moment``."""
        return self.revoked_at is None and moment < self.expires_at


class LinkVisit(models.Model):
    """One use of a link: it was opened, something was said, or the draft was confirmed."""

    link = models.ForeignKey(
        DraftLink,
        verbose_name=_("link for confirmation"),
        on_delete=models.CASCADE,
        related_name="visits",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=VisitKind)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    agent = models.CharField(_("browser"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("use of a link")
        verbose_name_plural = _("uses of links")
        default_permissions = ()
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
