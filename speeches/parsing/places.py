"""Where each paragraph stood in the source: the two are laid side by side, character by character.

Blanks and the width of punctuation do not count. What the reader dropped from the source, and what
it mended, makes gaps; a paragraph that cannot be found has no place.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .typography import fold

_ANCHOR = 4
"""Characters that are enough to find the text again behind a gap."""
_FURTHEST = 2000
"""How many characters of the source may be left out in one gap."""


@dataclass(frozen=True, slots=True)
class Place:
    """A run of the source, ``start:end``; ``span`` is the index of the span it lies in."""

    start: int
    end: int
    span: int


class _Stream:
    """The printed characters of some spans of the source, one behind the other."""

    def __init__(self, source: str, spans: Sequence[tuple[int, int]]) -> None:
        self.offsets: list[int] = []
        self.firsts: list[int] = []
        characters: list[str] = []
        for start, end in spans:
            self.firsts.append(len(self.offsets))
            for offset, character in enumerate(source[start:end], start=start):
                if folded := fold(character):
                    characters.append(folded)
                    self.offsets.append(offset)
        self.text = "".join(characters)

    def span_of(self, at: int) -> int:
        """The span in which the character at ``at`` of the text lies."""
        return bisect_left(self.firsts, at + 1) - 1


def place_paragraphs(
    source: str, spans: Sequence[tuple[int, int]], paragraphs: Sequence[str]
) -> list[tuple[Place, ...]]:
    """Return the places of every paragraph, in reading order.

    ``spans`` are the source offsets between which the text stood, in reading order.
    """
    stream = _Stream(source, spans)
    position = 0
    found = []
    for paragraph in paragraphs:
        matched = _match(stream.text, fold(paragraph), position)
        position = matched[-1][1] if matched else position
        found.append(tuple(place for run in matched for place in _places(stream, *run)))
    return found


def _match(text: str, paragraph: str, position: int) -> list[tuple[int, int]]:
    """Runs of ``text`` that spell ``paragraph``, from ``position`` on."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(paragraph):
        length = _common(text, position, paragraph, at)
        if length:
            if runs and runs[-1][1] == position:
                runs[-1] = (runs[-1][0], position + length)
            else:
                runs.append((position, position + length))
            at, position = at + length, position + length
            continue
        anchor = paragraph[at : at + _ANCHOR]
        further = text.find(anchor, position, position + _FURTHEST)
        if further < 0:
            at += 1
        else:
            position = further
    return runs


def _common(text: str, position: int, paragraph: str, at: int) -> int:
    """How many characters the two have in common from there on."""
    most = min(len(text) - position, len(paragraph) - at)
    if text[position : position + most] == paragraph[at : at + most]:
        return most
    return next(step for step in range(most + 1) if text[position + step] != paragraph[at + step])


def _places(stream: _Stream, first: int, last: int) -> list[Place]:
    """The source runs of ``first:last`` of the stream, cut where one span ends."""
    places = []
    while first < last:
        span = stream.span_of(first)
        stop = min(last, *stream.firsts[span + 1 : span + 2] or (last,))
        places.append(Place(stream.offsets[first], stream.offsets[stop - 1] + 1, span))
        first = stop
    return places
