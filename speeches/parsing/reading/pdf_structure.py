"""A tagged PDF by its tags, where they can be trusted: blocks as their author set them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from speeches.parsing.documents import BlockRole
from speeches.parsing.typography import squeeze

from .blocks import Block
from .pdf_layout import is_torn
from .pdf_lines import UNMARKED, Line, Rule
from .pdf_paragraphs import continues, joined, loose_blocks, size_of_text
from .pdf_tags import Tagged

_OUTSIDE = 0.25
"""Share of characters that may stand outside the tagged paragraphs: more is untagged text."""
_TORN = 0.1
"""Share of steps against the columns beyond which the tags are in no order of reading."""
_CUT = 0.25
_FEW = 8
"""Share, and least number, of paragraphs that the page shows to go on: the tags then hold lines."""


_CONTENTS = re.compile(r"^\s*目\s*[录次]\s*$")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines in the order of the file, its rules, and the blocks of its tags."""

    lines: Sequence[Line]
    rules: Sequence[Rule] = ()
    tags: Sequence[Tagged] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A block's lines on one page."""

    tagged: Tagged
    lines: Sequence[Line]


def by_tags(pages: Sequence[Page], titles: dict[str, str]) -> list[Block] | None:
    """Return the blocks that the tags tell, or None where they are not to be trusted.

    ``titles`` are those of the document's outline by their text without blanks: a title that the
    page breaks has its blanks there.
    """
    parts = [list(_parts(page)) for page in pages]
    flow = [part for page in parts for part in page]
    inside = sum(
        len(line.text) for part in flow if part.tagged.kind != "loose" for line in part.lines
    )
    total = sum(len(line.text) for page in pages for line in page.lines)
    if inside < (1 - _OUTSIDE) * total or _is_against_columns(flow) or _is_cut(flow):
        return None
    return list(_blocks(flow, titles))


def contents_of(pages: Sequence[Page]) -> int:
    """Return how many entries of a table of contents the tags tell of."""
    return sum(tagged.entries for page in pages for tagged in page.tags)


def outside_tags(pages: Sequence[Page]) -> list[Line]:
    """Return the lines that belong to no block: what the file itself calls furniture."""
    return [line for page in pages for line in page.lines if line.mark not in _marks(page)]


def _marks(page: Page) -> set[int]:
    return {mark for block in page.tags for mark in block.marks} - {UNMARKED}


def _parts(page: Page) -> Iterator[_Part]:
    by_mark: dict[int, list[Line]] = {}
    for line in page.lines:
        by_mark.setdefault(line.mark, []).append(line)
    for tagged in page.tags:
        yield _Part(tagged, [line for mark in tagged.marks for line in by_mark.get(mark, ())])


def _is_against_columns(flow: Sequence[_Part]) -> bool:
    """Whether the order of the tags runs across columns; that of a table's row does."""
    lines = [line for part in flow if part.tagged.kind != "row" for line in part.lines]
    steps = list(pairwise(lines))
    torn = sum(1 for one, other in steps if one.page == other.page and is_torn(one, other))
    return torn > max(_FEW, _TORN * len(steps))


def _is_cut(flow: Sequence[_Part]) -> bool:
    """Whether the paragraphs are mere lines."""
    paragraphs = [part.lines for part in flow if part.tagged.kind == "paragraph" and part.lines]
    size = size_of_text([line for lines in paragraphs for line in lines])
    going_on = 0
    for before, after in pairwise(paragraphs):
        around = [*before[-12:], *after[:12]]
        going_on += continues(around, min(len(before), 12), size)
    return going_on > max(_FEW, _CUT * len(paragraphs))


def _blocks(flow: Sequence[_Part], titles: dict[str, str]) -> Iterator[Block]:
    """Yield the blocks; one that goes on over a page is joined with its rest."""
    size = size_of_text([line for part in flow for line in part.lines])
    before: Block | None = None
    unended = False
    for part in flow:
        if part.tagged.kind == "contents":
            if before is not None and _CONTENTS.match(before.text):
                before = None
            continue
        tagged = part.tagged
        for block in _blocks_of(part, titles, size):
            if before is not None and unended and tagged.begun and before.role is block.role:
                before = replace(before, text=before.text + block.text)
            else:
                if before is not None:
                    yield before
                before = block
            unended = tagged.unended
    if before is not None:
        yield before


def _blocks_of(part: _Part, titles: dict[str, str], size: float) -> Iterator[Block]:
    tagged, lines = part.tagged, part.lines
    if not lines:
        return
    if tagged.kind == "loose":
        yield from loose_blocks(lines, size)
    elif tagged.kind == "row":
        yield Block("\t".join(_cells(part)), BlockRole.ROW)
    elif tagged.kind == "heading":
        text = joined(lines)
        yield Block(titles.get(squeeze(text), text), BlockRole.HEADING, tagged.level)
    elif tagged.kind == "paragraph":
        yield Block(joined(lines))


def _cells(part: _Part) -> Iterator[str]:
    tagged = part.tagged
    ends = [*tagged.cells[1:], len(tagged.marks)]
    for start, end in zip(tagged.cells, ends, strict=True):
        marks = tagged.marks[start:end]
        yield joined(line for mark in marks for line in part.lines if line.mark == mark)
