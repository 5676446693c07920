"""Highlighted work (亮点工作) from the figures of an imported speech."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taggit.models import Tag

from speeches import richtext
from speeches.enums import FigureClaim
from speeches.figures import unscaled
from speeches.models import Figure, ImportedSpeech, Speech, WorkItem
from speeches.services import drafts
from speeches.services.blocks import Work
from speeches.services.names import SAVED_TOGETHER

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_NUMBER = "[一二三四五六七八九十]+"
_NUMBERING = re.compile(rf"^(?:{_NUMBER}[是要、，]|（{_NUMBER}）|[0-9]+[.．、])\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Highlighted work that one or several paragraphs of an imported speech tell of.

    ``key`` is that of the first block, ``places`` are the indexes of all in the speech; ``figures``
    are those of the parser's JSON. A ``dropped`` one makes no draft.
    """

    key: int
    places: tuple[int, ...]
    texts: tuple[str, ...]
    title: str
    tags: tuple[str, ...]
    dropped: bool
    figures: tuple[dict[str, Any], ...]

    @property
    def place(self) -> int:
        """The index in the speech of the paragraph where it begins."""
        return self.places[0]


def candidates(item: ImportedSpeech) -> list[Candidate]:
    """Return the work that the paragraphs of ``item`` tell of, as staff decided on it.

    One for each paragraph with a figure that is more than a target; staff may have joined several.
    """
    telling = telling_paragraphs(item)
    groups: dict[int, list[int]] = {}
    for place, block in enumerate(item.blocks):
        if place in telling:
            lead = block["work"].get("joins")
            groups.setdefault(lead if lead in groups else block["key"], []).append(place)
    return [_candidate(item, places, telling) for places in groups.values()]


def _candidate(
    item: ImportedSpeech, places: list[int], telling: dict[int, list[dict[str, Any]]]
) -> Candidate:
    first = item.blocks[places[0]]
    work: Work = first["work"]
    return Candidate(
        key=first["key"],
        places=tuple(places),
        texts=tuple(item.blocks[place]["text"] for place in places),
        title=work.get("title") or work_title(first["text"]),
        tags=tuple(work.get("tags", ())),
        dropped=work.get("dropped", False),
        figures=tuple(figure for place in places for figure in telling[place]),
    )


def propose_tags(items: Sequence[ImportedSpeech]) -> None:
    """Tag the work in newly read speeches with the topics in use whose names it mentions."""
    topics = [name for name in Tag.objects.values_list("name", flat=True) if len(name) > 1]
    for item in items:
        for block in item.blocks:
            if tags := [topic for topic in topics if topic in block["text"]]:
                block["work"] = {**block["work"], "tags": tags}
    ImportedSpeech.objects.bulk_update(items, ["blocks"], SAVED_TOGETHER)


def create_work_items(
    *,
    item: ImportedSpeech,
    speech: Speech,
    user: User,
    anchors: Mapping[int, str] | None = None,
) -> list[WorkItem]:
    """Return drafts of the highlighted work of an imported speech; dropped ones make none.

    ``anchors`` names the paragraphs of the file (from 0) to take and where they stand in the
    draft; None takes all, in the order of the file.
    """
    return [
        _create_work_item(
            speech,
            candidate,
            paragraph=f"p{candidate.place + 1}" if anchors is None else anchors[candidate.place],
            position=item.position * 100 + candidate.place,
            user=user,
        )
        for candidate in candidates(item)
        if not candidate.dropped and (anchors is None or candidate.place in anchors)
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
    speech: Speech, candidate: Candidate, *, paragraph: str, position: int, user: User
) -> WorkItem:
    work_item = drafts.save_draft(
        draft=WorkItem(
            title=candidate.title,
            organization=speech.organization,
            speech=speech,
            paragraph=paragraph,
            year=speech.meeting.start_date.year if speech.meeting.start_date else None,
            body=richtext.from_paragraphs(candidate.texts),
            position=position,
        ),
        user=user,
    )
    if candidate.tags:
        work_item.tags.set(candidate.tags)
    Figure.objects.bulk_create(
        Figure(work_item=work_item, position=position, **_figure_columns(figure))
        for position, figure in enumerate(candidate.figures)
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
