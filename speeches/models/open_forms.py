"""Who has which draft open for editing right now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.models.pieces import AboutDraft


class OpenForm(AboutDraft):
    """A colleague whose browser said lately that the form of a draft is open in it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    seen_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="open_form_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.user}"
