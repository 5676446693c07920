"""The library of pictures: what each shows, in words, and what of it must stay in view."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """A stored picture, which may stand in several texts.

    ``name`` is its file in the storage; ``words`` say what it shows, for those who do not see it.
    The focal point, in percent from the left and the top, stays in view where a rendition is cut.
    """

    name = models.CharField(_("file"), max_length=200, unique=True, editable=False)
    words = models.CharField(_("what it shows"), max_length=300, blank=True)
    focus_x = models.PositiveSmallIntegerField(
        _("focal point from the left (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point from the top (%)"), default=50, validators=[MaxValueValidator(100)]
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        default_permissions = ("view", "change")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.words or self.name.rpartition("/")[2]

    @property
    def url(self) -> str:
        """The address of the whole picture."""
        return default_storage.url(self.name)
