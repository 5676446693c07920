"""The first editions of many drafts at once: as real as those of ``editions``, written in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches.enums import Action, Stage
from speeches.models import (
    Draft,
    Edition,
    FigureEdition,
    ReviewRecord,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)
from speeches.search import index
from speeches.services import outbox
from speeches.services.editions import credit_rows, figure_rows, next_edition

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def publish_first(
    *,
    drafts: Sequence[Draft],
    model: type[Edition],
    user: User,
    parts: Sequence[str] = (),
) -> list[Any]:
    """Store the first edition of every draft, as ``model``, and the record of its publication.

    The drafts are stored, of one kind, and have no edition yet; ``parts`` are their related rows
    that count as content. Tags are the caller's. Must run inside a transaction.
    """
    models.prefetch_related_objects(list(drafts), *parts)
    now = timezone.now()
    editions: list[Any] = model.objects.bulk_create(
        next_edition(draft=draft, before=None, user=user, at=now) for draft in drafts
    )
    pairs = list(zip(drafts, editions, strict=True))
    if model is SpeechEdition:
        SpeechEditionSpeaker.objects.bulk_create(
            row for draft, edition in pairs for row in credit_rows(draft, edition)
        )
    elif model is WorkItemEdition:
        FigureEdition.objects.bulk_create(
            row for draft, edition in pairs for row in figure_rows(draft, edition)
        )
    index.add_new(editions)
    outbox.everything_changed()
    ReviewRecord.objects.bulk_create(_record(draft, edition, user) for draft, edition in pairs)
    return editions


def _record(draft: Draft, edition: Edition, user: User) -> ReviewRecord:
    return ReviewRecord(
        content_type=ContentType.objects.get_for_model(draft),
        object_id=draft.pk,
        action=Action.PUBLISH,
        source=Stage.APPROVED,
        target=Stage.PUBLISHED,
        round=draft.review_round,
        actor=user,
        opinion=_("Invented for trials; nobody reviewed it."),
        edition_hash=edition.content_hash,
    )
