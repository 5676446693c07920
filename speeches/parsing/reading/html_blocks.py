"""The blocks of an HTML document as a browser shows them."""

import base64
import binascii
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from speeches.parsing.documents import BlockRole, SourcePicture

from .blocks import Block, StressedText
from .docx_formats import FORMATS
from .pictures import Album

_NOT_TEXT = {
    "head", "iframe", "noscript", "object", "rp", "rt", "script", "style", "svg", "template",
    "textarea", "title",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
}  # fmt: skip
_BOLD = {"b", "strong", "th"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_CENTRED = re.compile(r"(?i)text-align\s*:\s*center")
_WEIGHT = re.compile(r"(?i)font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r" *\n *")
_DATA = re.compile(r"(?i)^data:image/[\w.+-]+;base64,")
_LISTED = {
    "1": ("decimal", "."), "a": ("lowerLetter", "."), "A": ("upperLetter", "."),
    "i": ("lowerRoman", "."), "I": ("upperRoman", "."),
}  # fmt: skip
_CHINESE = re.compile(r"(?i)list-style(?:-type)?\s*:[^;]*(?:cjk-ideographic|chinese)")


@dataclass(frozen=True, slots=True)
class _Setting:
    """How what is inside an element is set."""

    level: int = 0
    bold: bool = False
    centred: bool = False
    kept: bool = False


@dataclass(slots=True)
class _Gathered(StressedText):
    """Text since the last block ended."""

    pictures: list[SourcePicture] = field(default_factory=list)


class Page:
    """Walks a document; what is in ``frame`` is passed by. Depth is bounded by the parser."""

    def __init__(self, frame: Container[_Element] = ()):
        self._frame = frame
        self._text = _Gathered()
        self._numbers: list[tuple[str, int]] = []
        self.album = Album()
        self.hidden = 0

    def blocks(self, root: _Element) -> Iterator[Block]:
        """Yield the blocks of a document."""
        yield from self._element(root, _Setting())
        yield from self._ended(_Setting())

    def _element(self, element: _Element, around: _Setting) -> Iterator[Block]:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in _NOT_TEXT or element in self._frame:
            return
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            self.hidden += any(str(text).strip() for text in element.itertext())
        elif tag == "br":
            self._text.add("\n", around.bold)
        elif tag == "img":
            self._picture(element)
        elif tag == "tr":
            yield from self._ended(around)
            yield from self._row(element, around)
        elif tag in _INLINE:
            yield from self._inside(element, _within(element, tag, around))
        else:
            yield from self._ended(around)
            setting = _within(element, tag, around)
            self._list(element, tag)
            yield from self._inside(element, setting)
            yield from self._ended(setting)
            if tag in {"ol", "ul"}:
                self._numbers.pop()

    def _inside(self, element: _Element, setting: _Setting) -> Iterator[Block]:
        self._add(element.text, setting)
        for child in element:
            yield from self._element(child, setting)
            self._add(child.tail, setting)

    def _add(self, text: str | None, setting: _Setting) -> None:
        if text:
            text = text if setting.kept else _SPACES.sub(" ", text)
            self._text.add(text.replace("\xa0", " ").replace("\xad", ""), setting.bold)

    def _list(self, element: _Element, tag: str) -> None:
        """Note a list that begins, or print the number of an item."""
        if tag in {"ol", "ul"}:
            form = element.get("type", "1") if tag == "ol" else ""
            if tag == "ol" and _CHINESE.search(element.get("style", "")):
                form = "一"
            start = element.get("start", "1")
            self._numbers.append((form, int(start) if start.isdigit() else 1))
        elif tag == "li" and self._numbers and self._numbers[-1][0]:
            form, count = self._numbers[-1]
            if element.get("value", "").isdigit():
                count = int(element.get("value", ""))
            self._numbers[-1] = (form, count + 1)
            kind, mark = (
                ("chineseCounting", "、") if form == "一" else _LISTED.get(form, _LISTED["1"])
            )
            self._text.add(FORMATS[kind](count) + mark, False)

    def _row(self, row: _Element, around: _Setting) -> Iterator[Block]:
        """A row of a table is a block, but for one that lays out paragraphs."""
        read = [(cell, [*self._element(cell, around), *self._ended(around)]) for cell in row]
        cells = [blocks for cell, blocks in read if _is_cell(cell) or blocks]
        if len(cells) == 1 or any(len(cell) > 1 for cell in cells):
            yield from (block for cell in cells for block in cell)
            return
        texts = (" ".join(block.text.split()) for cell in cells for block in cell or [Block("")])
        pictures = tuple(each for cell in cells for block in cell for each in block.pictures)
        text = "\t".join(texts)
        if text.strip() or pictures:
            yield Block(text, BlockRole.ROW, pictures=pictures)

    def _picture(self, element: _Element) -> None:
        """Keep a picture that is in the file itself."""
        source = element.get("src", "")
        content = None
        if _DATA.match(source):
            try:
                content = base64.b64decode(_DATA.sub("", source), validate=False)
            except (binascii.Error, ValueError):
                content = None
        picture = self.album.take(content, element.get("alt", ""))
        if picture is not None:
            self._text.pictures.append(picture)

    def _ended(self, setting: _Setting) -> Iterator[Block]:
        """Yield what was gathered as a block."""
        gathered, self._text = self._text, _Gathered()
        text = _BLANKS.sub("\n", gathered.whole)
        text = text.strip(" \n\t\r\f") if not setting.kept else text.strip("\n")
        lines = [line for line in text.split("\n") if line.strip()]
        if not lines and not gathered.pictures:
            return
        bold, lead = gathered.stress()
        yield Block(
            "\n".join(lines),
            BlockRole.HEADING if setting.level else BlockRole.PARAGRAPH,
            setting.level,
            bold,
            setting.centred,
            lead,
            pictures=tuple(gathered.pictures),
        )


def _is_cell(element: _Element) -> bool:
    return element.tag in {"td", "th"}


def _within(element: _Element, tag: str, around: _Setting) -> _Setting:
    style = element.get("style", "")
    weight = _WEIGHT.search(style)
    bold = around.bold or tag in _BOLD
    if weight:
        bold = weight[1].lower() not in {"normal", "lighter"} and weight[1] >= "5"
    centred = around.centred or tag == "center" or element.get("align", "").lower() == "center"
    if tag not in _INLINE and re.search(r"(?i)text-align", style):
        centred = _CENTRED.search(style) is not None
    return _Setting(
        level=_HEADINGS.get(tag, around.level),
        bold=bold,
        centred=centred,
        kept=around.kept or tag == "pre",
    )
