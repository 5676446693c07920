"""Reading stored rich text back as blocks, for every target that is not HTML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lxml import html as lxml_html
from lxml.etree import _Element

from speeches.richtext import ALIGNMENTS


class BlockKind(StrEnum):
    """What a block of rich text is to a reader."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One block of rich text, ready for any target format.

    ``level`` is the heading level (2 to 4) or the nesting of a list item (from 1); ``marker`` the
    printed marker of a list item (``1.`` or ``•``). ``rows`` holds a table's cells as text,
    ``src`` and ``runs`` a picture's address and caption. ``anchor`` is the stable paragraph id.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 0
    marker: str = ""
    align: str = ""
    anchor: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    src: str = ""

    @property
    def text(self) -> str:
        """The block's words without their look."""
        return "".join(run.text for run in self.runs)


def blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of stored rich text in reading order; empty ones are left out."""
    if not html.strip():
        return ()
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    return tuple(_blocks_in(root))


def plain_paragraphs(html: str) -> tuple[str, ...]:
    """Return the text of each block of ``html``; a table gives one text a row."""
    texts: list[str] = []
    for block in blocks(html):
        if block.kind is BlockKind.TABLE:
            texts += ["　".join(row) for row in block.rows]
        elif block.text:
            texts.append(block.text)
    return tuple(texts)


def plain_text(html: str) -> str:
    """Return the words of ``html``, a line a block."""
    return "\n".join(plain_paragraphs(html))


_LOOKS = {
    "strong": "bold",
    "em": "italic",
    "sup": "superscript",
    "sub": "subscript",
    "u": "underline",
}


def _runs_in(element: _Element, **look: bool) -> Iterator[Run]:
    if element.text:
        yield Run(element.text, **look)
    for child in element:
        if child.tag == "br":
            yield Run("\n", **look)
        elif child.tag not in {"ul", "ol", "table"}:
            extra = {_LOOKS[child.tag]: True} if child.tag in _LOOKS else {}
            yield from _runs_in(child, **{**look, **extra})
        if child.tail:
            yield Run(child.tail, **look)


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in runs:
        text = re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v]*", "\n", run.text)
        if merged and _same_look(merged[-1], run):
            merged[-1] = replace(run, text=merged[-1].text + text)
        else:
            merged.append(replace(run, text=text))
    if merged:
        merged[0] = replace(merged[0], text=merged[0].text.lstrip())
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip())
    return tuple(run for run in merged if run.text)


def _same_look(one: Run, other: Run) -> bool:
    return replace(one, text="") == replace(other, text="")


def _align(element: _Element) -> str:
    classes = (element.get("class") or "").split()
    return next((name.removeprefix("text-") for name in classes if name in ALIGNMENTS), "")


def _text_block(element: _Element, kind: BlockKind, **extra: Any) -> Iterator[Block]:
    runs = _trimmed(_runs_in(element))
    if runs:
        anchor = element.get("id") or ""
        yield Block(kind, runs, align=_align(element), anchor=anchor, **extra)
    for image in element.iter("img"):
        yield _image_block(image)


def _image_block(image: _Element, caption: str = "") -> Block:
    text = caption or image.get("alt") or ""
    runs = (Run(text),) if text else ()
    return Block(BlockKind.IMAGE, runs, src=image.get("src") or "")


def _list_blocks(element: _Element, level: int = 1) -> Iterator[Block]:
    for number, item in enumerate(element.iterchildren("li"), start=1):
        marker = f"{number}." if element.tag == "ol" else "•"
        yield from _text_block(item, BlockKind.LIST_ITEM, level=level, marker=marker)
        for nested in item.iterchildren("ul", "ol"):
            yield from _list_blocks(nested, level + 1)


def _table_block(element: _Element) -> Iterator[Block]:
    caption = element.find("caption")
    if caption is not None:
        yield from _text_block(caption, BlockKind.PARAGRAPH)
    rows = tuple(
        tuple(" ".join("".join(cell.itertext()).split()) for cell in row.iterchildren("td", "th"))
        for row in element.iter("tr")
    )
    if rows:
        yield Block(BlockKind.TABLE, rows=rows)


def _figure_blocks(element: _Element) -> Iterator[Block]:
    caption = element.find("figcaption")
    text = "".join(caption.itertext()).strip() if caption is not None else ""
    for image in element.iter("img"):
        yield _image_block(image, text)


def _blocks_in(parent: _Element) -> Iterator[Block]:
    loose = _trimmed([Run(parent.text or "")])
    if loose:
        yield Block(BlockKind.PARAGRAPH, loose)
    for child in parent:
        yield from _child_blocks(child)
        tail = _trimmed([Run(child.tail or "")])
        if tail:
            yield Block(BlockKind.PARAGRAPH, tail)


def _child_blocks(child: _Element) -> Iterator[Block]:
    tag = str(child.tag)
    if tag in {"h2", "h3", "h4"}:
        yield from _text_block(child, BlockKind.HEADING, level=int(tag[1]))
    elif tag in {"ul", "ol"}:
        yield from _list_blocks(child)
    elif tag == "table":
        yield from _table_block(child)
    elif tag == "figure":
        yield from _figure_blocks(child)
    elif tag == "img":
        yield _image_block(child)
    elif tag == "blockquote" and len(child):
        for block in _blocks_in(child):
            yield Block(BlockKind.QUOTE, block.runs, anchor=block.anchor, align=block.align)
    else:
        kind = BlockKind.QUOTE if tag == "blockquote" else BlockKind.PARAGRAPH
        yield from _text_block(child, kind)
