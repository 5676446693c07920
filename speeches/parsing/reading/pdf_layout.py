"""The reading order of a page: the file's own, or bands and columns where that is torn."""

from collections.abc import Sequence
from itertools import pairwise

from .pdf_lines import Line

_TORN = 0.1
"""Share of steps from one column to another in the same row that shows a torn order."""
_GUTTER = 0.7
"""Width of a gutter in character sizes."""
_LEAST_ROWS = 2


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of one page as they are read.

    The order of the file stands, for it is how the page was made, unless it runs across columns.
    """
    steps = list(pairwise(lines))
    torn = sum(1 for one, next_one in steps if is_torn(one, next_one))
    if torn <= _TORN * len(steps):
        return list(lines)
    return _sorted(list(lines))


def is_torn(one: Line, other: Line) -> bool:
    """Whether the step leads across a gutter in one row, or up within a column."""
    overlap = min(one.right, other.right) - max(one.left, other.left)
    if overlap <= 0:
        return abs(one.bottom - other.bottom) < 0.6 * one.size
    return other.bottom > one.top and overlap > 0.5 * min(
        one.right - one.left, other.right - other.left
    )


def _sorted(lines: list[Line]) -> list[Line]:
    columns = _columns(lines)
    if len(columns) > 1:
        return [line for column in columns for line in _sorted(column)]
    cut = _best_cut(lines)
    if cut is not None:
        above, below = cut
        return _sorted(above) + _sorted(below)
    return sorted(lines, key=lambda line: (-round(line.bottom / max(line.size, 1)), line.left))


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Split at every gutter that no line crosses, from left to right."""
    by_left = sorted(lines, key=lambda line: line.left)
    columns: list[list[Line]] = []
    edge = float("-inf")
    for line in by_left:
        if line.left - edge > _GUTTER * line.size or not columns:
            columns.append([])
        columns[-1].append(line)
        edge = max(edge, line.right)
    if len(columns) < 2 or any(_rows(column) < _LEAST_ROWS for column in columns):
        return [list(lines)]
    return columns


def _rows(lines: Sequence[Line]) -> int:
    return len({round(line.bottom / max(line.size, 1)) for line in lines})


def _best_cut(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Cut between two rows so that the larger part with columns is as large as can be."""
    by_height = sorted(lines, key=lambda line: -line.top)
    best: tuple[int, int] | None = None
    low = float("inf")
    for place in range(1, len(by_height)):
        low = min(low, by_height[place - 1].bottom)
        if by_height[place].top > low + 0.2 * by_height[place].size:
            continue
        gain = max(
            len(part) if len(_columns(part)) > 1 else 0
            for part in (by_height[:place], by_height[place:])
        )
        if gain and (best is None or gain > best[0]):
            best = gain, place
    if best is None:
        return None
    return by_height[: best[1]], by_height[best[1] :]
