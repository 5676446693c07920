"""Highlighted work (亮点工作) from the figures of an imported speech."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taggit.models import Tag

from speeches import parsing, richtext
from speeches.figures import unscaled
from speeches.models import Figure, ImportedSpeech, Speech, WorkItem
from speeches.parsing.candidates import WorkCandidate
from speeches.services import drafts
from speeches.services.blocks import Work
from speeches.services.names import SAVED_TOGETHER

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Candidate:
    """Highlighted work that one or several paragraphs of an imported speech tell of.

    ``key`` is that of the first block, ``places`` are the indexes of all in the speech; ``figures``
    are those of the parser's JSON. A ``dropped`` one makes no draft.
    """

    key: int
    places: tuple[int, ...]
    texts: tuple[str, ...]
    proposed_title: str
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

    One for each paragraph that parsing proposes; staff may have joined several.
    """
    proposed = proposals(item)
    groups: dict[int, list[WorkCandidate]] = {}
    for place, found in proposed.items():
        block = item.blocks[place]
        lead = block["work"].get("joins")
        groups.setdefault(lead if lead in groups else block["key"], []).append(found)
    return [_candidate(item, group) for group in groups.values()]


def proposals(item: ImportedSpeech) -> dict[int, WorkCandidate]:
    """Return what parsing proposes as highlighted work, by paragraph (from 0), in order."""
    figures = [parsing.Figure(**figure) for figure in item.figures]
    found = parsing.find_candidates(item.paragraphs, figures)
    return {candidate.paragraph: candidate for candidate in found}


def _candidate(item: ImportedSpeech, group: Sequence[WorkCandidate]) -> Candidate:
    lead = group[0]
    block = item.blocks[lead.paragraph]
    work: Work = block["work"]
    return Candidate(
        key=block["key"],
        places=tuple(found.paragraph for found in group),
        texts=tuple(item.blocks[found.paragraph]["text"] for found in group),
        proposed_title=lead.title,
        title=work.get("title") or lead.title,
        tags=tuple(work.get("tags", ())),
        dropped=work.get("dropped", False),
        figures=tuple(item.figures[place] for found in group for place in found.figures),
    )


def propose_tags(items: Sequence[ImportedSpeech]) -> None:
    """Tag newly read paragraphs with the topics in use that they name, and those parsing finds."""
    topics = [name for name in Tag.objects.values_list("name", flat=True) if len(name) > 1]
    for item in items:
        proposed = proposals(item)
        for place, block in enumerate(item.blocks):
            found = proposed[place].tags if place in proposed else ()
            named = (topic for topic in topics if topic in block["text"])
            if tags := list(dict.fromkeys((*found, *named))):
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
