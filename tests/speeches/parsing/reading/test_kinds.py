import io
import zipfile

import pytest

from speeches.parsing import UnreadableFile, read_file
from speeches.parsing.reading.kinds import Kind, kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names):
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return stored.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("会议发言".encode(), Kind.TEXT),
        ("会议发言".encode("gb18030"), Kind.TEXT),
        (archive("word/document.xml"), Kind.DOCX),
        (b"%PDF-1.7", Kind.PDF),
        (OLE + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (b"\n<!-- saved --><!DOCTYPE html><p>x", Kind.HTML),
        ("\ufeff<html>".encode("utf-16-le"), Kind.HTML),
    ],
    ids=["utf-8", "gb18030", "docx", "pdf", "doc", "html", "utf-16 html"],
)
def test_the_bytes_tell_the_kind(data, kind):
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (archive("xl/workbook.xml"), "Excel"),
        (archive("ppt/presentation.xml"), "PowerPoint"),
        (archive("content.xml"), "OpenDocument"),
        (archive("发言.txt"), "压缩包"),
        (archive("word/document.xml")[:40], "损坏"),
        (b"Rar!\x1a", "压缩包"),
        (b"\x89PNG\r\n", "图片"),
        (b"{\\rtf1", "RTF"),
        (b"MIME-Version: 1.0\r\n", "单一文件网页"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE + "Workbook".encode("utf-16-le"), "不是 Word 文档"),
    ],
    ids=["xlsx", "pptx", "odt", "zip", "cut", "rar", "png", "rtf", "mht", "locked", "xls"],
)
def test_what_cannot_be_read_is_named(data, said):
    with pytest.raises(UnreadableFile, match=said):
        read_file(data)
