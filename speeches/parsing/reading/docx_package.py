"""The parts of a Word document's zip, opened with limits: no bomb, no outside reference."""

import io
import zipfile
import zlib
from collections.abc import Callable

from lxml import etree
from lxml.etree import _Element

from speeches.parsing.errors import UnreadableFile

MAX_TOTAL = 200 * 1024 * 1024
"""Bytes that all parts may have unpacked."""
MAX_XML = 50 * 1024 * 1024
"""Bytes that one part of XML may have unpacked."""
MAX_PARTS = 5000
_DAMAGED = "Word 文档已损坏或不完整：请用 Word 或 WPS 打开另存一次后再导入。"
_BOMB = "Word 文档解开后过大，可能是恶意文件：请核实来源，或另存为文本后再导入。"
_OUTSIDE = "Word 文档含有不允许的外部定义（DTD），可能是恶意文件：请核实来源。"


def open_package(data: bytes) -> Callable[[str], _Element | None]:
    """Return a function that gives the root of a part by name, None where there is no such part.

    Raises UnreadableFile for a damaged or encrypted file, for one that unpacks beyond the limits,
    and (from the function too) for XML with a document type.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(_DAMAGED) from error
    parts = {info.filename: info for info in archive.infolist()}
    if len(parts) > MAX_PARTS or sum(info.file_size for info in parts.values()) > MAX_TOTAL:
        raise UnreadableFile(_BOMB)

    def part(name: str) -> _Element | None:
        info = parts.get(name)
        return None if info is None else _parse(_unpack(archive, info))

    return part


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise UnreadableFile("Word 文档有密码：请去掉密码后再导入。")
    if info.file_size > MAX_XML:
        raise UnreadableFile(_BOMB)
    try:
        with archive.open(info) as file:
            content = file.read(MAX_XML + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableFile(_DAMAGED) from error
    if len(content) > MAX_XML:
        raise UnreadableFile(_BOMB)
    return content


def _parse(content: bytes) -> _Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(_DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(_OUTSIDE)
    return root
