"""From lines to paragraphs, by what the page shows: indents, short ends, sizes, distances."""

from collections import Counter
from collections.abc import Sequence

from .pdf_lines import Line

_WINDOW = 12
"""Lines on either side that tell where a column's edges are."""
_INDENT = 1.2
_SHORT = 1.5
_FAR = 2.4
"""Distances in character sizes: of an indent, of a short end, between the feet of two lines."""
_LARGE = 1.15
"""A title is larger than the text by this factor."""


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """Return the text of each paragraph; no character of ``lines`` is lost."""
    size = _size_of_text(lines)
    texts: list[str] = []
    for place, line in enumerate(lines):
        if place and _continues(lines, place, size):
            texts[-1] += line.text
        else:
            texts.append(line.text)
    return texts


def _size_of_text(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _continues(lines: Sequence[Line], place: int, size_of_text: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it.

    A title goes on in its size, and a list after its 、, as in a signature of two lines.
    """
    before, line = lines[place - 1], lines[place]
    size = line.size
    if abs(before.size - size) > 0.08 * size:
        return False
    is_below = before.page == line.page and before.bottom - line.bottom > 0
    if is_below and before.bottom - line.bottom > _FAR * size:
        return False
    if size > _LARGE * size_of_text or before.text.endswith("、"):
        return is_below
    left, _right = _edges(lines, place)
    _left, right = _edges(lines, place - 1)
    return line.left - left < _INDENT * size and right - before.right < _SHORT * size


def _edges(lines: Sequence[Line], place: int) -> tuple[float, float]:
    """The edges of the column around a line, from its neighbours of the same size."""
    here = lines[place]
    column = [
        line
        for line in lines[max(0, place - _WINDOW) : place + _WINDOW + 1]
        if line.page == here.page
        and abs(line.size - here.size) < 0.08 * here.size
        and line.left < here.right
        and line.right > here.left
    ]
    return min(line.left for line in column), max(line.right for line in column)
