"""Word documents (docx): paragraphs as lines, tables by rows, list numbers as printed."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element

from speeches.parsing.documents import ParseWarning, Source
from speeches.parsing.errors import UnreadableFile

from .docx_numbering import Numbering, W
from .docx_package import open_package

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOT_SHOWN = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr"}
_PRINTED = {f"{W}tab": "　", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_TOLD = {
    f"{W}sym": "symbols-left-out",
    f"{W}footnoteReference": "notes-left-out",
    f"{W}endnoteReference": "notes-left-out",
    f"{W}ins": "changes-accepted",
    f"{W}del": "changes-accepted",
    f"{W}moveFrom": "changes-accepted",
}
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
_SHAPING_BREAK = re.compile(r"(?<=[^）)\n])\n(?=[^（(—\n])")
"""A break that gives a title its shape; a line in brackets or after a dash stands by itself."""
_CONTENTS = "Table of Contents"
_MESSAGES = {
    "pictures-left-out": "文件中的{}幅图片没有读入。",
    "changes-accepted": "文件有{}处修订：已按接受修订后的文字读入，请核对。",
    "notes-left-out": "文件中的{}条脚注或尾注没有读入。",
    "contents-left-out": "文件的目录（{}行）没有读入。",
    "symbols-left-out": "文件中的{}个特殊符号没有对应的文字，没有读入。",
}


def read(data: bytes) -> Source:
    """Return the text of a Word document as its author sees it with all changes accepted.

    A line is a paragraph or ends at a typed line break; a table's row is a line with cells parted
    by tabs, unless a cell holds several paragraphs. Headers, footers and the table of contents are
    left out. Raises UnreadableFile for a file that is damaged, encrypted or too large.
    """
    part = open_package(data)
    document = part("word/document.xml")
    if document is None:
        raise UnreadableFile("文件已损坏：其中没有 Word 文档的正文。")
    body = document.find(f"{W}body")
    styles = part("word/styles.xml")
    flow = _Flow(Numbering.read(part("word/numbering.xml"), styles), _centred(styles))
    lines = [] if body is None else list(flow.lines(body))
    return Source("\n".join(lines), "docx", tuple(flow.warnings()))


class _Flow:
    """Walks a document once, counting what is not text on the way."""

    def __init__(self, numbering: Numbering, centred: set[str]):
        self._numbering = numbering
        self._centred = centred
        self._seen: Counter[str] = Counter()

    def warnings(self) -> Iterator[ParseWarning]:
        """Tell what the document holds besides its text."""
        for code, message in _MESSAGES.items():
            if self._seen[code]:
                yield ParseWarning(code, message.format(self._seen[code]))

    def lines(self, container: _Element) -> Iterator[str]:
        """Yield the lines of a body, a cell or a text box."""
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag == f"{W}sdt":
                yield from self._control(element)
            elif element.tag in {f"{W}ins", f"{W}customXml", f"{W}smartTag"}:
                yield from self.lines(element)

    def _control(self, element: _Element) -> Iterator[str]:
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val") == _CONTENTS:
            self._seen["contents-left-out"] += len(content.findall(f"{W}p"))
            return
        yield from self.lines(content)

    def _paragraph(self, element: _Element) -> Iterator[str]:
        properties = element.find(f"{W}pPr")
        if _is_of_contents(properties):
            self._seen["contents-left-out"] += 1
            return
        boxes: list[str] = []
        number = self._numbering.before(properties)
        text = "".join(self._texts(element, boxes))
        if self._is_centred(properties):
            text = _SHAPING_BREAK.sub("", text)
        yield from (number + text if text.strip() else text).split("\n")
        yield from boxes

    def _is_centred(self, properties: _Element | None) -> bool:
        """Whether a paragraph is centred: line breaks in a title only give it its shape."""
        if properties is None:
            return False
        own = properties.find(f"{W}jc")
        if own is not None:
            return bool(own.get(f"{W}val") == "center")
        style = properties.find(f"{W}pStyle")
        return style is not None and style.get(f"{W}val") in self._centred

    def _texts(self, element: _Element, boxes: list[str]) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == f"{W}t":
                yield (child.text or "").replace("\n", " ")
            elif tag == f"{W}br":
                yield "" if child.get(f"{W}type") else "\n"
            elif tag in _PRINTED:
                yield _PRINTED[tag]
            elif tag == f"{_MC}AlternateContent":
                chosen = child.find(f"{_MC}Choice")
                yield from self._texts(child if chosen is None else chosen, boxes)
            elif tag in _PICTURES:
                self._look_into(child, boxes)
            else:
                if tag in _TOLD:
                    self._seen[_TOLD[tag]] += 1
                if tag not in _NOT_SHOWN:
                    yield from self._texts(child, boxes)

    def _look_into(self, drawing: _Element, boxes: list[str]) -> None:
        """Read the text boxes of a drawing; one without any is a picture."""
        contents = list(drawing.iter(f"{W}txbxContent"))
        if not contents:
            self._seen["pictures-left-out"] += 1
        for content in contents:
            boxes.extend(self.lines(content))

    def _table(self, table: _Element) -> Iterator[str]:
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            cells = [list(self.lines(cell)) for cell in row.iter(f"{W}tc") if _row_of(cell) is row]
            if len(cells) == 1 or any(len(_filled(cell)) > 1 for cell in cells):
                yield from (line for cell in cells for line in cell)
            else:
                yield "\t".join("".join(_filled(cell)) for cell in cells)


def _row_of(cell: _Element) -> _Element:
    return next(cell.iterancestors(f"{W}tr"))


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _is_of_contents(properties: _Element | None) -> bool:
    style = None if properties is None else properties.find(f"{W}pStyle")
    name = "" if style is None else style.get(f"{W}val", "").upper()
    return name.startswith("TOC") and name.removeprefix("TOC").isdigit()


def _centred(styles: _Element | None) -> set[str]:
    """The identifiers of paragraph styles that are centred, by themselves or by their parents."""
    if styles is None:
        return set()
    parents: dict[str, str] = {}
    centred: dict[str, bool] = {}
    for style in styles.findall(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        alignment, parent = style.find(f"{W}pPr/{W}jc"), style.find(f"{W}basedOn")
        if alignment is not None:
            centred[name] = alignment.get(f"{W}val") == "center"
        elif parent is not None:
            parents[name] = parent.get(f"{W}val", "")
    return {name for name in (*centred, *parents) if _inherited(name, parents, centred)}


def _inherited(name: str, parents: dict[str, str], centred: dict[str, bool]) -> bool:
    for _step in range(len(parents) + 1):
        if name in centred:
            return centred[name]
        name = parents.get(name, "")
    return False
