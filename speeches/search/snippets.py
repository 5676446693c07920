"""The place where a question is answered, with its words marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from .tokens import fold, fold_with_places

_LENGTH = 90
_BEFORE = 24
"""Characters of a snippet, and of what stands before its first mark."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, marked where it is what was asked for."""

    text: str
    is_marked: bool = False


def marked(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """Return ``text`` in segments, the folded ``words`` marked."""
    return tuple(_segments(text, spans_of(text, words)))


def snippet(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """Return the stretch of a paragraph around the first mark, with an ellipsis where it is cut."""
    spans = spans_of(text, words)
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    end = min(len(text), start + _LENGTH)
    before = "…" * (start > 0)
    shift = start - len(before)
    whole = [(first, last) for first, last in spans if start <= first and last <= end]
    return tuple(
        _segments(
            before + text[start:end] + "…" * (end < len(text)),
            ((first - shift, last - shift) for first, last in whole),
        )
    )


def _segments(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Segment]:
    place = 0
    for start, end in spans:
        if start > place:
            yield Segment(text[place:start])
        yield Segment(text[start:end], is_marked=True)
        place = end
    if place < len(text):
        yield Segment(text[place:])


def place_of(lines: Sequence[str], anchors: Sequence[str], words: Sequence[str]) -> int:
    """Return which of ``lines`` answers best: that with most of the folded words.

    Of several a paragraph, which has an anchor, comes before a signature or a topic, and the first
    before the others. The first paragraph that holds all words as they are is not folded.
    """
    for place, (line, anchor) in enumerate(zip(lines, anchors, strict=False)):
        if anchor and all(map(line.__contains__, words)):
            return place
    counts = [
        (sum(map(line.__contains__, words)), bool(anchor))
        for line, anchor in zip_longest(map(fold, lines), anchors, fillvalue="")
    ]
    return counts.index(max(counts))


def spans_of(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the folded ``words`` stand in ``text``: starts and ends, in order, apart."""
    folded, places = fold_with_places(text)
    return _merged(sorted(_spans(folded, places, words)))


def _spans(folded: str, places: Sequence[int], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            yield places[start], places[end - 1] + 1
            start = folded.find(word, end)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
