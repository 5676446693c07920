"""Copying a draft into its next edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from speeches.enums import ClosedAs
from speeches.models import (
    Draft,
    Edition,
    FigureEdition,
    Speech,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItem,
    WorkItemEdition,
)
from speeches.models.content import SpeakerCredit, Topical
from speeches.models.editions import TopicalEdition

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def append_edition(*, draft: Draft, user: User) -> Edition:
    """Store the next edition of a stored ``draft`` and close the one before.

    Must run inside a transaction that holds the row of the draft.
    """
    model = draft.editions.model
    now = timezone.now()
    before = draft.editions.order_by("-number").first()
    draft.editions.all().close(at=now, closed_as=ClosedAs.SUPERSEDED)
    edition: Edition = model(
        **{model.DRAFT_FIELD: draft},
        **_columns(draft, draft.content_fields()),
        number=before.number + 1 if before else 1,
        previous_hash=before.content_hash if before else "",
        published_at=now,
        first_published_at=before.first_published_at if before else now,
        published_by=user,
    )
    if isinstance(edition, TopicalEdition) and isinstance(draft, Topical):
        edition.topics = draft.topic_names()
    edition.content_hash = edition.hash_with(draft.content())
    edition.save()
    _copy_parts(draft, edition)
    return edition


def _columns(row: models.Model, fields: Iterable[models.Field[Any, Any]]) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields}


def _copy_parts(draft: Draft, edition: Edition) -> None:
    if isinstance(draft, Speech) and isinstance(edition, SpeechEdition):
        SpeechEditionSpeaker.objects.bulk_create(
            SpeechEditionSpeaker(edition=edition, **_columns(row, SpeakerCredit._meta.local_fields))
            for row in draft.credits.select_related("speaker", "appointment")
        )
        edition.tags.set(draft.tags.all())
    elif isinstance(draft, WorkItem) and isinstance(edition, WorkItemEdition):
        FigureEdition.objects.bulk_create(
            FigureEdition(
                edition=edition, verified=row.verified, **_columns(row, row.content_fields())
            )
            for row in draft.figures.select_related("indicator")
        )
        edition.tags.set(draft.tags.all())
