"""Editions: what readers see. Append-only, numbered, hashed rows that are never changed.

The hash of an edition covers its content, its number and the hash of the edition before it, so a
changed, removed or inserted row is seen by ``verify_editions``. The only write after the insert is
closing: once, when a newer edition takes over or the piece is withdrawn.
"""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from organizations.models import Speaker
from speeches.enums import ClosedAs
from speeches.models.append_only import AppendOnly, FollowsMergers
from speeches.models.content import (
    FigureContent,
    MeetingContent,
    SpeakerCredit,
    SpeechContent,
    WorkItemContent,
)
from speeches.querysets import EditionQuerySet

editions_read = Signal()
"""Sent by who reads columns of editions rather than rows: the kind, and ``hashes`` by number."""


class Edition(FollowsMergers, AppendOnly):
    """What the editions of every kind share."""

    number = models.PositiveIntegerField(_("edition"))
    content_hash = models.CharField(_("hash"), max_length=64)
    previous_hash = models.CharField(_("hash of the edition before"), max_length=64, blank=True)
    published_at = models.DateTimeField(_("published"))
    first_published_at = models.DateTimeField(_("first published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_as = models.CharField(_("closed as"), max_length=12, choices=ClosedAs, blank=True)

    objects = EditionQuerySet.as_manager()

    DRAFT_FIELD = ""
    """The name of the key to the draft, whose number is the public, stable identity."""

    class Meta:
        abstract = True

    @property
    def draft_id(self) -> int:
        """The number of the draft: the public identity of the piece."""
        return getattr(self, f"{self.DRAFT_FIELD}_id")

    @classmethod
    def draft_model(cls) -> type[models.Model]:
        """Return the kind of draft that these editions are made from."""
        return cls._meta.get_field(cls.DRAFT_FIELD).related_model

    def is_current(self) -> bool:
        """Whether readers see this edition: the twin of ``current()``."""
        return self.closed_at is None

    def hash_with(self, content: dict[str, Any]) -> str:
        """Return the SHA-256 (64 hexadecimal digits) of this row with ``content``.

        It covers the canonical JSON of the content, of whose edition it is, of who published it
        and when, and of the hash of the edition before.
        """
        return hash_of(
            kind=self._meta.model_name,
            draft_id=self.draft_id,
            number=self.number,
            published_at=self.published_at,
            first_published_at=self.first_published_at,
            published_by=self.published_by_id,
            previous_hash=self.previous_hash,
            content=content,
        )

    def computed_hash(self) -> str:
        """Return the hash that this stored row should carry."""
        return self.hash_with({**self.content(), **self.published_links})


def hash_of(**named: Any) -> str:
    """Return the SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8) of ``named``."""
    canonical = json.dumps(
        named, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _edition_constraints(draft: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=[draft, "number"], name=f"{draft}_edition_number_unique"),
        models.UniqueConstraint(
            fields=[draft],
            condition=Q(closed_at__isnull=True),
            name=f"{draft}_edition_one_current",
        ),
        models.CheckConstraint(
            condition=Q(closed_at__isnull=True, closed_as="")
            | Q(closed_at__isnull=False, closed_as__in=ClosedAs.values),
            name=f"{draft}_edition_closed_with_reason",
        ),
    ]


def _change_indexes(draft: str) -> list[models.Index]:
    """What follows the changes in their order: what was published, and what was withdrawn."""
    return [
        models.Index(fields=["published_at", "id"], name=f"{draft}_edition_published"),
        models.Index(
            fields=["closed_at", "id"],
            condition=Q(closed_as=ClosedAs.WITHDRAWN),
            name=f"{draft}_edition_withdrawn",
        ),
    ]


class TopicalEdition(models.Model):
    """The topics of an edition as they were called when it was published.

    ``tags`` lead from a topic's page to the edition; renaming a tag changes no edition.
    """

    tags: Any
    topics = models.JSONField(_("topics"), default=list)

    class Meta:
        abstract = True

    def topic_names(self) -> list[str]:
        """Return the names of the topics in order."""
        return self.topics


class MeetingEdition(MeetingContent, Edition):
    """A published meeting. Its address is the slug; an older slug redirects to the current one."""

    meeting = models.ForeignKey(
        "speeches.Meeting", on_delete=models.PROTECT, related_name="editions"
    )

    DRAFT_FIELD = "meeting"

    class Meta:
        verbose_name = _("edition of a meeting")
        verbose_name_plural = _("editions of meetings")
        default_permissions = ("view",)
        ordering = ["-number"]
        indexes = [
            *_change_indexes("meeting"),
            models.Index(
                fields=["-start_date", "-id"],
                condition=Q(closed_at__isnull=True),
                name="meeting_edition_listing",
            ),
            models.Index(fields=["slug"], name="meeting_edition_slug"),
        ]
        constraints = _edition_constraints("meeting")

    def get_absolute_url(self) -> str:
        """The meeting's public page."""
        return reverse("meeting", args=[self.slug])


class SpeechEdition(TopicalEdition, SpeechContent, Edition):
    """A published speech."""

    speech = models.ForeignKey("speeches.Speech", on_delete=models.PROTECT, related_name="editions")
    speakers = models.ManyToManyField(Speaker, through="speeches.SpeechEditionSpeaker")
    tags = TaggableManager(verbose_name=_("topics"))

    DRAFT_FIELD = "speech"

    class Meta:
        verbose_name = _("edition of a speech")
        verbose_name_plural = _("editions of speeches")
        default_permissions = ("view",)
        ordering = ["meeting_id", "position", "speech_id"]
        indexes = [
            *_change_indexes("speech"),
            models.Index(
                fields=["meeting", "position", "speech"],
                condition=Q(closed_at__isnull=True),
                name="speech_edition_in_meeting",
            ),
            models.Index(
                fields=["organization", "-first_published_at"],
                condition=Q(closed_at__isnull=True),
                name="speech_edition_of_body",
            ),
            models.Index(
                fields=["-first_published_at", "-id"],
                condition=Q(closed_at__isnull=True),
                name="speech_edition_listing",
            ),
        ]
        constraints = _edition_constraints("speech")

    def get_absolute_url(self) -> str:
        """The speech's public page: the address never changes."""
        return reverse("speech", args=[self.speech_id])


class SpeechEditionSpeaker(FollowsMergers, AppendOnly, SpeakerCredit):
    """A speaker of a published speech."""

    edition = models.ForeignKey(SpeechEdition, on_delete=models.PROTECT, related_name="credits")

    class Meta:
        verbose_name = _("speaker of an edition")
        verbose_name_plural = _("speakers of editions")
        default_permissions = ()
        ordering = ["position", "pk"]

    def told(self) -> list[Any]:
        """Return the person, the name and the post as they were published."""
        speaker, appointment = map(self.link_at_publication, ("speaker_id", "appointment_id"))
        return [speaker, self.name_printed, appointment]


class WorkItemEdition(TopicalEdition, WorkItemContent, Edition):
    """A published piece of highlighted work."""

    work_item = models.ForeignKey(
        "speeches.WorkItem", on_delete=models.PROTECT, related_name="editions"
    )
    tags = TaggableManager(verbose_name=_("topics"))

    DRAFT_FIELD = "work_item"

    class Meta:
        verbose_name = _("edition of highlighted work")
        verbose_name_plural = _("editions of highlighted work")
        default_permissions = ("view",)
        ordering = ["-featured", "position", "-work_item_id"]
        indexes = [
            *_change_indexes("work_item"),
            models.Index(
                fields=["-featured", "position", "-work_item"],
                condition=Q(closed_at__isnull=True),
                name="work_edition_listing",
            ),
            models.Index(
                fields=["organization", "-year"],
                condition=Q(closed_at__isnull=True),
                name="work_edition_of_body",
            ),
            models.Index(
                fields=["speech"],
                condition=Q(closed_at__isnull=True),
                name="work_edition_of_speech",
            ),
        ]
        constraints = _edition_constraints("work_item")

    def get_absolute_url(self) -> str:
        """The work item's public page: the address never changes."""
        return reverse("work_item", args=[self.work_item_id])


class FigureEdition(AppendOnly, FigureContent):
    """A figure of published work; ``verified`` tells that staff compared it with the source."""

    edition = models.ForeignKey(WorkItemEdition, on_delete=models.PROTECT, related_name="figures")
    verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("figure of an edition")
        verbose_name_plural = _("figures of editions")
        default_permissions = ()
        ordering = ["position", "pk"]
