"""The parts of a Word document's zip, opened with limits: no bomb, no outside reference."""

import io
import posixpath
import zipfile
import zlib

from lxml import etree
from lxml.etree import _Element

from speeches.parsing.errors import UnreadableFile

MAX_TOTAL = 200 * 1024 * 1024
"""Bytes that all parts may have unpacked."""
MAX_XML = 50 * 1024 * 1024
"""Bytes that one part of XML may have unpacked."""
MAX_RATIO = 200
"""Times its packed size that a large part of XML may have; a document has 10 to 30."""
MAX_PARTS = 5000
DOCUMENT = "word/document.xml"
_LARGE = 5 * 1024 * 1024
_HEAD = 8192
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
"""The names of ISO/IEC 29500 Strict, and those of the Transitional form that all others write."""
_DAMAGED = "Word 文档已损坏或不完整：请用 Word 或 WPS 打开另存一次后再导入。"
_BOMB = "Word 文档解开后过大，可能是恶意文件：请核实来源，或另存为文本后再导入。"
_OUTSIDE = "Word 文档含有不允许的外部定义（DTD），可能是恶意文件：请核实来源。"


class Package:
    """The parts of a document by name.

    Raises UnreadableFile for a damaged or encrypted file, for one that unpacks beyond the limits,
    and (from the methods too) for XML with a document type.
    """

    def __init__(self, data: bytes):
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnreadableFile(_DAMAGED) from error
        self._parts = {info.filename: info for info in self._archive.infolist()}
        total = sum(info.file_size for info in self._parts.values())
        if len(self._parts) > MAX_PARTS or total > MAX_TOTAL:
            raise UnreadableFile(_BOMB)

    def root(self, name: str) -> _Element | None:
        """Return the root element of a part of XML, None where there is no such part."""
        info = self._parts.get(name)
        if info is None:
            return None
        blown_up = info.file_size > max(_LARGE, MAX_RATIO * info.compress_size)
        if info.file_size > MAX_XML or blown_up:
            raise UnreadableFile(_BOMB)
        return _parse(self._unpacked(info, MAX_XML))

    def content(self, name: str, most: int) -> bytes | None:
        """Return the bytes of a part, None where there is none or it has more than ``most``."""
        info = self._parts.get(name)
        if info is None or info.file_size > most:
            return None
        return self._unpacked(info, most)

    def names(self, start: str) -> list[str]:
        """Return the parts whose names begin so."""
        return sorted(name for name in self._parts if name.startswith(start))

    def targets(self, name: str) -> dict[str, str]:
        """Return what a part refers to inside the document: names of parts by identifiers."""
        folder, file = posixpath.split(name)
        root = self.root(f"{folder}/_rels/{file}.rels")
        return {
            each.get("Id", ""): posixpath.normpath(
                posixpath.join("/", folder, each.get("Target", ""))
            ).removeprefix("/")
            for each in (() if root is None else root)
            if each.get("TargetMode") != "External"
        }

    def _unpacked(self, info: zipfile.ZipInfo, most: int) -> bytes:
        if info.flag_bits & 1:
            raise UnreadableFile("Word 文档有密码：请去掉密码后再导入。")
        try:
            with self._archive.open(info) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise UnreadableFile(_DAMAGED) from error
        if len(content) > most:
            raise UnreadableFile(_BOMB)
        return content


def _parse(content: bytes) -> _Element:
    head = content[:_HEAD]
    for strict, transitional in _STRICT:
        if strict in head:
            content = content.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_pis=True,
        remove_comments=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(_DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(_OUTSIDE)
    return root
