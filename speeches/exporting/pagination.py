"""Where the speeches of a Word digest begin: page numbers for contents that Word has not yet made.

Lines are counted as Word breaks them on the grid of GB/T 9704-2012 (22 lines of 28 characters);
widths are half characters. Word puts its own numbers in when it updates the contents.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from speeches.exporting.composition import ATTACHMENT_TITLE, Composition, Passage, Section
from speeches.exporting.titles import NEVER_FIRST, OPENING, text_width
from speeches.exporting.typography import (
    CHARACTERS_PER_LINE,
    LINES_PER_PAGE,
    SIZE_TABLE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
)
from speeches.textblocks import BlockKind

INDENT = 2
"""Characters: the first line of a paragraph, a quotation, a nested list."""
BLANK_LINES_BEFORE_SPEECH = 2
"""Between speeches that follow one another on a page."""
TABLE_LINE = 20
"""Points from one line of a table to the next."""
_TABLE_GAP = 0.5
_PAGE_NUMBER = "000"
_POINTS_PER_MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages, counted from 1, on which the speeches and the attachment begin."""

    sections: tuple[int, ...]
    attachment: int


@dataclass(slots=True)
class _Pages:
    """A pen that knows its page and how many lines of it are full."""

    page: int = 1
    full: float = field(default=0.0)

    def turn(self) -> None:
        """Go to a fresh page, unless this one is."""
        if self.full:
            self.page, self.full = self.page + 1, 0.0

    def skip(self, lines: float) -> None:
        """Leave blank lines; at the end of a page they vanish."""
        self.full = min(self.full + lines, LINES_PER_PAGE)

    def keep(self, lines: float) -> None:
        """Turn the page unless that many lines fit on it."""
        if self.full + lines > LINES_PER_PAGE:
            self.turn()

    def write(self, lines: int) -> None:
        """Fill lines, over as many pages as they take."""
        for _line in range(lines):
            self.keep(1)
            self.full += 1


def paginate(composition: Composition) -> Pagination:
    """Return the page of every speech of ``composition``."""
    pages = _Pages()
    _front(pages, composition)
    begins = []
    for number, section in enumerate(composition.sections):
        begins.append(_begin(pages, section, turn=composition.own_pages or number == 0))
        for passage in section.passages:
            _passage(pages, passage)
    return Pagination(tuple(begins), pages.page + 1)


def count_lines(text: str, indent: int = INDENT, width: int = CHARACTERS_PER_LINE) -> int:
    """Return how many lines ``text`` takes; ``indent`` and ``width`` are characters."""
    return sum(
        _lines_of(line, 2 * indent if number == 0 else 0, 2 * width)
        for number, line in enumerate(text.split("\n"))
    )


def _lines_of(text: str, indent: float, width: int) -> int:
    lines, start, used, previous = 1, indent, indent, ""
    for piece in _unbreakable(text):
        advance = text_width(previous + piece) - text_width(previous)
        if used > start and used + advance > width:
            lines, start, used = lines + 1, 0, 0
            advance = text_width(piece)
        used += advance
        if used > width:
            lines, start = lines + math.ceil(used / width) - 1, 0
            used = used % width or width
        previous = piece[-1]
    return lines


def _unbreakable(text: str) -> Iterable[str]:
    """Yield the pieces that no line tears: Latin words, and marks with their neighbour."""
    piece = ""
    for character in text:
        latin = piece[-1:].isascii() and piece[-1:].isalnum() and character.isascii()
        torn = character in NEVER_FIRST or piece[-1:] in OPENING
        if piece and not torn and not (latin and character.isalnum()):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _front(pages: _Pages, composition: Composition) -> None:
    pages.write(
        len(composition.kicker_lines + composition.title_lines + composition.subtitle_lines)
    )
    pages.skip(1)
    for paragraph in composition.note:
        pages.write(count_lines(paragraph))
    if composition.note:
        pages.skip(1 if composition.signature else 0)
        pages.write(len(composition.signature))
        pages.turn()
    pages.write(1)
    pages.skip(1)
    entries = [(section.title, section.byline) for section in composition.sections]
    if composition.work_rows:
        entries.append((ATTACHMENT_TITLE, ""))
    for title, byline in entries:
        title_lines = count_lines(title + _PAGE_NUMBER, 0)
        pages.keep(title_lines + bool(byline))
        pages.write(title_lines)
        pages.write(count_lines(byline, 0, CHARACTERS_PER_LINE - INDENT) if byline else 0)


def _begin(pages: _Pages, section: Section, *, turn: bool) -> int:
    head = len(section.title_lines + section.byline_lines)
    if turn:
        pages.turn()
    elif pages.full:
        pages.keep(BLANK_LINES_BEFORE_SPEECH + head + 1 + _opening_lines(section))
        pages.skip(BLANK_LINES_BEFORE_SPEECH if pages.full else 0)
    page = pages.page
    pages.write(head)
    pages.skip(1)
    return page


def _opening_lines(section: Section) -> int:
    """Return how many lines of the text must stay with its title: one, or a short paragraph."""
    lines = count_lines(section.passages[0].text) if section.passages else 0
    return lines if lines <= 2 else 1


def _passage(pages: _Pages, passage: Passage) -> None:
    text = passage.text
    if passage.kind is BlockKind.TABLE:
        pitch = TEXT_HEIGHT * _POINTS_PER_MILLIMETRE / LINES_PER_PAGE
        pages.skip(_TABLE_GAP)
        for row in passage.rows:
            lines = _row_lines(row) * TABLE_LINE / pitch
            pages.keep(lines)
            pages.skip(lines)
        pages.skip(_TABLE_GAP)
    elif passage.kind is BlockKind.QUOTE:
        pages.write(count_lines(text, width=CHARACTERS_PER_LINE - 2 * INDENT))
    elif passage.kind is BlockKind.LIST_ITEM:
        pages.write(count_lines(text, width=CHARACTERS_PER_LINE - INDENT * (passage.level - 1)))
    else:
        pages.write(count_lines(text, 0 if passage.align in {"center", "right"} else INDENT))


def _row_lines(row: tuple[str, ...]) -> int:
    characters = TEXT_WIDTH * _POINTS_PER_MILLIMETRE / len(row) / SIZE_TABLE - 1
    return max(count_lines(cell, 0, max(1, math.floor(characters))) for cell in row)
