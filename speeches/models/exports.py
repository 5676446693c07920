"""Files made from editions, kept so that the same file is never made twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches.enums import ExportState, ExportStep
from speeches.models.imports import private_storage


class ExportFile(models.Model):
    """One form of what was published, made in the background.

    ``fingerprint`` is the SHA-256 of everything the file shows, so it changes with the editions;
    ``edition_hashes`` are those of the meeting and the speeches it was made from. A file of a
    meeting has a ``selection``, the JSON of ``exporting.selection.Selection``; a compilation has no
    meeting, but a ``collection``, the JSON of ``exporting.compilation.Collection``, and its
    ``subject``, by which it is found. ``step`` tells how far a waiting file is.
    """

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    meeting = models.ForeignKey(
        "speeches.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.CASCADE,
        related_name="export_files",
        null=True,
        editable=False,
    )
    subject = models.CharField(_("subject"), max_length=120, blank=True, editable=False)
    collection = models.JSONField(_("collection"), default=dict, editable=False)
    format_name = models.CharField(_("format"), max_length=16, editable=False)
    selection = models.JSONField(_("selection"), editable=False)
    edition_hashes = models.JSONField(_("edition hashes"), default=list, editable=False)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=ExportState,
        default=ExportState.WAITING,
        editable=False,
    )
    step = models.PositiveSmallIntegerField(
        _("step"), choices=ExportStep, default=ExportStep.WAITING, editable=False
    )
    filename = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    media_type = models.CharField(_("media type"), max_length=120, blank=True, editable=False)
    content = models.FileField(
        _("file"), upload_to="exports/%Y/%m", storage=private_storage, blank=True, editable=False
    )
    notices = models.JSONField(_("notices"), default=list, editable=False)
    problem = models.TextField(_("problem"), blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    requested_at = models.DateTimeField(_("requested"), auto_now=True)

    class Meta:
        verbose_name = _("export file")
        verbose_name_plural = _("export files")
        ordering = ["-requested_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["meeting", "-requested_at"], name="export_by_meeting"),
            models.Index(fields=["subject", "-requested_at"], name="export_by_subject"),
        ]

    def __str__(self) -> str:
        return self.filename or self.format_name

    @property
    def is_waiting(self) -> bool:
        """Whether the file is still being made."""
        return self.state == ExportState.WAITING

    @property
    def steps(self) -> int:
        """The count of steps in making a file."""
        return ExportStep.DONE
