"""Copying a draft into its next edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from speeches.enums import ClosedAs
from speeches.models import (
    Draft,
    Edition,
    FigureEdition,
    Speech,
    SpeechEditionSpeaker,
    WorkItem,
)
from speeches.models.content import SpeakerCredit, Topical
from speeches.models.editions import TopicalEdition
from speeches.search import index
from speeches.services import outbox

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def append_edition(*, draft: Draft, user: User) -> Edition:
    """Store the next edition of a stored ``draft``, close the one before, index it and tell of it.

    Must run inside a transaction that holds the row of the draft.
    """
    edition = store_edition(draft=draft, user=user)
    index.add([edition])
    outbox.changed(draft)
    return edition


def store_edition(*, draft: Draft, user: User) -> Edition:
    """Store the next edition as ``append_edition`` does, but tell nobody of it."""
    now = timezone.now()
    before = draft.editions.order_by("-number").first()
    draft.editions.all().close(at=now, closed_as=ClosedAs.SUPERSEDED)
    edition = next_edition(draft=draft, before=before, user=user, at=now)
    edition.save()
    if isinstance(draft, Speech):
        SpeechEditionSpeaker.objects.bulk_create(credit_rows(draft, edition))
    elif isinstance(draft, WorkItem):
        FigureEdition.objects.bulk_create(figure_rows(draft, edition))
    if isinstance(edition, TopicalEdition) and isinstance(draft, Topical):
        edition.tags.set(draft.tags.all())
    return edition


def next_edition(*, draft: Draft, before: Edition | None, user: User, at: datetime) -> Edition:
    """Return the edition of ``draft`` that follows ``before``, hashed but not stored."""
    model = draft.editions.model
    edition: Edition = model(
        **{model.DRAFT_FIELD: draft},
        **_columns(draft, draft.content_fields()),
        number=before.number + 1 if before else 1,
        previous_hash=before.content_hash if before else "",
        published_at=at,
        first_published_at=before.first_published_at if before else at,
        published_by=user,
    )
    if isinstance(edition, TopicalEdition) and isinstance(draft, Topical):
        edition.topics = draft.topic_names()
    edition.content_hash = edition.hash_with(draft.content())
    return edition


def credit_rows(draft: Any, edition: Edition) -> Iterator[SpeechEditionSpeaker]:
    """Return the speakers of ``draft`` as those of its ``edition``, not stored."""
    for row in draft.credits.all():
        columns = _columns(row, SpeakerCredit._meta.local_fields)
        yield SpeechEditionSpeaker(edition_id=edition.pk, **columns)


def figure_rows(draft: Any, edition: Edition) -> Iterator[FigureEdition]:
    """Return the figures of ``draft`` as those of its ``edition``, not stored."""
    for row in draft.figures.all():
        columns = _columns(row, row.content_fields())
        yield FigureEdition(edition_id=edition.pk, verified=row.verified, **columns)


def _columns(row: models.Model, fields: Iterable[models.Field[Any, Any]]) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in fields}
