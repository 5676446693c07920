"""The lines of a PDF page: runs of characters that follow each other on one baseline."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

from pypdfium2 import PdfPage
from pypdfium2 import raw as pdfium

BLANK = 0.6
"""A gap of this many character sizes is a blank."""
APART = 2.6
"""A gap of this many sizes parts two lines: it is wider than a typed blank."""


@dataclass(slots=True)
class Line:
    """A run of text with its box, in points from the lower left corner of the page."""

    page: int
    page_height: float
    left: float
    right: float
    bottom: float
    top: float
    size: float
    text: str


def lines_of(page: PdfPage, number: int) -> list[Line]:
    """Return the lines of a page in the order of the file; ``number`` counts from 0."""
    lines: list[Line] = []
    for char in _characters(page, number):
        line = lines[-1] if lines else None
        if line is not None and _follows(line, char):
            if char.left - line.right > BLANK * line.size:
                line.text += "　"
            line.text += char.text
            line.right = max(line.right, char.right)
            line.bottom, line.top = min(line.bottom, char.bottom), max(line.top, char.top)
        else:
            lines.append(char)
    return [line for line in lines if line.text.strip()]


def _follows(line: Line, char: Line) -> bool:
    level = abs((char.bottom + char.top) - (line.bottom + line.top)) / 2 < 0.5 * line.size
    gap = char.left - line.right
    return level and -line.size < gap < APART * line.size


def _characters(page: PdfPage, number: int) -> Iterator[Line]:
    """Yield each character that the file holds as a line; PDFium's own are left out."""
    height = page.get_height()
    textpage = page.get_textpage()
    box = pdfium.FS_RECTF()
    for index in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code < 0x20 or code in {0xFFFE, 0xFFFF} or 0xD800 <= code < 0xE000:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        yield Line(
            page=number,
            page_height=height,
            left=box.left,
            right=box.right,
            bottom=min(box.bottom, box.top),
            top=max(box.bottom, box.top),
            size=max(pdfium.FPDFText_GetFontSize(textpage, index), 1.0),
            text=chr(code),
        )
    textpage.close()
