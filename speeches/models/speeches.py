"""Speeches as staff edit them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from organizations.models import Speaker
from speeches.models.content import SpeakerCredit, SpeechContent
from speeches.models.drafts import Draft, DraftHistory


class Speech(SpeechContent, Draft):
    """The draft of a speech."""

    speakers = models.ManyToManyField(
        Speaker, verbose_name=_("speakers"), through="speeches.SpeechSpeaker", blank=True
    )
    tags = TaggableManager(verbose_name=_("topics"), blank=True)

    history = HistoricalRecords(bases=[DraftHistory])

    class Meta:
        verbose_name = _("speech")
        verbose_name_plural = _("speeches")
        ordering = ["meeting", "position", "pk"]
        indexes = [
            models.Index(fields=["meeting", "position"], name="speech_in_meeting"),
            models.Index(fields=["stage", "-updated_at"], name="speech_by_stage"),
            models.Index(fields=["author", "stage"], name="speech_by_author"),
        ]


class SpeechSpeaker(SpeakerCredit):
    """A speaker of a draft."""

    speech = models.ForeignKey(
        Speech, verbose_name=_("speech"), on_delete=models.CASCADE, related_name="credits"
    )

    class Meta:
        verbose_name = _("speaker of the speech")
        verbose_name_plural = _("speakers of the speech")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["speech", "speaker"],
                name="speech_speaker_once",
                violation_error_message=_("This speaker is already listed."),
            )
        ]
