"""What becomes of bold words where their paragraph is joined, cut or corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from organizations.differences import differences
from speeches.parsing.stress import Span, marks_of, spans_of


def moved(spans: Iterable[Span], by: int) -> list[Span]:
    """Return the spans of a text that now stands ``by`` characters further on."""
    return [(start + by, end + by) for start, end in spans]


def carried(before: Sequence[tuple[str, Iterable[Span]]], after: Sequence[str]) -> list[list[Span]]:
    """Return what is bold in texts that were made of others, each of them with its bold words.

    What stays keeps its look; what is new is bold only amid bold words.
    """
    old = list(chain.from_iterable(marks_of(text, spans) for text, spans in before))
    if not any(old):
        return [[] for _text in after]
    marks: list[bool] = []
    at = 0
    for piece in differences("".join(text for text, _spans in before), "".join(after)):
        length = len(piece.text)
        if piece.kind == "added":
            marks += [0 < at < len(old) and old[at - 1] and old[at]] * length
            continue
        if piece.kind == "same":
            marks += old[at : at + length]
        at += length
    result = []
    place = 0
    for text in after:
        result.append(spans_of(text, marks[place : place + len(text)]))
        place += len(text)
    return result
