"""Reading stored rich text back as blocks, for every target that is not HTML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

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
    printed marker of a list item (``1.`` or ``•``), empty where a block only continues its item.
    ``rows`` holds a table's cells as text,
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
    """Return the blocks of stored rich text in reading order; empty ones are left out.

    A picture comes after the words of the block that it stands in. No other text is moved or lost.
    """
    if not html.strip():
        return ()
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    return tuple(_blocks_in(root, _PARAGRAPH))


def plain_paragraphs(html: str) -> tuple[str, ...]:
    """Return the text of each block of ``html``; a table gives one text a row."""
    return tuple(text for block in blocks(html) for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.TABLE:
        yield from map("　".join, block.rows)
    elif block.text:
        yield block.text


def plain_text(html: str) -> str:
    """Return the words of ``html``, a line a block."""
    return "\n".join(plain_paragraphs(html))


_PARAGRAPH = Block(BlockKind.PARAGRAPH)
_LOOKS = {
    "strong": "bold",
    "em": "italic",
    "sup": "superscript",
    "sub": "subscript",
    "u": "underline",
}
_SOURCE_BREAK = re.compile(r"[ \t\r\f]*\n[ \t\r\f\n]*")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_BLOCK_TAGS = frozenset(
    ("p", "h2", "h3", "h4", "ul", "ol", "li", "table", "blockquote", "figure", "figcaption", "img")
)


def _pieces(element: _Element, **look: bool) -> Iterator[Run | _Element]:
    """The contents of ``element``: its words as runs, and the blocks that stand between them."""
    if element.text:
        yield Run(_SOURCE_BREAK.sub(" ", element.text), **look)
    for child in element:
        if child.tag in _BLOCK_TAGS:
            yield child
        elif child.tag == "br":
            yield Run("\n", **look)
        else:
            extra = {_LOOKS[child.tag]: True} if child.tag in _LOOKS else {}
            yield from _pieces(child, **{**look, **extra})
        if child.tail:
            yield Run(_SOURCE_BREAK.sub(" ", child.tail), **look)


def _blocks_in(element: _Element, like: Block) -> Iterator[Block]:
    """The blocks of ``element``; each stretch of words outside an inner block is one ``like``."""
    runs: list[Run] = []
    pictures: list[Block] = []
    for piece in _pieces(element):
        if isinstance(piece, Run):
            runs.append(piece)
        elif piece.tag == "img":
            pictures.append(_picture(piece))
        else:
            yield from _flushed(runs, pictures, like)
            yield from _inner_blocks(piece, like)
    yield from _flushed(runs, pictures, like)


def _flushed(runs: list[Run], pictures: list[Block], like: Block) -> Iterator[Block]:
    words = _trimmed(runs)
    if words:
        yield replace(like, runs=words)
    yield from pictures
    runs.clear()
    pictures.clear()


def _inner_blocks(element: _Element, like: Block) -> Iterator[Block]:
    tag = str(element.tag)
    if tag in {"ul", "ol"}:
        yield from _list_blocks(element, like)
    elif tag == "table":
        yield from _table_blocks(element)
    elif tag == "figure":
        yield from _figure_blocks(element)
    elif tag == "blockquote":
        yield from _blocks_in(element, Block(BlockKind.QUOTE))
    elif tag in {"h2", "h3", "h4"}:
        heading = Block(BlockKind.HEADING, level=int(tag[1]))
        yield from _blocks_in(element, _placed(heading, element))
    else:
        yield from _blocks_in(element, _placed(like, element))


def _placed(like: Block, element: _Element) -> Block:
    classes = (element.get("class") or "").split()
    align = next((name.removeprefix("text-") for name in classes if name in ALIGNMENTS), "")
    return replace(like, align=align, anchor=element.get("id") or "")


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in runs:
        if merged and _same_look(merged[-1], run):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    while merged and not merged[0].text.strip():
        del merged[0]
    while merged and not merged[-1].text.strip():
        del merged[-1]
    if merged:
        merged[0] = replace(merged[0], text=merged[0].text.lstrip())
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip())
    return tuple(replace(run, text=_BREAK.sub("\n", run.text)) for run in merged)


def _same_look(one: Run, other: Run) -> bool:
    return replace(one, text="") == replace(other, text="")


def _picture(image: _Element) -> Block:
    text = image.get("alt") or ""
    return Block(BlockKind.IMAGE, (Run(text),) if text else (), src=image.get("src") or "")


def _list_blocks(element: _Element, like: Block) -> Iterator[Block]:
    level = like.level + 1 if like.kind is BlockKind.LIST_ITEM else 1
    item = Block(BlockKind.LIST_ITEM, level=level)
    number = 0
    for piece in _pieces(element):
        if isinstance(piece, Run):
            yield from _flushed([piece], [], item)
        elif piece.tag == "li":
            number += 1
            marker = f"{number}." if element.tag == "ol" else "•"
            yield from _marked(_blocks_in(piece, item), item, marker)
        elif piece.tag == "img":
            yield _picture(piece)
        else:
            yield from _inner_blocks(piece, item)


def _marked(blocks_of_item: Iterable[Block], item: Block, marker: str) -> Iterator[Block]:
    """The blocks of a list item; the first of its own words carries the marker."""
    for block in blocks_of_item:
        own = block.kind is item.kind and block.level == item.level and not block.marker
        yield replace(block, marker=marker) if own else block
        marker = "" if own else marker


def _table_blocks(table: _Element) -> Iterator[Block]:
    for caption in table.iterchildren("caption"):
        yield from _blocks_in(caption, _PARAGRAPH)
    rows: list[tuple[str, ...]] = []
    pictures: list[Block] = []
    own_rows = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
    for row in own_rows:
        cells = [tuple(_blocks_in(cell, _PARAGRAPH)) for cell in row.iterchildren("td", "th")]
        rows.append(tuple(map(_cell_text, cells)))
        pictures += (block for cell in cells for block in cell if block.kind is BlockKind.IMAGE)
    if rows:
        yield Block(BlockKind.TABLE, rows=tuple(rows))
    yield from pictures


def _cell_text(cell: Iterable[Block]) -> str:
    words = (text for block in cell if block.kind is not BlockKind.IMAGE for text in _texts(block))
    return " ".join(" ".join(words).split())


def _figure_blocks(figure: _Element) -> Iterator[Block]:
    """The parts of a figure; its caption stands with the last picture in place of the ``alt``."""
    captions: list[Block] = []
    for caption in list(figure.iterchildren("figcaption")):
        captions += _blocks_in(caption, _PARAGRAPH)
        cast("lxml_html.HtmlElement", caption).drop_tree()
    parts = [*_blocks_in(figure, _PARAGRAPH)]
    pictures = [place for place, part in enumerate(parts) if part.kind is BlockKind.IMAGE]
    words = " ".join(text for block in captions for text in _texts(block))
    if pictures and words:
        parts[pictures[-1]] = replace(parts[pictures[-1]], runs=(Run(words),))
        captions = []
    yield from parts
    yield from captions


def shortened(text: str, length: int) -> str:
    """Return ``text`` on one line, cut to ``length`` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip('，、；：')}…"
