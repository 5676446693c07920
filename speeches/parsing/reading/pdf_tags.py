"""The structure that a tagged PDF tells (ISO 32000-1, 14.7 and 14.8): blocks in reading order.

PDFium gives the elements that have content on a page, each child being an element, the number of
marked content on this page (MCID), or nothing that it can name, which is content of another page.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pypdfium2 import PdfPage
from pypdfium2 import raw as pdfium

_HEADINGS = {"H": 1, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
_PARAGRAPHS = {
    "P",
    "LI",
    "Caption",
    "TD",
    "TH",
    "Note",
    "FENote",
    "BlockQuote",
    "Aside",
    *_HEADINGS,
}
_GROUPS = {
    "Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct", "L", "LBody",
    "Table", "THead", "TBody", "TFoot", "TR", "TOC", "TOCI", "Index", "Figure",
}  # fmt: skip
_LEFT_OUT = {"Artifact"}
_DEEPEST = 60


@dataclass(slots=True)
class Tagged:
    """One block: the marks of its content on this page, in order.

    ``kind`` is ``heading``, ``paragraph``, ``row`` (``cells`` tell where each cell's marks begin),
    ``contents`` (a table of contents with so many ``entries``), or ``loose`` for content that
    stands in no paragraph.
    ``begun`` tells that it goes on from the page before, ``unended`` that it goes on over the next.
    """

    kind: str
    level: int = 0
    marks: list[int] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    entries: int = 0
    begun: bool = False
    unended: bool = False


def blocks_of(page: PdfPage) -> list[Tagged]:
    """Return the blocks of a page as its tags tell; none where it has no tags."""
    with _tree(page) as tree:
        if not tree:
            return []
        walk = _Walk()
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, place)
            if element:
                walk.group(element, "", 0)
        return [block for block in walk.blocks if block.marks]


@contextmanager
def _tree(page: PdfPage) -> Iterator[pdfium.FPDF_STRUCTTREE]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        yield tree
    finally:
        if tree:
            pdfium.FPDF_StructTree_Close(tree)


class _Walk:
    """Gathers blocks in the order of the tree."""

    def __init__(self) -> None:
        self.blocks: list[Tagged] = []

    def group(self, element: object, within: str, depth: int) -> None:
        """Take an element that holds blocks; marks of its own are loose content."""
        kind = _type_of(element)
        if kind in _LEFT_OUT or depth > _DEEPEST:
            return
        if kind == "TR":
            self._row(element)
            return
        if kind == "TOC":
            entries = sum(1 for _mark, child in _children(element) if child is not None)
            self.blocks.append(_gathered(element, Tagged("contents", entries=entries)))
            return
        if kind in _PARAGRAPHS and not _holds_blocks(element, depth):
            kind = kind if kind in _HEADINGS else within if within in _HEADINGS else kind
            level = _HEADINGS.get(kind, 0)
            self.blocks.append(
                _gathered(element, Tagged("heading" if level else "paragraph", level))
            )
            return
        loose: Tagged | None = None
        for mark, child in _children(element):
            inline = child is not None and _type_of(child) not in _PARAGRAPHS | _GROUPS
            if child is not None and not inline:
                loose = None
                self.group(child, kind, depth + 1)
            elif child is not None or mark >= 0:
                if loose is None:
                    loose = Tagged("loose")
                    self.blocks.append(loose)
                if child is None:
                    loose.marks.append(mark)
                else:
                    _gathered(child, loose)

    def _row(self, element: object) -> None:
        row = Tagged("row")
        for _mark, child in _children(element):
            if child is not None:
                row.cells.append(len(row.marks))
                _gathered(child, row)
        self.blocks.append(row)


def _gathered(element: object, block: Tagged, depth: int = 0) -> Tagged:
    """Add all marks below ``element`` to ``block``, and whether others lie on other pages."""
    for mark, child in _children(element):
        if child is not None:
            if depth < _DEEPEST and _type_of(child) not in _LEFT_OUT:
                _gathered(child, block, depth + 1)
        elif mark >= 0:
            block.marks.append(mark)
            block.unended = False
        elif block.marks:
            block.unended = True
        else:
            block.begun = True
    return block


def _holds_blocks(element: object, depth: int) -> bool:
    """Whether there are paragraphs in it, beside or instead of text of its own."""
    if depth > _DEEPEST:
        return False
    return any(
        child is not None
        and (
            _type_of(child) in _PARAGRAPHS | _GROUPS - {"LBody"} or _holds_blocks(child, depth + 1)
        )
        for _mark, child in _children(element)
    )


def _children(element: object) -> Iterator[tuple[int, object | None]]:
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
        yield pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place), child or None


def _type_of(element: object) -> str:
    length = pdfium.FPDF_StructElement_GetType(element, None, 0)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDF_StructElement_GetType(element, name, length)
    return name.raw.decode("utf-16-le", errors="ignore").rstrip("\0")
