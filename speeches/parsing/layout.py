"""Lines of the page: where they stand, how they are indented, how wide the column was."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .typography import BLANK, CELL, CLOSERS, close_letter_spacing, ends_sentence, widen

_LINE = re.compile(r"[^\n]+")
_LEADING_BLANKS = re.compile(f"[{BLANK}]*")
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NARROWEST, _WIDEST = 10, 45
_LEAST_SAMPLE = 8
_LONG = 2000
_HANGING = 2
"""Ems by which marks may stand out of a column."""
_SQUEEZED = 0.5
"""Ems by which a wrapped line may miss the column's end: half a mark's width."""
_TOGETHER = re.compile(
    rf"[“‘（《〈【「(]*(?:[A-Za-z0-9][A-Za-z0-9.,:%％/-]*|[^\n])[{re.escape(CLOSERS)}，。、；：！？,;:!?%％…]*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without its outer blanks.

    ``start:end`` are the source offsets of the text; ``indent`` counts blanks before it (a
    full-width one counts two); ``gap`` tells that an empty line stands before it, ``parted`` that
    page furniture was taken out there.
    """

    text: str
    start: int
    end: int
    indent: int = 0
    gap: bool = False
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Wrap:
    """The column width the text was wrapped at.

    ``exact`` columns count characters and are filled to the last one; others count em squares
    (two Latin letters make one) and leave up to two open.
    """

    width: float
    exact: bool

    def fills(self, line: Line, after: Line | None = None) -> bool:
        """Whether the line reaches the column's end, so that its text may go on in the next.

        A line much longer than the column was not wrapped. One that ends a sentence was ended on
        purpose where the beginning of the line ``after`` it had had room.
        """
        if self.exact:
            return self.width <= _characters(line) <= self.width + _HANGING
        ems = _ems(line)
        if not self.width - 2 <= ems <= self.width + _HANGING:
            return False
        if after is None or not ends_sentence(widen(line.text)):
            return True
        return ems + _ems_of(_inseparable(after.text)) > self.width - _SQUEEZED


def split_lines(source: str) -> list[Line]:
    """The lines that print something, in file order."""
    lines: list[Line] = []
    gap = False
    previous_end = -1
    for match in _LINE.finditer(source):
        raw = match.group()
        blanks = _LEADING_BLANKS.match(raw)
        lead = blanks.end() if blanks else 0
        text = raw[lead:].rstrip().rstrip(_ZERO_WIDTH)
        gap = gap or match.start() > previous_end + 1
        previous_end = match.end()
        if not text:
            gap = True
            continue
        start = match.start() + lead
        lines.append(
            Line(
                text=text if CELL in text or len(text) > _LONG else close_letter_spacing(text),
                start=start,
                end=start + len(text),
                indent=sum(2 if char == "\u3000" else 1 for char in raw[:lead]),
                gap=gap,
            )
        )
        gap = False
    return lines


def find_wrap(lines: Sequence[Line]) -> Wrap | None:
    """The width at which the lines were wrapped, or None where each line is a paragraph."""
    followed = [line for line, after in pairwise(lines) if not after.gap]
    if len(followed) < _LEAST_SAMPLE:
        return None
    characters, filled = _find_width([_characters(line) for line in followed], slack=0, share=0.4)
    ems, _ = _find_width([round(_ems(line)) for line in followed], slack=2, share=0.6)
    closely = sum(1 for line in followed if ems - 1 <= _ems(line) <= ems)
    if characters and (not ems or filled >= closely):
        return Wrap(characters, exact=True)
    return Wrap(ems, exact=False) if ems else None


def _find_width(lengths: Sequence[int], *, slack: int, share: float) -> tuple[int, int]:
    """The commonest length and how many lines have it, less a slack.

    (0, 0) unless many lines have it and few are longer, or some have it and hardly any is longer.
    """
    counts = Counter(lengths)
    best = max(
        (length for length in counts if _NARROWEST <= length <= _WIDEST),
        key=lambda length: sum(counts[length - step] for step in range(slack + 1)),
        default=0,
    )
    near = sum(counts[best - step] for step in range(slack + 1))
    longer = sum(count for length, count in counts.items() if length > best + slack / 2)
    total = len(lengths)
    many = near >= share * total and longer <= 0.1 * total
    edged = near >= share / 2 * total and longer <= 0.02 * total
    return (best, near) if best and (many or edged) else (0, 0)


def _characters(line: Line) -> int:
    return len(line.text) + line.indent // 2


def _ems(line: Line) -> float:
    return _ems_of(line.text) + line.indent / 2


def _ems_of(text: str) -> float:
    wide = sum(1 for char in text if ord(char) > 0x2000)
    return wide + (len(text) - wide) / 2


def _inseparable(text: str) -> str:
    """What no line end parts: an opening mark and what follows, a number, a mark that follows."""
    match = _TOGETHER.match(text)
    return match.group() if match else ""
