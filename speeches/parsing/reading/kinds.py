"""Which kind of file some bytes are; what cannot be read is refused by name."""

import io
import re
import zipfile
from enum import StrEnum

from speeches.parsing.errors import UnreadableFile


class Kind(StrEnum):
    """The kinds of file that can be read."""

    TEXT = "text"
    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    HTML = "html"


_HEAD = 2048
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_HTML = re.compile(
    rb"(?is)^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OFFICE_PARTS = {
    "word/": Kind.DOCX,
    "xl/": "这是 Excel 表格",
    "ppt/": "这是 PowerPoint 演示文稿",
}


def kind_of(data: bytes) -> Kind:
    """Tell the kind of a file by its bytes. Raises UnreadableFile for one that cannot be read."""
    head = data[:_HEAD]
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_OLE):
        return _kind_of_ole(data)
    if head.startswith(b"{\\rtf"):
        raise UnreadableFile("这是 RTF 文件：请用 Word 或 WPS 打开，另存为 .docx 后再导入。")
    if head.startswith(_PICTURES):
        raise UnreadableFile("这是图片：请先识别成文字，或导入原来的文档。")
    if head.startswith(_ARCHIVES):
        raise UnreadableFile("这是压缩包：请解压后导入其中的文件。")
    if re.match(rb"(?i)\s*mime-version:|\s*from: <saved by", head):
        raise UnreadableFile("这是单一文件网页（.mht）：请另存为“网页，仅 HTML”后再导入。")
    return Kind.HTML if _looks_like_html(head) else Kind.TEXT


def _looks_like_html(head: bytes) -> bool:
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return bool(_HTML.match(head) or _HTML.match(head.replace(b"\0", b"")))


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile("文件已损坏或不完整：请重新取得后再导入。") from error
    for start, kind in _OFFICE_PARTS.items():
        if any(name.startswith(start) for name in names):
            if isinstance(kind, Kind):
                return kind
            raise UnreadableFile(f"{kind}：请把发言的文字存成 Word 文档后再导入。")
    if "content.xml" in names:
        raise UnreadableFile("这是 OpenDocument 文件：请另存为 .docx 后再导入。")
    raise UnreadableFile("这是压缩包：请解压后导入其中的文件。")


def _kind_of_ole(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile("文件有打开密码：请在 Word 或 WPS 中去掉密码后再导入。")
    if "WordDocument".encode("utf-16-le") in data:
        return Kind.DOC
    raise UnreadableFile("这不是 Word 文档：请把发言的文字存成 .docx 后再导入。")
