"""From the bytes of an uploaded file to source text, whatever kind of file it is.

The kind is told by the bytes, never by the name. Everything but plain text is read in a child
process with limits (``sandbox``), for a document may be made to harm who opens it.
"""

from speeches.parsing.documents import Source
from speeches.parsing.errors import UnreadableFile

from .kinds import Kind, kind_of
from .sandbox import read_apart
from .text import MAX_BYTES, read_text

__all__ = ["MAX_BYTES", "MAX_DOCUMENT_BYTES", "read_file", "read_text"]

MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
"""Documents above this size, pictures included, are refused before anything is read."""


def read_file(data: bytes, *, encoding: str | None = None) -> Source:
    """Return the text of a text file, Word document (docx, doc), PDF or saved web page.

    ``encoding`` names that of a plain text where it cannot be told (Big5). Raises UnreadableFile,
    in words for staff, for a file that is too large, damaged, encrypted, of another kind, or
    without text.
    """
    kind = kind_of(data)
    if kind is Kind.TEXT:
        return Source(read_text(data, encoding=encoding), kind)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise UnreadableFile(
            f"文件过大：{len(data) / 1024**2:.1f} MB，"
            f"超过 {MAX_DOCUMENT_BYTES // 1024**2} MB 的上限。"
        )
    source = read_apart(data, kind)
    if not source.text.strip():
        raise UnreadableFile("文件中没有文字：可能只有图片，请先识别成文字再导入。")
    return source
