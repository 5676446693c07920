"""How many lines a text takes on the grid, as Word breaks them.

Widths are half characters: a Chinese character is two, a Latin letter one, and where they meet
stands a quarter of a character. No line is set: the places where one ends are looked up.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from speeches.exporting.titles import NEVER_FIRST, OPENING
from speeches.exporting.typography import CHARACTERS_PER_LINE

INDENT = 2
"""Characters: the first line of a paragraph, a quotation, a nested list."""
_MEETING_GAP = 0.5
_LATIN = re.compile(r"[0-9A-Za-z]+")


class _Widths(dict[str, float]):
    """The width of each character, looked up once."""

    def __missing__(self, character: str) -> float:
        wide = unicodedata.east_asian_width(character) in "WFA"
        return self.setdefault(character, 2 if wide else 1)


_WIDTHS = _Widths()


def count_lines(text: str, indent: int = INDENT, width: int = CHARACTERS_PER_LINE) -> int:
    """Return how many lines ``text`` takes; ``indent`` and ``width`` are characters."""
    return sum(
        _lines_of(line, 0 if number else 2 * indent, 2 * width)
        for number, line in enumerate(text.split("\n"))
    )


def _lines_of(text: str, indent: float, width: int) -> int:
    gaps = set(_gaps(text))
    widths = list(map(_WIDTHS.__getitem__, text))
    for place in gaps:
        widths[place] += _MEETING_GAP
    ends = [0, *accumulate(widths)]
    lines, start, room = 1, 0, width - indent
    while True:
        limit = ends[start] + room + (_MEETING_GAP if start in gaps else 0)
        if ends[-1] <= limit:
            return lines
        stop = bisect_right(ends, limit, start) - 1
        cut = stop
        while cut > start and not _may_break(text[cut - 1], text[cut]):
            cut -= 1
        lines, start, room = lines + 1, cut if cut > start else max(stop, start + 1), width


def _gaps(text: str) -> Iterator[int]:
    """Yield the places where Latin letters or digits meet Chinese."""
    for latin in _LATIN.finditer(text):
        start, end = latin.span()
        if text[start - 1 : start].isalnum():
            yield start
        if text[end : end + 1].isalnum():
            yield end


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters: not in a Latin word, nor at some marks."""
    return not (
        after in NEVER_FIRST
        or before in OPENING
        or (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())
    )
