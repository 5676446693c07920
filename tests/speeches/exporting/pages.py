"""Reading a finished PDF as a reader sees it: characters, lines and their places on the page."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from pypdfium2 import raw

MILLIMETRE = 72 / 25.4
LEFT, RIGHT = 28 * MILLIMETRE, (210 - 26) * MILLIMETRE
TOP, BOTTOM = 37 * MILLIMETRE, (297 - 35) * MILLIMETRE
CHARACTER = (RIGHT - LEFT) / 28
LINE = (BOTTOM - TOP) / 22
CLOSING = "，。、；：！？”’）》"
OPENING = "“‘（《"


@dataclass(frozen=True)
class Character:
    """One printed character; ``x`` is its left edge, ``y`` its baseline from the page's top.

    ``middle`` is half the height of its ink.
    """

    text: str
    x: float
    y: float
    size: float
    middle: float


@dataclass(frozen=True)
class Line:
    """The characters of one line, from left to right."""

    page: int
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(c.text for c in self.characters)

    @property
    def x(self) -> float:
        return self.characters[0].x

    @property
    def right(self) -> float:
        """The right edge; a closing mark fills half its square, and may be cut to it."""
        last = self.characters[-1]
        return last.x + CHARACTER * (0.5 if last.text in CLOSING else 1)

    @property
    def is_flush(self) -> bool:
        last = self.characters[-1].text
        slack = CHARACTER / 2 if last in CLOSING else 0
        return -0.5 < RIGHT - self.right < slack + 0.5


@dataclass(frozen=True)
class Picture:
    """A printed picture's sides in points."""

    width: float
    height: float


class PrintedPdf:
    """The pages of ``content``."""

    def __init__(self, content: bytes) -> None:
        self.document = pypdfium2.PdfDocument(content)
        self.text_pages = [page.get_textpage() for page in self.document]

    def __len__(self) -> int:
        return len(self.document)

    @property
    def texts(self) -> list[str]:
        """The words of each page in the order of the file, without blanks."""
        return ["".join(page.get_text_range().split()) for page in self.text_pages]

    def outline(self) -> list[tuple[str, int, int]]:
        """Title, level and page (from 1) of each bookmark."""
        return [
            (mark.get_title(), mark.level, mark.get_dest().get_index() + 1)
            for mark in self.document.get_toc()
        ]

    def characters(self, page: int) -> Iterator[Character]:
        """The characters of a page (from 1), blanks left out."""
        text = self.text_pages[page - 1]
        height = self.document[page - 1].get_height()
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text.raw, index))
            if character.isspace() or raw.FPDFText_IsGenerated(text.raw, index) == 1:
                continue
            raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
            size = raw.FPDFText_GetFontSize(text.raw, index)
            _left, bottom, _right, top = text.get_charbox(index)
            middle = height - (bottom + top) / 2
            yield Character(character, x.value, height - y.value, size, middle)

    def lines(self, page: int) -> list[Line]:
        """The lines of a page from top to bottom, its number left out."""
        inside = [c for c in self.characters(page) if c.y < BOTTOM]
        inside.sort(key=lambda c: (round(c.y), c.x))
        rows = groupby(inside, key=lambda c: round(c.y))
        return [Line(page, tuple(row)) for _height, row in rows]

    def look(self, words: str) -> tuple[str, float]:
        """The font and the height in points of the first character of ``words``, from the end."""
        for text in reversed(self.text_pages):
            index = text.get_text_range().rfind(words)
            if index >= 0:
                name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
                raw.FPDFText_GetFontInfo(text.raw, index, name, 100, flags)
                _left, bottom, _right, top = text.get_charbox(index, loose=True)
                return name.value.decode(), round(top - bottom, 1)
        raise ValueError(words)

    def pictures(self, page: int) -> list[Picture]:
        """The pictures of a page (from 1)."""
        found = self.document[page - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        sides = (picture.get_bounds() for picture in found)
        return [Picture(right - left, top - bottom) for left, bottom, right, top in sides]

    def page_number(self, page: int) -> Line:
        """What stands below the text of a page."""
        return Line(page, tuple(c for c in self.characters(page) if c.y >= BOTTOM))
