"""The first editions of many drafts at once: as real as those of ``editions``, written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

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
from speeches.models.content import SpeakerCredit, Topical
from speeches.models.editions import TopicalEdition


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
    editions = model.objects.bulk_create(
        _first_edition(draft, model, user, now) for draft in drafts
    )
    pairs = list(zip(drafts, editions, strict=True))
    if model is SpeechEdition:
        SpeechEditionSpeaker.objects.bulk_create(_credits(pairs))
    elif model is WorkItemEdition:
        FigureEdition.objects.bulk_create(_figures(pairs))
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


def _first_edition(draft: Draft, model: type[Edition], user: User, now: datetime) -> Edition:
    edition = model(
        **{model.DRAFT_FIELD: draft},
        **_columns(draft, draft.content_fields()),
        number=1,
        published_at=now,
        first_published_at=now,
        published_by=user,
    )
    if isinstance(edition, TopicalEdition) and isinstance(draft, Topical):
        edition.topics = draft.topic_names()
    edition.content_hash = edition.hash_with(draft.content())
    return edition


def _columns(row: models.Model, fields: Iterable[models.Field[Any, Any]]) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in fields}


def _credits(pairs: Iterable[tuple[Any, Any]]) -> Iterator[SpeechEditionSpeaker]:
    for draft, edition in pairs:
        for credit in draft.credits.all():
            columns = _columns(credit, SpeakerCredit._meta.local_fields)
            yield SpeechEditionSpeaker(edition=edition, **columns)


def _figures(pairs: Iterable[tuple[Any, Any]]) -> Iterator[FigureEdition]:
    for draft, edition in pairs:
        for figure in draft.figures.all():
            columns = _columns(figure, figure.content_fields())
            yield FigureEdition(edition=edition, verified=figure.verified, **columns)
