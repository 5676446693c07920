"""What the import workbench shows of one speech: the source beside what was read from it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Prefetch, Q

from organizations.models import Appointment, Speaker
from speeches.enums import FigureClaim
from speeches.figures import meaning, unscaled
from speeches.models import ImportBatch, ImportedName, ImportedSpeech

COLOURS = 6
_BLANKS = re.compile(r"\s+")
_HEAD = 12
"""How many characters of a fragment are enough to find it again in a corrected text."""


@dataclass(frozen=True, slots=True)
class SourceRun:
    """A run of the source; ``number`` is the place of its fragment in reading order, or 0."""

    text: str
    number: int = 0
    moved: bool = False
    evidence: str = ""
    confidence: int = 100

    @property
    def colour(self) -> int:
        """One of the colours that tell neighbouring fragments apart."""
        return (self.number - 1) % COLOURS + 1


@dataclass(slots=True)
class TextRun:
    """A run of a recognised paragraph: plain, or a figure, after the fragments that begin here."""

    text: str
    fragments: list[SourceRun] = field(default_factory=list)
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the printed name, told apart by the posts."""

    pk: int
    label: str


def source_runs(batch: ImportBatch, item: ImportedSpeech) -> list[SourceRun]:
    """Return the source of ``item`` cut at its fragments, in file order."""
    text, position, end = batch.source_text, item.source_start, item.source_end
    runs: list[SourceRun] = []
    for fragment in sorted(_fragments(item), key=lambda pair: pair[1]["start"]):
        number, data = fragment
        start, stop = max(data["start"], position), min(data["end"], end)
        if stop <= start:
            continue
        if start > position:
            runs.append(SourceRun(text[position:start]))
        runs.append(_source_run(number, data, text[start:stop]))
        position = stop
    if end > position:
        runs.append(SourceRun(text[position:end]))
    return runs


def _fragments(item: ImportedSpeech) -> Iterable[tuple[int, dict[str, Any]]]:
    return enumerate(item.fragments, start=1)


def _source_run(number: int, data: dict[str, Any], text: str) -> SourceRun:
    return SourceRun(
        text=text,
        number=number,
        moved=data["moved"],
        evidence="；".join(data["evidence"]),
        confidence=round(data["confidence"] * 100),
    )


def text_runs(item: ImportedSpeech) -> list[list[TextRun]]:
    """Return the recognised paragraphs, cut where a figure stands or a fragment begins."""
    beginnings = _beginnings(item)
    figures = defaultdict(list)
    for figure in item.figures:
        figures[figure["paragraph"]].append(figure)
    return [
        _paragraph_runs(text, beginnings.get(index, {}), figures[index])
        for index, text in enumerate(item.paragraphs)
    ]


def _paragraph_runs(
    text: str, beginnings: dict[int, list[SourceRun]], figures: list[dict[str, Any]]
) -> list[TextRun]:
    meanings = {(figure["start"], figure["end"]): meaning_of(figure) for figure in figures}
    cuts = {0, len(text), *beginnings}
    cuts |= {offset for span in meanings for offset in span}
    ordered = sorted(cut for cut in cuts if cut <= len(text))
    return [
        TextRun(
            text=text[start:end],
            fragments=beginnings.get(start, []),
            figure=next((told for (a, b), told in meanings.items() if a <= start and end <= b), ""),
        )
        for start, end in pairwise(ordered)
    ]


def meaning_of(figure: dict[str, Any]) -> str:
    """Return in words what was recognised in a figure."""
    low, high = (_decimal(figure[name]) for name in ("low", "high"))
    told = meaning(low, high, figure["bound"], unscaled(figure["unit"]))
    claim = FigureClaim(figure["claim"])
    return told if claim == FigureClaim.RESULT else f"{told}（{claim.label}）"


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _beginnings(item: ImportedSpeech) -> dict[int, dict[int, list[SourceRun]]]:
    """Return, by paragraph and offset, the fragments whose text begins there.

    Each is found by its first characters after the one before; where staff rewrote the words it
    is placed by counting characters.
    """
    letters = [
        (index, offset, character)
        for index, paragraph in enumerate(item.paragraphs)
        for offset, character in enumerate(paragraph)
        if not character.isspace()
    ]
    joined = "".join(character for _index, _offset, character in letters)
    found: dict[int, dict[int, list[SourceRun]]] = defaultdict(lambda: defaultdict(list))
    position = 0
    for number, data in _fragments(item):
        words = _BLANKS.sub("", data["text"])
        place = joined.find(words[:_HEAD], position)
        place = position if place < 0 else place
        if place < len(letters):
            index, offset, _character = letters[place]
            found[index][offset].append(_source_run(number, data, ""))
        position = place + len(words)
    return found


def candidates_for(names: Iterable[ImportedName]) -> dict[str, list[Candidate]]:
    """Return the people known by each printed name, with three queries in all."""
    printed = {name.printed for name in names}
    held = Appointment.objects.select_related("organization")
    people = (
        Speaker.objects.filter(Q(name__in=printed) | Q(variants__name__in=printed))
        .distinct()
        .prefetch_related("variants", Prefetch("appointments", held))
    )
    found: dict[str, list[Candidate]] = defaultdict(list)
    for person in people:
        posts = "、".join(
            f"{row.organization}{row.post_title}" for row in person.appointments.all()
        )
        candidate = Candidate(person.pk, f"{person}　{posts}" if posts else str(person))
        for name in {person.name, *(row.name for row in person.variants.all())} & printed:
            found[name].append(candidate)
    return found
