"""Where the speeches of a Word digest begin: page numbers for contents that Word has not yet made.

Lines are counted on the grid of GB/T 9704-2012 (22 lines of 28 characters). Word puts its own
numbers in when it updates the contents.
"""

import math
from dataclasses import dataclass, field

from speeches.exporting.composition import ATTACHMENT_TITLE, Composition, Passage, Section
from speeches.exporting.line_counting import INDENT, count_lines
from speeches.exporting.typography import (
    CHARACTERS_PER_LINE,
    LINES_PER_PAGE,
    SIZE_TABLE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
)
from speeches.textblocks import BlockKind

BLANK_LINES_BEFORE_SPEECH = 2
"""Between speeches that follow one another on a page."""
TABLE_LINE = 20
"""Points from one line of a table to the next."""
_TABLE_GAP = 0.5
_PAGE_NUMBER = "000"
_POINTS_PER_MILLIMETRE = 72 / 25.4
_PITCH = TEXT_HEIGHT * _POINTS_PER_MILLIMETRE / LINES_PER_PAGE
_BELOW_PICTURE = 1
"""Points of a line below a picture: the descent of the tiny mark that ends its paragraph."""


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
        while lines:
            fitting = min(lines, math.floor(LINES_PER_PAGE - self.full))
            if not fitting:
                self.turn()
            self.full += fitting
            lines -= fitting


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


def picture_lines(passage: Passage) -> int:
    """Return how many lines of the grid a picture takes, its caption left out."""
    return math.ceil((passage.height * _POINTS_PER_MILLIMETRE + _BELOW_PICTURE) / _PITCH)


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
    """Return how many lines of the text must stay with its title: one, and those of headings."""
    lines = 0
    for passage in section.passages:
        if passage.kind is not BlockKind.HEADING:
            return lines + 1
        lines += count_lines(passage.text)
    return lines


def _passage(pages: _Pages, passage: Passage) -> None:
    text = passage.text
    if passage.src:
        pages.keep(picture_lines(passage) + count_lines(text, 0) * bool(text))
        pages.write(picture_lines(passage))
        pages.write(count_lines(text, 0) if text else 0)
    elif passage.kind is BlockKind.TABLE:
        pages.skip(_TABLE_GAP)
        for row in passage.rows:
            lines = _row_lines(row) * TABLE_LINE / _PITCH
            pages.keep(lines)
            pages.skip(lines)
        pages.skip(_TABLE_GAP)
    elif passage.kind is BlockKind.QUOTE:
        pages.write(count_lines(text, width=CHARACTERS_PER_LINE - 2 * INDENT))
    elif passage.kind is BlockKind.LIST_ITEM:
        pages.write(count_lines(text, width=CHARACTERS_PER_LINE - INDENT * (passage.level - 1)))
    else:
        lines = count_lines(text, 0 if passage.align in {"center", "right"} else INDENT)
        if passage.kind is BlockKind.HEADING:
            pages.keep(lines + 1)
        pages.write(lines)


def _row_lines(row: tuple[str, ...]) -> int:
    characters = TEXT_WIDTH * _POINTS_PER_MILLIMETRE / len(row) / SIZE_TABLE - 1
    return max(count_lines(cell, 0, max(1, math.floor(characters))) for cell in row)
