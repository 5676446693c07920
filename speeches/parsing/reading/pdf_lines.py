"""The lines of a PDF page: runs of characters that follow each other on one baseline."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, pi
from statistics import median

from pypdfium2 import PdfPage, PdfTextPage
from pypdfium2 import raw as pdfium

from speeches.parsing.errors import UnreadableFile

MAX_CHARACTERS = 100_000
"""Characters of one page; the fullest newspaper page has some 15,000."""
BLANK = 0.6
"""A gap of this many character sizes is a blank."""
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The two halves in which PDFium tells a character beyond U+FFFF, as in rare names."""
APART = 2.6
"""A gap of this many sizes parts two lines: it is wider than a typed blank."""
UNMARKED = -1
"""The mark of what stands outside the document's structure."""
_STRETCHED = 1.8
"""A blank is wider by this factor than the usual gap of a line that is spaced out."""
_SAME_PLACE = 0.25
"""Bold made of two prints has them so near, in character sizes."""
_MOST_OBJECTS = 20_000
_THIN = 4.0
"""Points that a rule is high at most."""
_LEAST_ROWS = 4
_LEAST_CHARACTERS = 6
_ALIKE = 3.0
"""Points within which the edges of columns are the same."""
_SLANT = 0.1
"""Radians beyond which text is a watermark or a picture's label."""


@dataclass(slots=True)
class Line:
    """A run of text with its box, in points from the lower left corner of the page.

    ``mark`` is the number by which the document's structure names the run (MCID), or UNMARKED.
    """

    page: int
    page_height: float
    left: float
    right: float
    bottom: float
    top: float
    size: float
    text: str
    mark: int = UNMARKED

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn horizontal line."""

    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class _Object:
    """What the characters of one text object have in common."""

    size: float
    mark: int
    slanted: bool


def rules_of(page: PdfPage) -> list[Rule]:
    """Return the horizontal rules of a page; those of a page full of drawings are not looked at."""
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return []
    rules = []
    for place in range(count):
        drawn = pdfium.FPDFPage_GetObject(page, place)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = (ctypes.c_float() for _side in range(4))
        if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top) and (
            top.value - bottom.value < _THIN < right.value - left.value
        ):
            rules.append(Rule(left.value, right.value, (top.value + bottom.value) / 2))
    return rules


def lines_of(page: PdfPage, number: int, *, marked: bool = False) -> list[Line]:
    """Return the lines of a page in the order of the file; ``number`` counts from 0.

    With ``marked`` a line ends where the mark changes. Slanted text (a watermark) and what is
    printed twice at one place are left out.
    """
    runs: list[list[Line]] = []
    for char in _characters(page, number):
        before = runs[-1][-1] if runs else None
        if before is not None and _is_reprint(before, char):
            continue
        same = before is not None and (before.mark == char.mark or not marked)
        if before is not None and same and _follows(before, char):
            runs[-1].append(char)
        else:
            runs.append([char])
    lines = [_joined(run) for run in split_at_gutters(runs)]
    return _once([line for line in lines if line.text.strip()])


def _follows(before: Line, char: Line) -> bool:
    level = abs(char.middle - before.middle) < 0.5 * before.size
    gap = char.left - before.right
    return level and -before.size < gap < APART * before.size


def split_at_gutters(runs: list[list[Line]]) -> list[list[Line]]:
    """Part runs that the file leads over the narrow gutter of two columns.

    A blank between longer texts is a gutter where several lines end and several begin.
    """
    ends: Counter[int] = Counter()
    starts: Counter[int] = Counter()
    for run in runs:
        inner = [at for _before, at, _after in _long_blanks(run)]
        ends.update(_edge(run[at - 1].right) for at in (*inner, len(run)))
        starts.update(_edge(run[at].left) for at in (0, *inner))
    parted: list[list[Line]] = []
    for run in runs:
        cuts = [
            at
            for _before, at, _after in _blanks(run)
            if ends[_edge(run[at - 1].right)] >= _LEAST_ROWS
            and starts[_edge(run[at].left)] >= _LEAST_ROWS
        ]
        parted += [run[start:end] for start, end in pairwise([0, *cuts, len(run)])]
    return parted


def _long_blanks(run: list[Line]) -> list[tuple[int, int, int]]:
    return [
        (before, at, after)
        for before, at, after in _blanks(run)
        if min(at - before, after - at) >= _LEAST_CHARACTERS
    ]


def _blanks(run: list[Line]) -> list[tuple[int, int, int]]:
    """The places in a run before which there is a blank, with the places before and after each."""
    blanks = [
        at for at in range(1, len(run)) if run[at].left - run[at - 1].right > BLANK * run[at].size
    ]
    return list(zip([0, *blanks], blanks, [*blanks[1:], len(run)], strict=False))


def _edge(place: float) -> int:
    return round(place / _ALIKE)


def _is_reprint(before: Line, char: Line) -> bool:
    near = _SAME_PLACE * char.size
    return (
        before.text == char.text
        and abs(before.left - char.left) < near
        and abs(before.bottom - char.bottom) < near
    )


def _joined(run: list[Line]) -> Line:
    """Make one line of its characters, with a blank where a gap is no letter-spacing."""
    line = run[0]
    gaps = [after.left - before.right for before, after in pairwise(run)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    least = max(BLANK * line.size, _STRETCHED * usual)
    texts = [line.text]
    for gap, char in zip(gaps, run[1:], strict=True):
        texts.append("　" + char.text if gap > least else char.text)
    line.text = "".join(texts)
    line.right = max(char.right for char in run)
    line.bottom, line.top = min(char.bottom for char in run), max(char.top for char in run)
    return line


def _once(lines: list[Line]) -> list[Line]:
    """Leave out the second print of a line whose shadow or weight is made of two."""
    kept: dict[tuple[str, int], list[Line]] = {}
    once = []
    for line in lines:
        alike = kept.setdefault((line.text, line.mark), [])
        near = _SAME_PLACE * line.size
        if any(
            abs(other.left - line.left) < near and abs(other.bottom - line.bottom) < near
            for other in alike
        ):
            continue
        alike.append(line)
        once.append(line)
    return once


def _characters(page: PdfPage, number: int) -> Iterator[Line]:
    """Yield each character that the file holds as a line; PDFium's own are left out."""
    height = page.get_height()
    textpage = page.get_textpage()
    box = pdfium.FS_RECTF()
    objects: dict[int, _Object] = {}
    count = textpage.count_chars()
    if count > MAX_CHARACTERS:
        raise UnreadableFile(
            f"PDF 第{number + 1}页有{count}个字符，不像一页文字：请核实来源，或另存为文本后再导入。"
        )
    high = _HIGH[0]
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in _HIGH:
            high = code
            continue
        if code in _LOW:
            code = 0x10000 + ((high - _HIGH[0]) << 10) + code - _LOW[0]
        if code < 0x20 or code in {0xFFFE, 0xFFFF}:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        handle = pdfium.FPDFText_GetTextObject(textpage, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        told = objects.get(key)
        if told is None:
            told = objects[key] = _object_of(textpage, index, handle)
        if told.slanted:
            continue
        yield Line(
            page=number,
            page_height=height,
            left=box.left,
            right=box.right,
            bottom=min(box.bottom, box.top),
            top=max(box.bottom, box.top),
            size=told.size,
            text=chr(code),
            mark=told.mark,
        )
    textpage.close()


def _object_of(textpage: PdfTextPage, index: int, handle: object) -> _Object:
    """Read size, mark and angle; a font's size is multiplied by its matrix."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix)):
        scale = hypot(matrix.c, matrix.d) or 1.0
    angle = pdfium.FPDFText_GetCharAngle(textpage, index) % (pi / 2)
    return _Object(
        size=max(pdfium.FPDFText_GetFontSize(textpage, index) * scale, 1.0),
        mark=pdfium.FPDFPageObj_GetMarkedContentID(handle) if handle else UNMARKED,
        slanted=_SLANT < angle < pi / 2 - _SLANT,
    )
