"""Cutting a long meeting into articles that WeChat takes: between speeches, else paragraphs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from speeches.exporting.nesting import BlockList
from speeches.textblocks import Block, BlockKind, Run

Passage = Block | BlockList


@dataclass(frozen=True, slots=True)
class Piece:
    """A speech, or what else stays together if it can, as finished markup.

    ``again`` heads what follows where the piece goes on in another part.
    """

    head: str
    contents: tuple[str, ...]
    again: str = ""

    def __len__(self) -> int:
        return len(self.head) + sum(map(len, self.contents))


def parts(pieces: Iterable[Piece], limit: int) -> list[str]:
    """Return ``pieces`` in parts of at most ``limit`` characters.

    A piece that fits into a part is in one part; a longer one goes on in the next.
    No head or content may be longer than ``limit`` together with its heading.
    """
    done: list[str] = []
    text = ""
    for piece in pieces:
        opening = len(piece) if len(piece) <= limit else len(piece.head) + len(piece.contents[0])
        if text and len(text) + opening > limit:
            done.append(text)
            text = ""
        text += piece.head
        for content in piece.contents:
            if len(text) + len(content) > limit:
                done.append(text)
                text = piece.again
            text += content
    return [*done, text] if text else done


def cut(passage: Passage, limit: int, length: Callable[[Passage], int]) -> Iterator[Passage]:
    """Yield ``passage`` in pieces whose ``length`` is at most ``limit``; no character is lost."""
    if length(passage) <= limit:
        yield passage
        return
    for smaller in _smaller(passage):
        yield from cut(smaller, limit, length)


def _smaller(passage: Passage) -> Iterator[Passage]:
    if isinstance(passage, BlockList):
        yield from _smaller_lists(passage)
    elif passage.kind is BlockKind.TABLE:
        yield from _smaller_tables(passage.rows)
    else:
        for runs in _halves(passage.runs):
            yield replace(passage, runs=runs)


def _smaller_lists(whole: BlockList) -> Iterator[Passage]:
    """Halve a list; a single item becomes paragraphs."""
    half = len(whole.items) // 2
    if half:
        start = whole.start
        yield BlockList(start, whole.items[:half])
        yield BlockList(None if start is None else start + half, whole.items[half:])
        return
    for content in whole.items[0]:
        yield content if isinstance(content, BlockList) else _paragraph(content.runs)


def _smaller_tables(rows: tuple[tuple[str, ...], ...]) -> Iterator[Passage]:
    """Halve a table below its heading; what cannot be halved becomes paragraphs."""
    if len(rows) > 2:
        half = len(rows) // 2
        for lines in (rows[1 : half + 1], rows[half + 1 :]):
            yield Block(BlockKind.TABLE, rows=(rows[0], *lines))
        return
    for row in rows:
        yield from (_paragraph((Run(cell),)) for cell in row if cell)


def _paragraph(runs: Sequence[Run]) -> Block:
    return Block(BlockKind.PARAGRAPH, tuple(runs))


def _halves(runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """Yield the runs in two halves, parted behind a sentence where one ends near the middle."""
    text = "".join(run.text for run in runs)
    middle = len(text) // 2
    end = text.find("。", middle, middle + len(text) // 4)
    place = end + 1 if end >= 0 else middle
    first: list[Run] = []
    second: list[Run] = []
    for run in runs:
        kept = run.text[: max(place, 0)]
        rest = run.text[len(kept) :]
        place -= len(run.text)
        first += [replace(run, text=kept)] if kept else []
        second += [replace(run, text=rest)] if rest else []
    yield tuple(first)
    yield tuple(second)
