"""The place where a question is answered, with its words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .tokens import fold, fold_character

_LENGTH = 90
_BEFORE = 24
"""Characters of a snippet, and of what stands before its first mark."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, marked where it is what was asked for."""

    text: str
    is_marked: bool = False


def marked(text: str, wanted: Sequence[str]) -> tuple[Segment, ...]:
    """Return ``text`` in segments, the runs of ``wanted`` (folded) marked."""
    spans = _merged(sorted(_spans(text, wanted)))
    segments: list[Segment] = []
    place = 0
    for start, end in spans:
        if start > place:
            segments.append(Segment(text[place:start]))
        segments.append(Segment(text[start:end], is_marked=True))
        place = end
    if place < len(text):
        segments.append(Segment(text[place:]))
    return tuple(segments)


def snippet(text: str, wanted: Sequence[str]) -> tuple[Segment, ...]:
    """Return the stretch of a paragraph around the first mark, with an ellipsis where it is cut."""
    first = min((start for start, _end in _spans(text, wanted)), default=0)
    start = max(0, first - _BEFORE)
    end = min(len(text), start + _LENGTH)
    shown = "…" * (start > 0) + text[start:end] + "…" * (end < len(text))
    return marked(shown, wanted)


def place_of(lines: Sequence[str], wanted: Sequence[str]) -> int:
    """Return which line answers best: the one that holds most of the runs, the first of those."""
    counts = [sum(run in folded for run in wanted) for folded in map(fold, lines)]
    return counts.index(max(counts)) if counts else 0


def _spans(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    folded, places = _fold(text)
    for run in wanted:
        start = folded.find(run)
        while start >= 0:
            end = start + len(run)
            yield places[start], places[end - 1] + 1
            start = folded.find(run, end)


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place it comes from."""
    parts = [fold_character(char) for char in text]
    places = [place for place, part in enumerate(parts) for _char in part]
    return "".join(parts), places


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
