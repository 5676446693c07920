"""The text layer of a PDF: by its tags where it has any, else by what the pages show."""

from collections.abc import Iterator, Sequence

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2 import raw as pdfium

from speeches.parsing.documents import ParseWarning, Source
from speeches.parsing.errors import UnreadableFile
from speeches.parsing.typography import squeeze

from .blocks import to_source
from .pdf_furniture import part_furniture, warnings_of
from .pdf_layout import in_reading_order
from .pdf_lines import lines_of, rules_of
from .pdf_paragraphs import paragraphs_of
from .pdf_structure import Page, by_tags, contents_of, outside_tags
from .pdf_tags import blocks_of

_NO_TEXT = "PDF 中没有文字，可能是扫描件：请先用文字识别（OCR）软件转换后再导入。"
_MOST_TITLES = 5000


def text_of(document: PdfDocument) -> Source:
    """Return the text of a PDF in reading order, each paragraph in one line.

    Raises UnreadableFile for a PDF that is damaged, or made of pictures only.
    """
    tagged = bool(pdfium.FPDFCatalog_IsTagged(document))
    pages = list(_pages(document, tagged=tagged))
    if not any(page.lines for page in pages):
        raise UnreadableFile(_NO_TEXT)
    blocks = by_tags(pages, _titles(document)) if tagged else None
    if blocks is not None:
        warnings = (*warnings_of(outside_tags(pages)), *_warn_of_contents(pages))
        return to_source(blocks, "pdf", warnings)
    if tagged:
        pages = list(_pages(document, tagged=False))
    kept, furniture = part_furniture([page.lines for page in pages])
    lines = [
        line
        for page, own in zip(pages, kept, strict=True)
        for line in in_reading_order(own, page.rules)
    ]
    return to_source(paragraphs_of(lines), "pdf", tuple(warnings_of(furniture)))


def _pages(document: PdfDocument, *, tagged: bool) -> Iterator[Page]:
    for number in range(len(document)):
        try:
            page = document[number]
            tags = blocks_of(page) if tagged else ()
            yield Page(lines_of(page, number, marked=tagged), rules_of(page), tags)
            page.close()
        except PdfiumError as error:
            raise UnreadableFile(f"PDF 第{number + 1}页已损坏：请重新取得后再导入。") from error


def _titles(document: PdfDocument) -> dict[str, str]:
    """The titles of the outline by their text without blanks."""
    titles: dict[str, str] = {}
    for bookmark in document.get_toc(max_depth=6):
        if len(titles) >= _MOST_TITLES:
            break
        title = bookmark.get_title().strip()
        titles[squeeze(title)] = title
    return titles


def _warn_of_contents(pages: Sequence[Page]) -> Iterator[ParseWarning]:
    count = contents_of(pages)
    if count:
        yield ParseWarning("contents-left-out", f"文件的目录（{count}行）没有读入。")
