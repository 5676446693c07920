"""PDFs, opened with care: what is damaged, locked or made to harm is refused before it is read."""

from importlib import import_module

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError

from speeches.parsing.documents import Source
from speeches.parsing.errors import UnreadableFile

from .pdf_streams import blows_up

MAX_PAGES = 300
_BOMB = "PDF 解开后过大，可能是恶意文件：请核实来源，或另存为文本后再导入。"


def read(data: bytes) -> Source:
    """Return the text of a PDF; what reads its pages is loaded only for one that opens.

    Raises UnreadableFile for a PDF that is damaged, encrypted, longer than MAX_PAGES, or made of
    pictures only.
    """
    with _opened(data) as document:
        source: Source = import_module(".pdf_text", __package__).text_of(document)
        return source


def _opened(data: bytes) -> PdfDocument:
    if blows_up(data):
        raise UnreadableFile(_BOMB)
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("PDF 有打开密码：请去掉密码后再导入。") from error
        raise UnreadableFile("PDF 已损坏或不完整：请重新取得后再导入。") from error
    if count == 0:
        raise UnreadableFile("PDF 一页也没有，可能已损坏：请重新取得后再导入。")
    if count > MAX_PAGES:
        raise UnreadableFile(f"PDF 有{count}页，超过{MAX_PAGES}页的上限：请拆分后再导入。")
    return document
