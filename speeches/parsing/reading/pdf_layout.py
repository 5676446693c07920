"""The reading order of a page: the file's own, or that of the page where the file's is worse."""

from collections.abc import Sequence
from itertools import pairwise

from speeches.parsing.typography import ends_sentence

from .pdf_bands import by_bands
from .pdf_lines import Line, Rule

_TORN = 0.1
"""Share of steps across columns in the same row that shows a file in no order of reading."""
_SHORT = 1.5
_INDENT = 1.2
_NEXT = 3.0
"""Distances in character sizes: of a short end, of an indent, to the line that follows below."""


def in_reading_order(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[Line]:
    """Return the lines of one page as they are read.

    The order of the file shows how the page was made: it stands, unless it runs across columns or
    the page's bands and columns make fewer places where a sentence breaks off or begins in its
    midst.
    """
    ordered = by_bands(lines, rules)
    if _torn(lines) > _TORN * len(lines) and _torn(lines) > _torn(ordered):
        return ordered
    return ordered if _breaks(ordered) < _breaks(lines) else list(lines)


def is_torn(one: Line, other: Line) -> bool:
    """Whether the step leads across a gutter in one row, or up within a column."""
    overlap = min(one.right, other.right) - max(one.left, other.left)
    if overlap <= 0:
        return abs(one.bottom - other.bottom) < 0.6 * one.size
    return other.bottom > one.top and overlap > 0.5 * min(
        one.right - one.left, other.right - other.left
    )


def _torn(lines: Sequence[Line]) -> int:
    return sum(is_torn(one, other) for one, other in pairwise(lines))


def _breaks(lines: Sequence[Line]) -> int:
    """Count the places at which the text shows that it does not go on as the lines stand.

    They are the steps from one column to another, the page's beginning and its end.
    """
    if not lines:
        return 0
    steps = sum(
        _goes_on_after(one, lines) != _begins_inside(other, lines)
        for one, other in pairwise(lines)
        if not _is_next_below(one, other)
    )
    return steps + _begins_inside(lines[0], lines) + _goes_on_after(lines[-1], lines)


def _is_next_below(one: Line, other: Line) -> bool:
    below = one.bottom - other.bottom
    return min(one.right, other.right) > max(one.left, other.left) and (
        0 < below < _NEXT * max(one.size, other.size)
    )


def _goes_on_after(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line fills its column and ends no sentence."""
    right = max(other.right for other in _column(line, lines))
    return right - line.right < _SHORT * line.size and not ends_sentence(line.text)


def _begins_inside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is set in the size of the text around it and without an indent."""
    column = _column(line, lines)
    return len(column) > 1 and line.left - min(other.left for other in column) < (
        _INDENT * line.size
    )


def _column(line: Line, lines: Sequence[Line]) -> list[Line]:
    return [
        other
        for other in lines
        if abs(other.size - line.size) < 0.08 * line.size
        and other.left < line.right
        and other.right > line.left
    ]
