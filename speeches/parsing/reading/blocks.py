"""From the blocks of a document to source text: what the parser sees of styles, and nothing else.

The text that is parsed has no markup. It shows a document's structure by these signs only:

- a line is a paragraph, or ends at a typed line break;
- an **empty line** parts a heading from what stands before it. A heading is a paragraph of a
  heading style or outline level, a centred one, one that is wholly bold, or (in a PDF) one that is
  larger than the text. Headings of one style that follow each other (the lines of a title) are not
  parted, those of different styles (a meeting's title and a speech's) are;
- the cells of a table's row are parted by **tabs**, and its rows stand in lines of their own.

Everything else is told beside the text: level, bold and centred in ``Source.blocks``, bold words of
what is no heading in ``Source.stressed``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, takewhile

from speeches.parsing.documents import (
    BlockRole,
    ParseWarning,
    Source,
    SourceBlock,
    SourcePicture,
)
from speeches.parsing.stress import Span

_LONGEST_HEAD = 64
"""A longer bold or centred paragraph is text that its author stressed."""


@dataclass(slots=True)
class Block:
    """What a reader found: text, which may hold line breaks, with how it is set.

    ``size`` is that of its characters in points, 0 where it is not told. ``stressed`` are the bold
    words of one that is not wholly bold.
    ``pictures`` stand in or just before it; their offsets are still to be set.
    """

    text: str
    role: BlockRole = BlockRole.PARAGRAPH
    level: int = 0
    bold: bool = False
    centred: bool = False
    lead: int = 0
    size: float = 0.0
    pictures: tuple[SourcePicture, ...] = ()
    stressed: tuple[Span, ...] = ()

    def put_before(self, text: str, stressed: Iterable[Span] = ()) -> None:
        """Let ``text`` with its bold words stand at the head."""
        behind = ((start + len(text), end + len(text)) for start, end in self.stressed)
        self.text, self.stressed = text + self.text, (*stressed, *behind)

    @property
    def is_plain(self) -> bool:
        """Whether it is a paragraph and nothing is told of its setting."""
        return self.role is BlockRole.PARAGRAPH and not (self.bold or self.centred or self.lead)

    def at(self, place: int) -> SourceBlock:
        """Return what is told of it when it begins at ``place`` of the source."""
        return SourceBlock(
            place,
            place + len(self.text),
            self.role,
            self.level,
            self.bold,
            self.centred,
            self.lead,
        )

    @property
    def heads(self) -> bool:
        """Whether the block looks like a heading."""
        if self.role is BlockRole.HEADING:
            return True
        short = len(self.text.strip()) <= _LONGEST_HEAD
        return self.role is BlockRole.PARAGRAPH and short and (self.bold or self.centred)

    @property
    def style(self) -> tuple[object, ...]:
        """What is alike in lines that belong together."""
        return (self.role, self.level, self.bold, self.centred, self.size)


@dataclass(slots=True)
class StressedText:
    """Text that is gathered part by part, bold or not."""

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)

    def add(self, text: str, bold: bool) -> None:
        """Take in what is printed."""
        if text:
            self.parts.append(text)
            self.bold.append(bold)

    @property
    def whole(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def stress(self) -> tuple[bool, int]:
        """Whether all is bold; if not, how many characters at the head are."""
        if True not in self.bold:
            return False, 0
        parts = list(zip(self.parts, self.bold, strict=True))
        if all(bold for text, bold in parts if text.strip()):
            return True, 0
        return False, sum(len(text) for text, _bold in takewhile(lambda part: part[1], parts))

    @property
    def stressed(self) -> tuple[Span, ...]:
        """The bold parts."""
        ends = accumulate(map(len, self.parts))
        return tuple(
            (end - len(text), end)
            for text, bold, end in zip(self.parts, self.bold, ends, strict=True)
            if bold
        )


def to_source(blocks: Iterable[Block], kind: str, warnings: Sequence[ParseWarning] = ()) -> Source:
    """Return the source that ``blocks`` make, in their order."""
    parts: list[str] = []
    told: list[SourceBlock] = []
    pictures: list[SourcePicture] = []
    stressed: list[Span] = []
    place = 0
    before: Block | None = None
    was_heads = False
    for block in blocks:
        text = block.text
        if block.pictures:
            pictures += (replace(picture, offset=place) for picture in block.pictures)
        if text and not text.isspace():
            if block.is_plain:
                heads = False
            else:
                heads = block.heads
                if heads and before and not (was_heads and before.style == block.style):
                    parts.append("")
                    place += 1
                told.append(block.at(place))
            if block.role is BlockRole.PARAGRAPH and not heads:
                spans = ((0, len(text)),) if block.bold else block.stressed
                stressed += ((place + start, place + end) for start, end in spans)
            before, was_heads = block, heads
        parts.append(text)
        place += len(text) + 1
    return Source(
        "\n".join(parts), kind, tuple(warnings), tuple(told), tuple(pictures), tuple(stressed)
    )
