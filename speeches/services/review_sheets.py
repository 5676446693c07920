"""The review sheet (审签单) of a draft, or of a meeting with everything in it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from organizations.colleagues import name_of
from speeches.exporting.review_sheet import ReviewSheet, SheetPart, Step
from speeches.models import Draft, ReviewRecord
from speeches.models.pieces import among, key_of
from speeches.site import site


def sheet_of(draft: Draft, parts: Iterable[Draft]) -> ReviewSheet:
    """Return the sheet of ``draft`` that lists ``parts``: itself, or a meeting's pieces too.

    Who may read the parts has been asked before.
    """
    parts = list(parts)
    steps: dict[tuple[int, int], list[Step]] = {}
    for record in _records(parts):
        key = (record.content_type_id, record.object_id)
        steps.setdefault(key, []).append(_step(record))
    return ReviewSheet(
        title=str(draft),
        site=site().name,
        printed_at=timezone.localtime(),
        parts=tuple(_part(part, steps) for part in parts),
    )


def _records(parts: list[Draft]) -> list[ReviewRecord]:
    return list(
        ReviewRecord.objects.filter(among(parts))
        .select_related("actor")
        .order_by("created_at", "pk")
    )


def _part(part: Draft, steps: dict[tuple[int, int], list[Step]]) -> SheetPart:
    return SheetPart(
        title=str(part),
        kind=str(part._meta.verbose_name),
        stage=part.get_stage_display(),
        author=name_of(part.author),
        text_hash=part.text_hash(),
        steps=tuple(steps.get(key_of(part), ())),
    )


def _step(record: ReviewRecord) -> Step:
    step = record.get_action_display()
    if record.review:
        step = f"{step}（{record.get_review_display()}）"
    return Step(
        at=timezone.localtime(record.created_at),
        step=step,
        who=name_of(record.actor),
        opinion=record.opinion,
        text_hash=record.text_hash,
    )
