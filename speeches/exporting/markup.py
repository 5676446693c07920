"""Rich text as HTML that is well-formed XML too, for every format that is HTML at heart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Final

from speeches.exporting.nesting import BlockList, nested
from speeches.textblocks import Block, BlockKind, Run

_LOOKS: Final = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "superscript": "sup",
    "subscript": "sub",
}
_LEVEL_OF_FIRST_HEADING: Final = 2
_DEEPEST_HEADING: Final = 6


def no_attributes(_role: str) -> str:
    """Return nothing: elements without attributes of their own."""
    return ""


def no_picture(_block: Block) -> str:
    """Return nothing: only the captions of pictures are shown."""
    return ""


@dataclass(frozen=True)
class Markup:
    """How a format writes rich text.

    ``picture`` gives the finished markup of a picture, empty where only its caption can be shown.
    ``attributes`` gives the attributes of an element, with a blank before each; its role is its
    tag, or alignment, and for a paragraph in another element also that one's: ``li p``. ``spans``
    are the tags that the format writes as ``span``. ``anchors`` stands before the anchor of a
    paragraph, without which none is written; ``top`` is the level of the highest heading.
    """

    picture: Callable[[Block], str] = no_picture
    attributes: Callable[[str], str] = no_attributes
    spans: frozenset[str] = field(default_factory=frozenset)
    anchors: str | None = None
    top: int = 3

    def of_blocks(self, blocks: Iterable[Block]) -> str:
        """Return ``blocks``, lists gathered, a line each."""
        return "\n".join(map(self.of, nested(blocks)))

    def of(self, part: Block | BlockList) -> str:
        """Return a block or list."""
        if isinstance(part, BlockList):
            return self._list(part)
        if part.kind is BlockKind.PARAGRAPH:
            return self.element("p", self.of_runs(part.runs), part.align, part.anchor)
        if part.kind is BlockKind.TABLE:
            return self._table(part.rows)
        if part.kind is BlockKind.IMAGE:
            return self._figure(part)
        words = self.of_runs(part.runs)
        if part.kind is BlockKind.HEADING:
            level = min(part.level - _LEVEL_OF_FIRST_HEADING + self.top, _DEEPEST_HEADING)
            return self.element(f"h{level}", words, anchor=part.anchor)
        return self.element("blockquote", self.element("p", words, "blockquote p"))

    def element(self, tag: str, content: str, role: str = "", anchor: str = "") -> str:
        """Return an element around finished ``content``."""
        named = f' id="{self.anchors}{anchor}"' if anchor and self.anchors is not None else ""
        return f"<{tag}{named}{self.attributes(role or tag)}>{content}</{tag}>"

    def of_runs(self, runs: Iterable[Run]) -> str:
        """Return words in their looks, escaped."""
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        text = escape(run.text, quote=False)
        if "\n" in text:
            text = text.replace("\n", "<br/>")
        for look, opening, closing in self._looks:
            if getattr(run, look):
                text = f"{opening}{text}{closing}"
        return text

    @cached_property
    def _looks(self) -> tuple[tuple[str, str, str], ...]:
        """Return the tags around each look, the innermost first."""
        tags = []
        for look, role in reversed(_LOOKS.items()):
            tag = "span" if role in self.spans else role
            tags.append((look, f"<{tag}{self.attributes(role)}>", f"</{tag}>"))
        return tuple(tags)

    def _list(self, part: BlockList) -> str:
        items = "".join(
            self.element("li", "".join(map(self._in_item, contents))) for contents in part.items
        )
        if part.start is None:
            return self.element("ul", items)
        start = f' start="{part.start}"' if part.start > 1 else ""
        return f"<ol{start}{self.attributes('ol')}>{items}</ol>"

    def _in_item(self, content: Block | BlockList) -> str:
        if isinstance(content, BlockList):
            return self._list(content)
        return self.element("p", self.of_runs(content.runs), "li p")

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> str:
        """Return a table whose first row is its heading; short rows are filled up."""
        width = max(map(len, rows))
        lines = []
        for number, row in enumerate(rows):
            cells = (escape(cell, quote=False) for cell in (*row, *[""] * (width - len(row))))
            tag = "td" if number else "th"
            lines.append(self.element("tr", "".join(self.element(tag, cell) for cell in cells)))
        return self.element("table", "".join(lines))

    def _figure(self, block: Block) -> str:
        caption = self.element("figcaption", self.of_runs(block.runs)) if block.runs else ""
        return self.element("figure", self.picture(block) + caption)


def aligned(role: str) -> str:
    """Return the class of an aligned paragraph; the style sheet has the rest."""
    return f' class="{role}"' if role in {"left", "center", "right", "justify"} else ""
