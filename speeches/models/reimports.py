"""A file of a meeting that is there already: which meeting, and what staff decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from speeches.enums import RevisionChoice
from speeches.models.imports import ImportBatch, ImportedSpeech


class Reimport(models.Model):
    """What staff said of a file: it repeats ``meeting``, or none where that is empty.

    A file without such a row is only suspected (``services.repeats``). ``outcome`` tells what was
    done: ``created``, ``updated``, ``revised`` and ``kept`` hold numbers of speeches, ``todo``
    what is left to do by hand (``speech``, ``text``).
    """

    batch = models.OneToOneField(
        ImportBatch, verbose_name=_("import"), on_delete=models.CASCADE, related_name="reimport"
    )
    meeting = models.ForeignKey(
        "speeches.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reimports",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), auto_now=True)
    outcome = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("repeated import")
        verbose_name_plural = _("repeated imports")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.batch)


class RevisedSpeech(models.Model):
    """What staff decided on one speech: of the file (``item``), or missing there (``speech``).

    ``parts`` holds the keys of the ticked differences, ``work_items`` the places of the file's
    paragraphs that become highlighted work. ``paired`` tells that staff said themselves which
    draft (or none) the speech is. ``seen_version`` and ``seen_text`` are the version of the draft
    and the hash of the file's speech that staff had before them.
    """

    reimport = models.ForeignKey(
        Reimport, verbose_name=_("repeated import"), on_delete=models.CASCADE, related_name="rows"
    )
    item = models.ForeignKey(
        ImportedSpeech,
        verbose_name=_("imported speech"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    speech = models.ForeignKey(
        "speeches.Speech",
        verbose_name=_("draft"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    paired = models.BooleanField(default=False)
    choice = models.CharField(_("decision"), max_length=12, choices=RevisionChoice, blank=True)
    parts = models.JSONField(default=list, blank=True)
    work_items = models.JSONField(default=list, blank=True)
    seen_version = models.PositiveIntegerField(null=True, blank=True)
    seen_text = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("speech imported again")
        verbose_name_plural = _("speeches imported again")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reimport", "item"], name="revised_item_once"),
            models.UniqueConstraint(
                fields=["reimport", "speech"],
                condition=Q(item__isnull=True),
                name="revised_missing_speech_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.item or self.speech)
