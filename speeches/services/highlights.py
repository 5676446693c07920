"""Highlighted work (亮点工作) from the figures of an imported speech."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from speeches import parsing, richtext
from speeches.figures import unscaled
from speeches.models import Figure, ImportedSpeech, Speech, WorkItem
from speeches.parsing.candidates import WorkCandidate
from speeches.services import drafts

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def create_work_items(*, item: ImportedSpeech, speech: Speech, user: User) -> list[WorkItem]:
    """Return drafts of highlighted work, one for each candidate that parsing finds."""
    figures = [parsing.Figure(**figure) for figure in item.figures]
    return [
        _create_work_item(item, speech, candidate, user)
        for candidate in parsing.find_candidates(item.paragraphs, figures)
    ]


def _create_work_item(
    item: ImportedSpeech, speech: Speech, candidate: WorkCandidate, user: User
) -> WorkItem:
    work_item = drafts.save_draft(
        draft=WorkItem(
            title=candidate.title,
            organization=speech.organization,
            speech=speech,
            paragraph=f"p{candidate.paragraph + 1}",
            year=speech.meeting.start_date.year if speech.meeting.start_date else None,
            body=richtext.from_paragraphs([item.paragraphs[candidate.paragraph]]),
            position=item.position * 100 + candidate.paragraph,
        ),
        user=user,
    )
    work_item.tags.set(candidate.tags)
    Figure.objects.bulk_create(
        Figure(work_item=work_item, position=position, **_figure_columns(item.figures[place]))
        for position, place in enumerate(candidate.figures)
    )
    return work_item


def _figure_columns(figure: dict[str, Any]) -> dict[str, Any]:
    return {
        "printed": figure["text"][:120],
        "low": _decimal(figure["low"]),
        "high": _decimal(figure["high"]),
        "bound": figure["bound"],
        "unit": unscaled(figure["unit"])[:16],
        "object": figure["object"][:60],
        "claim": figure["claim"],
        "start": figure["start"],
        "end": figure["end"],
    }


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.0001"))
