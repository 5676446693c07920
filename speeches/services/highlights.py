"""Highlighted work (亮点工作) from the figures of an imported speech."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from speeches import richtext
from speeches.enums import FigureClaim
from speeches.figures import unscaled
from speeches.models import Figure, ImportedSpeech, Speech, WorkItem
from speeches.services import drafts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_NUMBER = "[一二三四五六七八九十]+"
_NUMBERING = re.compile(rf"^(?:{_NUMBER}[是要、，]|（{_NUMBER}）|[0-9]+[.．、])\s*")


def create_work_items(
    *,
    item: ImportedSpeech,
    speech: Speech,
    user: User,
    anchors: Mapping[int, str] | None = None,
) -> list[WorkItem]:
    """Return drafts of highlighted work: one for each paragraph that tells of a result.

    A paragraph that only announces targets makes none. ``anchors`` names the paragraphs of the
    file to take and where they stand in the draft; None takes all, in the order of the file.
    """
    return [
        _create_work_item(
            speech=speech,
            text=item.paragraphs[place],
            figures=figures,
            user=user,
            paragraph=f"p{place + 1}" if anchors is None else anchors[place],
            position=item.position * 100 + place,
        )
        for place, figures in sorted(telling_paragraphs(item).items())
        if anchors is None or place in anchors
    ]


def telling_paragraphs(item: ImportedSpeech) -> dict[int, list[dict[str, Any]]]:
    """Return the figures of each paragraph (from 0) of ``item`` that tells of a result."""
    by_paragraph: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for figure in item.figures:
        by_paragraph[figure["paragraph"]].append(figure)
    return {
        paragraph: figures
        for paragraph, figures in by_paragraph.items()
        if any(figure["claim"] != FigureClaim.TARGET for figure in figures)
    }


def _create_work_item(
    *,
    speech: Speech,
    text: str,
    figures: list[dict[str, Any]],
    user: User,
    paragraph: str,
    position: int,
) -> WorkItem:
    work_item = drafts.save_draft(
        draft=WorkItem(
            title=work_title(text),
            organization=speech.organization,
            speech=speech,
            paragraph=paragraph,
            year=speech.meeting.start_date.year if speech.meeting.start_date else None,
            body=richtext.from_paragraphs([text]),
            position=position,
        ),
        user=user,
    )
    Figure.objects.bulk_create(
        Figure(work_item=work_item, position=position, **_figure_columns(figure))
        for position, figure in enumerate(figures)
    )
    return work_item


def work_title(paragraph: str) -> str:
    """Return a title for the work a paragraph tells of: its leading sentence, unnumbered.

    At most 60 characters, cut at a comma where there is one.
    """
    sentence = re.split(r"[。；！？]", _NUMBERING.sub("", paragraph), maxsplit=1)[0]
    if len(sentence) <= 60:
        return sentence
    cut = max(sentence.rfind(mark, 0, 60) for mark in "，、：")
    return sentence[: cut if cut > 0 else 60]


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
