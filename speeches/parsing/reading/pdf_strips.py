"""Strips of a page: what stands between two gaps that run across a whole region.

With the geometry they need: intervals from left to right, what merges to one text, what is set in,
and which lines are running text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .pdf_lines import Line, Rule

_GUTTER = 0.7
"""Width of a gutter in character sizes."""
_NARROW = 6
_INDENT = 2.3
"""A last line of fewer characters than NARROW does not reach below the next line's indent."""
SET_IN = 1.4
"""A line that is centred leaves as much on both sides of its columns, in character sizes."""
_OVERLAP = 0.25
"""Rows of neighbouring columns may overlap by this share of a size and still be apart."""
_NEAR = 2.4
"""The feet of two successive lines are nearer than this many character sizes."""
_OTHER_SIZE = 0.08
_BELOW = 0.7
"""Share of its width by which a line stands below another."""
LARGE = 1.15
"""A title is larger than the text by this factor."""
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a whole page: its rules, and which lines are running text."""

    rules: Sequence[Rule]
    running: set[int]


@dataclass(frozen=True, slots=True)
class Region:
    """The sides of a part of the page, the size of its text, and the lines of running text."""

    left: float
    right: float
    size: float
    running: set[int]


@dataclass
class Strip:
    """Lines side by side, with the ``texts`` (intervals without a gutter) they make."""

    lines: list[Line]
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """The smallest size in it."""
        return min(line.size for line in self.lines)

    @cached_property
    def texts(self) -> list[Interval]:
        """What stands in it, parted at its gutters."""
        return merged([(line.left, line.right) for line in self.lines], self.size)

    def is_title(self, text: Interval, columns: Sequence[Interval], region: Region) -> bool:
        """Whether one of its texts is larger than others or set in over several columns."""
        lines = [line for line in self.lines if text[0] <= line.left <= text[1]]
        if any(id(line) in region.running for line in lines):
            return False
        large = max(line.size for line in lines) > LARGE * region.size
        return large or is_set_in(text, columns, self.size)


def running_text(lines: Sequence[Line]) -> set[int]:
    """The lines (by ``id``) of running text: three at one left edge, and those that touch them.

    Only titles, which are centred, may stand over several columns of a band.
    """
    edges: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        edges.setdefault((round(line.left / 2), round(line.size)), []).append(line)
    running = set()
    for alike in edges.values():
        alike.sort(key=lambda line: line.bottom)
        for first, _second, third in zip(alike, alike[1:], alike[2:], strict=False):
            if third.bottom - first.bottom < 2 * _NEAR * first.size:
                running |= {id(first), id(_second), id(third)}
    return running | {
        id(line)
        for line in lines
        if id(line) not in running and any(_touches(line, other, running) for other in lines)
    }


def _touches(line: Line, other: Line, running: set[int]) -> bool:
    """Whether a line is the first or the last of a paragraph of running text."""
    return (
        id(other) in running
        and abs(line.size - other.size) < _OTHER_SIZE * line.size
        and 0 < abs(line.bottom - other.bottom) < _NEAR * line.size
        and min(line.right, other.right) - max(line.left, other.left)
        > _BELOW * (line.right - line.left)
    )


def lines_of(strips: Sequence[Strip]) -> list[Line]:
    """Return the lines of several strips."""
    return [line for strip in strips for line in strip.lines]


def by_rows(lines: list[Line]) -> list[Line]:
    """Sort by baseline, then from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if rows and abs(rows[-1][0].middle - line.middle) < 0.5 * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def strips_of(lines: list[Line]) -> list[Strip]:
    """Return the strips of a region from top to bottom."""
    strips: list[Strip] = []
    for line in sorted(lines, key=lambda line: -line.top):
        slack = _OVERLAP * line.size
        if strips and line.top - slack > strips[-1].bottom:
            strip = strips[-1]
            strip.lines.append(line)
            strip.bottom = min(strip.bottom, line.bottom)
        else:
            strips.append(Strip([line], line.bottom, line.top))
    return strips


def meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals have a part in common."""
    return one[0] < other[1] and one[1] > other[0]


def is_set_in(text: Interval, columns: Sequence[Interval], size: float) -> bool:
    """Whether a text over several columns leaves space at both of their sides."""
    crossed = [column for column in columns if meet(text, column)]
    if len(crossed) < 2:
        return False
    left, right = text[0] - crossed[0][0], crossed[-1][1] - text[1]
    return left > SET_IN * size and right > SET_IN * size


def merged(intervals: list[Interval], size: float) -> list[Interval]:
    """Join intervals with no gutter between them; beside a few characters, an indent is none."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        least = _GUTTER * size
        if merged and merged[-1][1] - merged[-1][0] < _NARROW * size:
            least = _INDENT * size
        if merged and start - merged[-1][1] <= least:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
