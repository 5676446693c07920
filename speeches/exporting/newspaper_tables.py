"""Tables in the narrow columns of a newspaper: in parts that a column holds, or row by row."""

import math
from collections.abc import Iterator
from dataclasses import replace

from speeches.exporting.composition import Passage, Span
from speeches.exporting.typography import Face
from speeches.textblocks import BlockKind

WIDEST = 4
"""Columns; a wider table is printed as sentences."""
HIGHEST_ROW = 6
"""Lines; a table with a higher row is printed as sentences."""
HIGHEST_PART = 20
"""Lines of a part, its head among them."""


def parts_of_table(passage: Passage, characters: float) -> Iterator[Passage]:
    """Yield a table in parts, each under its head; anything else as it is.

    ``characters`` of a table's size fill a line of a newspaper column. A table that is too wide or
    has too much text for it becomes a paragraph a row: ``年份：2025；提案：236``.
    """
    if passage.kind is not BlockKind.TABLE:
        yield passage
        return
    head, *rows = passage.rows
    room = max(1, math.floor(characters / len(head) - 1))
    heights = [max(math.ceil(len(cell) / room) for cell in row) for row in passage.rows]
    if len(head) > WIDEST or max(heights) > HIGHEST_ROW:
        yield from _sentences(passage)
        return
    part: list[tuple[str, ...]] = []
    filled = 0
    for row, height in zip(rows, heights[1:], strict=True):
        if part and heights[0] + filled + height > HIGHEST_PART:
            yield replace(passage, rows=(head, *part))
            part, filled = [], 0
        part.append(row)
        filled += height
    yield replace(passage, rows=(head, *part))


def _sentences(passage: Passage) -> Iterator[Passage]:
    head, *rows = passage.rows
    for row in rows or [head]:
        told = (
            f"{name}：{cell}" if rows and name else cell
            for name, cell in zip(head, row, strict=True)
            if cell
        )
        text = "；".join(told)
        if text:
            yield Passage(BlockKind.PARAGRAPH, (Span(text, Face.BODY),))
