"""Lists inside lists: the flat items of a text as the tree that markup languages want."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from speeches.textblocks import Block, BlockKind


@dataclass(frozen=True, slots=True)
class BlockList:
    """A list: each item holds blocks and inner lists. ``start`` is None without numbers."""

    start: int | None
    items: list[list[Block | BlockList]]


def nested(blocks: Iterable[Block]) -> Iterator[Block | BlockList]:
    """Yield the blocks in order, neighbouring list items gathered into lists.

    An item lies at most one level deeper than the one before it. A count that begins again, and
    a change between numbers and dots, begin another list.
    """
    path: list[BlockList] = []
    for block in blocks:
        if block.kind is not BlockKind.LIST_ITEM:
            yield from path[:1]
            path = []
            yield block
            continue
        del path[block.level :]
        if len(path) == block.level:
            if _joins(path[-1], block):
                _add(path[-1], block)
                continue
            if len(path) == 1:
                yield path[0]
            path.pop()
        fresh = BlockList(_number(block), [[block]])
        if path:
            path[-1].items[-1].append(fresh)
        path.append(fresh)
    yield from path[:1]


def _number(block: Block) -> int | None:
    digits = block.marker.removesuffix(".")
    return int(digits) if digits.isdecimal() else None


def _joins(existing: BlockList, block: Block) -> bool:
    number = _number(block)
    alike = (number is None) == (existing.start is None)
    return not block.marker or (alike and number != 1)


def _add(existing: BlockList, block: Block) -> None:
    """Add an item, or the further words of the last one."""
    if block.marker:
        existing.items.append([block])
    else:
        existing.items[-1].append(block)
