"""Word documents (docx): paragraphs as blocks, tables by rows, list numbers as printed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.etree import _Element

from speeches.parsing.documents import BlockRole, ParseWarning, Source, SourcePicture
from speeches.parsing.errors import UnreadableFile

from .blocks import Block, to_source
from .docx_numbering import Numbering
from .docx_package import DOCUMENT, Package
from .docx_runs import Runs, Text, only_text
from .docx_styles import Style, Styles, W, outline_level, value
from .pictures import KEPT, MAX_PICTURE, Album

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VECTOR = "{urn:schemas-microsoft-com:vml}imagedata"
_DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARAGRAPH, _PROPERTIES, _STYLE, _VALUE = f"{W}p", f"{W}pPr", f"{W}pStyle", f"{W}val"
_WRAPPERS = {f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}
_SHAPING_BREAK = re.compile(r"(?<=[^）)\n])\n(?=[^（(—\n])")
"""A break that gives a title its shape; a line in brackets or after a dash stands by itself."""
_CONTENTS = "Table of Contents"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHOWN = 5
_LONGEST_SHOWN = 40
_MESSAGES = {
    "pictures": ("pictures-left-out", "文件中的{}幅图片没有读入。"),
    "kept": ("pictures-kept", KEPT),
    "changes": ("changes-accepted", "文件有{}处修订：已按接受修订后的文字读入，请核对。"),
    "comments": ("comments-left-out", "文件中的{}条批注没有读入。"),
    "hidden": ("hidden-left-out", "文件中有{}处隐藏文字没有读入。"),
    "contents": ("contents-left-out", "文件的目录（{}行）没有读入。"),
    "symbols": ("symbols-left-out", "文件中的{}个特殊符号没有对应的文字，没有读入。"),
}


def read(data: bytes) -> Source:
    """Return the text of a Word document as its author sees it with all changes accepted.

    A line is a paragraph or ends at a typed line break; a table's row is a line with cells parted
    by tabs, unless a cell holds several paragraphs. Headers, footers, notes and the table of
    contents are left out and told. Raises UnreadableFile for a file that is damaged, encrypted or
    too large.
    """
    package = Package(data)
    document = package.root(DOCUMENT)
    if document is None:
        raise UnreadableFile("文件已损坏：其中没有 Word 文档的正文。")
    body = document.find(f"{W}body")
    flow = _Flow(package)
    source = to_source(() if body is None else flow.blocks(body), "docx")
    return replace(source, warnings=tuple(flow.warnings()))


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a paragraph is set by its own properties and its style.

    ``joins_next`` tells that its end was deleted, ``of_contents`` that it is an entry of a table of
    contents.
    """

    level: int
    centred: bool
    bold: bool
    size: float
    numbered: bool
    of_contents: bool
    joins_next: bool


_Look = tuple[BlockRole, int, bool, bool, int, float]
"""What a block has besides its text, in the order of its fields; none of it is led by bold."""


class _Flow:
    """Walks a document once, counting what is not text on the way."""

    def __init__(self, package: Package):
        self._package = package
        styles = package.root("word/styles.xml")
        self._styles = Styles.read(styles)
        self._numbering = Numbering.read(package.root("word/numbering.xml"), self._styles)
        self._targets = package.targets(DOCUMENT)
        self._seen: Counter[str] = Counter()
        self._album = Album()
        self._runs = Runs(self._seen, self._picture, Styles.read(styles, "character"))
        self._settings: dict[tuple[tuple[str, str | None], ...] | str | None, _Setting] = {}
        self._looks: dict[str | None, _Look] = {}
        self._boxes: list[_Element] = []
        self._carried: list[Text] = []

    def warnings(self) -> Iterator[ParseWarning]:
        """Tell what the document holds besides its text."""
        self._seen["pictures"], self._seen["kept"] = self._album.left_out, self._album.kept
        for name, (code, message) in _MESSAGES.items():
            if self._seen[name]:
                yield ParseWarning(code, message.format(self._seen[name]))
        if self._seen["notes"]:
            notes = [*self._texts("word/footnotes"), *self._texts("word/endnotes")]
            count = self._seen["notes"]
            yield ParseWarning(
                "notes-left-out", f"文件中的{count}条脚注或尾注没有读入{_quoted(notes)}。"
            )
        running = [
            text
            for text in (*self._texts("word/header"), *self._texts("word/footer"))
            if _HAN.search(text)
        ]
        if running:
            yield ParseWarning("page-furniture", f"页眉、页脚没有读入{_quoted(running)}。")

    def _texts(self, start: str) -> list[str]:
        """The paragraphs of parts beside the document, once each."""
        texts = {}
        for name in self._package.names(start):
            root = self._package.root(name)
            for paragraph in () if root is None else root.iter(f"{W}p"):
                text = Runs(Counter(), lambda _drawing: None).text_of(list(paragraph), False).whole
                texts[" ".join(text.split())] = True
        return [text for text in texts if text]

    def blocks(self, container: _Element) -> Iterator[Block]:
        """Yield the blocks of a body, a cell or a text box."""
        for element in container:
            tag = element.tag
            if tag == _PARAGRAPH:
                children = list(element)
                block = self._simple(children) or self._paragraph(children)
                if block is not None:
                    yield block
                while self._boxes:
                    yield from self.blocks(self._boxes.pop(0))
            elif tag == f"{W}tbl":
                yield from self._table(element)
            elif tag == f"{W}sdt":
                yield from self._control(element)
            elif tag in _WRAPPERS:
                yield from self.blocks(element)

    def _control(self, element: _Element) -> Iterator[Block]:
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and value(gallery) == _CONTENTS:
            self._seen["contents"] += len(content.findall(f"{W}p"))
            return
        yield from self.blocks(content)

    def _simple(self, children: Sequence[_Element]) -> Block | None:
        """Return the block of a paragraph of a style and one run of text, as most are.

        Says what ``_paragraph`` says of it in half of the time; None of any other paragraph.
        """
        if len(children) != 2 or self._runs.fields.instructions or self._carried:
            return None
        properties, run = children
        if len(properties) != 1 or (style := properties[0]).tag != _STYLE:
            return None
        look = self._looks.get(style.get(_VALUE))
        text = only_text(run) if look else None
        return Block(text, *look) if look and text else None

    def _paragraph(self, children: list[_Element]) -> Block | None:
        properties = children.pop(0) if children and children[0].tag == _PROPERTIES else None
        setting = self._setting(properties)
        fields = self._runs.fields
        within = bool(fields.instructions) and fields.in_contents
        text = self._runs.text_of(children, setting.bold)
        if setting.of_contents or within or (fields.instructions and fields.in_contents):
            self._seen["contents"] += 1
            return None
        if text.boxes:
            self._boxes += text.boxes
        if setting.joins_next:
            self._carried.append(text)
            return None
        block = _block(text, setting)
        if setting.numbered and block.text.strip():
            block.put_before(self._numbering.before(properties))
        while self._carried:
            carried = self._carried.pop()
            block.put_before(carried.whole, carried.stressed)
        return block

    def _setting(self, properties: _Element | None) -> _Setting:
        """What the properties of a paragraph say; those without parts of their own are kept."""
        key: tuple[tuple[str, str | None], ...] | str | None = None
        parts = () if properties is None else list(properties)
        if len(parts) == 1 and (only := parts[0]).tag == _STYLE:
            key = only.get(_VALUE)
        elif parts:
            for each in parts:
                if len(each):
                    return self._read_setting(properties)
            key = tuple([(each.tag, each.get(_VALUE)) for each in parts])
        known = self._settings.get(key)
        if known is None:
            known = self._settings[key] = self._read_setting(properties)
            if isinstance(key, str) and not (known.numbered or known.of_contents):
                self._looks[key] = _look(known)
        return known

    def _read_setting(self, properties: _Element | None) -> _Setting:
        style = self._styles.of(properties)
        level, centred, numbered, joins = style.level or 0, bool(style.centred), False, False
        if properties is not None:
            own = outline_level(properties.find(f"{W}outlineLvl"))
            level = level if own is None else own
            alignment = properties.find(f"{W}jc")
            centred = centred if alignment is None else value(alignment) == "center"
            numbered = properties.find(f"{W}numPr") is not None
            joins = properties.find(f"{W}rPr/{W}del") is not None
        return _Setting(
            level,
            centred,
            bool(style.bold),
            style.size or 0.0,
            numbered or style.numbering is not None,
            _is_of_contents(properties, style),
            joins,
        )

    def _picture(self, drawing: _Element) -> SourcePicture | None:
        """Return the picture of a drawing; one that shows none (a line, a shape) is counted."""
        drawn = next(drawing.iter(_DRAWN, _VECTOR), None)
        name = ""
        if drawn is not None:
            name = drawn.get(f"{_RELATIONS}embed") or drawn.get(f"{_RELATIONS}id") or ""
        described = next(drawing.iter(_DESCRIBED), None)
        description = "" if described is None else described.get("descr", "")
        content = self._package.content(self._targets.get(name, ""), MAX_PICTURE)
        return self._album.take(content, description)

    def _table(self, table: _Element) -> Iterator[Block]:
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            if row.find(f"{W}trPr/{W}del") is not None:
                self._seen["changes"] += 1
                continue
            cells = [list(self.blocks(cell)) for cell in row.iter(f"{W}tc") if _row_of(cell) is row]
            if len(cells) == 1 or any(len(_filled(cell)) > 1 for cell in cells):
                yield from (block for cell in cells for block in cell)
            else:
                texts = ("".join(block.text for block in _filled(cell)) for cell in cells)
                pictures = tuple(each for cell in cells for at in cell for each in at.pictures)
                yield Block("\t".join(texts), BlockRole.ROW, pictures=pictures)


def _look(setting: _Setting) -> _Look:
    role = BlockRole.HEADING if setting.level else BlockRole.PARAGRAPH
    return role, setting.level, setting.bold, setting.centred, 0, setting.size


def _block(text: Text, setting: _Setting) -> Block:
    whole = text.whole
    is_shaped = setting.centred and "\n" in whole
    return Block(
        _SHAPING_BREAK.sub("", whole) if is_shaped else whole,
        BlockRole.HEADING if setting.level else BlockRole.PARAGRAPH,
        setting.level,
        text.bold,
        setting.centred,
        text.lead,
        int(text.size) / 2 if text.size.isdigit() else setting.size,
        text.pictures,
        () if is_shaped else text.stressed,
    )


def _row_of(cell: _Element) -> _Element:
    return next(cell.iterancestors(f"{W}tr"))


def _filled(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.text.strip()]


def _is_of_contents(properties: _Element | None, style: Style) -> bool:
    named = None if properties is None else properties.find(f"{W}pStyle")
    return any(
        name.startswith("TOC") and name.removeprefix("TOC").strip().isdigit()
        for name in (value(named).upper(), style.name.upper())
    )


def _quoted(texts: list[str]) -> str:
    """Return some of the texts to be named after a statement."""
    shown = "、".join(f"“{text[:_LONGEST_SHOWN]}”" for text in texts[:_SHOWN])
    rest = "等" if len(texts) > _SHOWN else ""
    return f"：{shown}{rest}" if shown else ""
