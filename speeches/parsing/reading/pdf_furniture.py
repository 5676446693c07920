"""What a page prints around its text: page numbers, running heads, the newspaper's masthead."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from speeches.parsing.documents import ParseWarning

from .pdf_lines import Line
from .pdf_paragraphs import size_of_text

_PAGE_NUMBER = re.compile(r"^[\s—–\-·•.]*(?:第\s*)?\d{1,4}(?:\s*[页版])?[\s—–\-·•.]*$")
_TURN = re.compile(r"^[（(](?:上接|下转)第?\s*\d{1,4}\s*版[）)]$")
"""What a newspaper prints where a text goes on elsewhere; it stands wherever the text ends."""
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.13
"""Share of the page's height at its top and at its foot in which furniture stands."""
_REPEATED = 2
_OTHER_SIZE = 0.08
_DISTANT = 1.5
"""Character sizes between furniture and the text."""
_SHOWN = 5


def part_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[Line]]:
    """Return the pages without their furniture, and the furniture.

    Furniture are page numbers in the margin, turns to other pages, and outermost rows that stand at
    one height on several pages with the same text, numbers aside, and are set apart from the text
    by size or distance.
    """
    size = size_of_text([line for page in pages for line in page])
    edges = [line for page in pages for line in _edges(page)]
    repeated = Counter(
        (text, height) for _page, text, height in {(line.page, *_likeness(line)) for line in edges}
    )
    furniture = [
        line
        for line in edges
        if _PAGE_NUMBER.match(line.text)
        or (repeated[_likeness(line)] >= _REPEATED and _is_set_apart(line, pages[line.page], size))
    ]
    furniture += [line for page in pages for line in page if _TURN.match(line.text)]
    known = {id(line) for line in furniture}
    return [[line for line in page if id(line) not in known] for page in pages], furniture


def _likeness(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.bottom)


def _is_set_apart(line: Line, page: Sequence[Line], size_of_text: float) -> bool:
    """Whether a line is no line of the text that happens to stand on several pages."""
    if abs(line.size - size_of_text) > _OTHER_SIZE * size_of_text:
        return True
    nearest = min(
        (
            max(line.bottom - other.top, other.bottom - line.top)
            for other in page
            if abs(other.middle - line.middle) > 0.5 * line.size
        ),
        default=line.page_height,
    )
    return nearest > _DISTANT * line.size


def _edges(page: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of the outermost rows of a page that stand in its margins."""
    for line in page:
        is_first = all(other.bottom < line.top for other in page)
        is_last = all(other.top > line.bottom for other in page)
        if (is_first and line.bottom > line.page_height * (1 - _MARGIN)) or (
            is_last and line.top < line.page_height * _MARGIN
        ):
            yield line


def warnings_of(furniture: Iterable[Line]) -> Iterator[ParseWarning]:
    """Tell what was not read."""
    ordered = sorted(furniture, key=lambda line: (line.page, -line.top, line.left))
    texts = list(dict.fromkeys(line.text for line in ordered))
    if texts:
        shown = "、".join(f"“{text}”" for text in texts[:_SHOWN])
        rest = f"等{len(texts)}种" if len(texts) > _SHOWN else ""
        yield ParseWarning("page-furniture", f"页眉、页脚和页码没有读入：{shown}{rest}。")
