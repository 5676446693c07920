"""From lines to paragraphs, by what the page shows: indents, short ends, sizes, distances."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from speeches.parsing.affiliations import looks_like_unit
from speeches.parsing.bylines import parse_byline
from speeches.parsing.documents import BlockRole

from .blocks import Block
from .pdf_lines import APART, BLANK, Line

_WINDOW = 12
"""Lines on either side that tell where a column's edges are."""
_INDENT = 1.2
_SHORT = 1.5
_FAR = 2.4
"""Distances in character sizes: of an indent, of a short end, between the feet of two lines."""
_CLOSE = 2.0
"""The same between two lines of one centred text."""
_LARGE = 1.15
"""A title is larger than the text by this factor."""


def paragraphs_of(lines: Sequence[Line]) -> list[Block]:
    """Return the paragraphs; no character of ``lines`` is lost."""
    size = size_of_text(lines)
    groups: list[list[Line]] = []
    for place, line in enumerate(lines):
        if place and continues(lines, place, size):
            groups[-1].append(line)
        elif groups and _centred_below(groups[-1][-1], line):
            _add_to_signature(groups, line)
        else:
            groups.append([line])
    return [_block(group, size) for group in groups]


def loose_blocks(lines: Sequence[Line], size_of_text: float) -> Iterator[Block]:
    """Yield the blocks that lines outside paragraphs make: titles, signatures, dates.

    Lines of one size on one axis are one block; every other line is one of its own.
    """
    group: list[Line] = []
    for line in lines:
        if group and not (_beside(group[-1], line) or _centred_below(group[-1], line)):
            yield _block(group, size_of_text)
            group = []
        group.append(line)
    if group:
        yield _block(group, size_of_text)


def _block(lines: Sequence[Line], size_of_text: float) -> Block:
    title = _is_title(lines[0], size_of_text)
    role = BlockRole.HEADING if title else BlockRole.PARAGRAPH
    return Block(joined(lines), role, size=round(lines[0].size))


def joined(lines: Iterable[Line]) -> str:
    """Return the text of successive lines: a blank between Latin words, none between Chinese."""
    text, before = "", None
    for line in lines:
        if before is not None:
            text += _between(before, line, text)
        text, before = text + line.text, line
    return text


def _add_to_signature(groups: list[list[Line]], line: Line) -> None:
    """Take a centred line for the rest of a signature if it makes one of the line above it."""
    before = groups[-1][-1]
    own = parse_byline(line.text)
    if len(groups[-1]) == 1 and not (own and own.certain and looks_like_unit(own.organization)):
        for blank in ("", "　"):
            whole = parse_byline(before.text + blank + line.text)
            if whole and whole.certain and whole.organization and whole.speakers:
                before.text += blank
                groups[-1].append(line)
                return
    groups.append([line])


def _between(before: Line, line: Line, text: str) -> str:
    if _beside(before, line):
        return "　" if line.left - before.right > BLANK * before.size else ""
    return " " if _is_latin(text[-1]) and _is_latin(line.text[0]) else ""


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _beside(before: Line, line: Line) -> bool:
    """Whether a line goes on on the baseline of the one before it."""
    level = abs(line.middle - before.middle) < 0.5 * max(line.size, before.size)
    return before.page == line.page and level and line.left > before.left


def _centred_below(before: Line, line: Line) -> bool:
    size = line.size
    return (
        before.page == line.page
        and abs(before.size - size) < 0.08 * size
        and 0 < before.bottom - line.bottom < _CLOSE * size
        and abs(before.left + before.right - line.left - line.right) < size
    )


def size_of_text(lines: Sequence[Line]) -> float:
    """Return the size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _is_title(line: Line, size_of_text: float) -> bool:
    return line.size > _LARGE * size_of_text


def continues(lines: Sequence[Line], place: int, size_of_text: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it.

    A title goes on in its size, and a list after its 、, as in a signature of two lines. A line
    that fills its column goes on in the next one unless that is set in: where both are full, the
    page does not tell a new paragraph from the same.
    """
    before, line = lines[place - 1], lines[place]
    size = line.size
    if _beside(before, line) and line.left - before.right < APART * size:
        return True
    if abs(before.size - size) > 0.08 * size:
        return False
    is_below = before.page == line.page and before.bottom - line.bottom > 0
    if is_below and before.bottom - line.bottom > _FAR * size:
        return False
    if _is_title(line, size_of_text) or (is_below and before.text.endswith("、")):
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
