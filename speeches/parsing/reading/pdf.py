"""PDFs with a text layer: characters by place, lines in reading order, one paragraph a line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2
from pypdfium2 import PdfiumError

from speeches.parsing.documents import ParseWarning, Source
from speeches.parsing.errors import UnreadableFile

from .pdf_layout import in_reading_order
from .pdf_lines import Line, lines_of
from .pdf_paragraphs import paragraphs_of

MAX_PAGES = 300
_PAGE_NUMBER = re.compile(r"^[\s—–\-·•.]*(?:第\s*)?\d{1,4}(?:\s*[页版])?[\s—–\-·•.]*$")
_TURN = re.compile(r"^[（(](?:上接|下转)第?\s*\d{1,4}\s*版[）)]$")
"""What a newspaper prints where a text goes on; it stands wherever the text ends."""
_MARGIN = 0.13
"""Share of the page's height at its top and at its foot in which furniture stands."""
_REPEATED = 2


def read(data: bytes) -> Source:
    """Return the text of a PDF in reading order, each paragraph in one line.

    Raises UnreadableFile for a PDF that is damaged, encrypted, longer than MAX_PAGES, or made of
    pictures only.
    """
    pages = list(_pages(data))
    if not any(pages):
        raise UnreadableFile(
            "PDF 中没有文字，可能是扫描件：请先用文字识别（OCR）软件转换后再导入。"
        )
    furniture = _furniture(pages)
    kept = [[line for line in page if (line.page, line.text) not in furniture] for page in pages]
    texts = paragraphs_of([line for page in kept for line in in_reading_order(page)])
    return Source("\n".join(texts), "pdf", tuple(_warnings(furniture)))


def _pages(data: bytes) -> Iterator[list[Line]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("PDF 有打开密码：请去掉密码后再导入。") from error
        raise UnreadableFile("PDF 已损坏或不完整：请重新取得后再导入。") from error
    with document:
        if len(document) > MAX_PAGES:
            raise UnreadableFile(
                f"PDF 有{len(document)}页，超过{MAX_PAGES}页的上限：请拆分后再导入。"
            )
        for number in range(len(document)):
            try:
                page = document[number]
                yield lines_of(page, number)
                page.close()
            except PdfiumError as error:
                raise UnreadableFile(f"PDF 第{number + 1}页已损坏：请重新取得后再导入。") from error


def _furniture(pages: Sequence[Sequence[Line]]) -> set[tuple[int, str]]:
    """Page numbers, turns to other pages, and outermost lines that repeat at one height."""
    edges = [line for page in pages for line in page if _at_edge(line, page)]
    repeated = Counter(
        (text, height)
        for _page, text, height in {(line.page, line.text, round(line.bottom)) for line in edges}
    )
    turns = {(line.page, line.text) for page in pages for line in page if _TURN.match(line.text)}
    return turns | {
        (line.page, line.text)
        for line in edges
        if _PAGE_NUMBER.match(line.text) or repeated[line.text, round(line.bottom)] >= _REPEATED
    }


def _at_edge(line: Line, page: Sequence[Line]) -> bool:
    """Whether a line is the first or the last of its page, in the margin."""
    is_first = all(other.bottom < line.top for other in page)
    is_last = all(other.top > line.bottom for other in page)
    return (is_first and line.bottom > line.page_height * (1 - _MARGIN)) or (
        is_last and line.top < line.page_height * _MARGIN
    )


def _warnings(furniture: set[tuple[int, str]]) -> Iterator[ParseWarning]:
    texts = list(dict.fromkeys(text for _page, text in sorted(furniture)))
    if texts:
        shown = "、".join(f"“{text}”" for text in texts[:5])
        rest = f"等{len(texts)}种" if len(texts) > 5 else ""
        yield ParseWarning("page-furniture", f"页眉、页脚和页码没有读入：{shown}{rest}。")
