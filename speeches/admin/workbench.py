"""What the import workbench shows: the source beside what was read, each leading to the other."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from speeches.admin.import_text import Column, TextPart, text_parts
from speeches.models import ImportBatch, ImportedSpeech
from speeches.parsing.typography import squeeze
from speeches.services.blocks import Picture

PAGE_SIZE = 20
"""Speeches on one page of the workbench."""


class Spot(NamedTuple):
    """A run of the source and the block that was read from it; ``page`` shows the block."""

    start: int
    end: int
    key: int
    page: int


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A piece of the source; ``key`` is the block read from it, 0 for none.

    ``page`` is given where the block is shown on another page; ``begins`` tells that a column
    begins here.
    """

    text: str
    start: int = 0
    key: int = 0
    column: Column | None = None
    begins: bool = False
    page: int | None = None


@dataclass(slots=True)
class BlockRow:
    """A paragraph of the workbench; ``source`` is the offset where it stood, None for nowhere.

    ``arrives`` is the column that begins with it; ``placed`` tells that staff put it there.
    """

    key: int
    number: int
    parts: list[TextPart]
    placed: bool
    column: Column | None = None
    arrives: Column | None = None
    source: int | None = None
    text: str = ""
    pictures: Sequence[Picture] = ()


@dataclass(slots=True)
class Atlas:
    """Where every block of a batch stood in the source, and on which page it is now."""

    spots: list[Spot]
    starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, batch: ImportBatch) -> "Atlas":
        """Read the places of all blocks with one query."""
        rows = batch.items.values_list("blocks", flat=True).order_by("position")
        spots = sorted(
            Spot(run["start"], run["end"], block["key"], place // PAGE_SIZE + 1)
            for place, blocks in enumerate(rows)
            for block in blocks
            for run in block["runs"]
        )
        return cls(spots, [spot.start for spot in spots])

    def between(self, start: int, end: int) -> Iterator[Spot]:
        """Yield the runs that lie in ``start:end`` of the source, in file order."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        for spot in self.spots[first:]:
            if spot.start >= end:
                return
            if spot.end > start:
                yield spot

    def at(self, offset: int) -> Spot | None:
        """Return the run at or next behind ``offset``."""
        place = bisect_right(self.starts, offset) - 1
        if place >= 0 and self.spots[place].end > offset:
            return self.spots[place]
        return self.spots[place + 1] if place + 1 < len(self.spots) else None


def columns_of(item: ImportedSpeech) -> dict[tuple[int, int], Column]:
    """Return the columns of a speech by block key and number of the run; none if it has but one."""
    found: dict[tuple[int, int], Column] = {}
    numbers: dict[int, int] = {}
    for block in item.blocks:
        for at, run in enumerate(block["runs"]):
            number = numbers.setdefault(run["column"], len(numbers) + 1)
            evidence, confidence = "；".join(run["evidence"]), round(run["confidence"] * 100)
            found[block["key"], at] = Column(number, run["moved"], evidence, confidence)
    return found if len(numbers) > 1 else {}


def source_parts(
    batch: ImportBatch, item: ImportedSpeech, atlas: Atlas, page: int
) -> list[SourcePart]:
    """Return the source of ``item`` cut at its blocks, in file order."""
    text, position = batch.source_text, item.source_start
    numbered = columns_of(item)
    columns = {
        (block["key"], run["start"]): numbered.get((block["key"], at))
        for block in item.blocks
        for at, run in enumerate(block["runs"])
    }
    parts: list[SourcePart] = []
    shown: Column | None = None
    for spot in atlas.between(item.source_start, item.source_end):
        start, end = max(spot.start, position), min(spot.end, item.source_end)
        if end <= start:
            continue
        if start > position:
            parts.append(SourcePart(text[position:start], position))
        column = columns.get((spot.key, spot.start))
        elsewhere = spot.page if spot.page != page else None
        parts.append(
            SourcePart(
                text[start:end],
                start,
                spot.key,
                column,
                begins=column is not None and column != shown,
                page=elsewhere,
            )
        )
        shown, position = column, end
    if item.source_end > position:
        parts.append(SourcePart(text[position : item.source_end], position))
    return parts


def block_rows(batch: ImportBatch, item: ImportedSpeech) -> list[BlockRow]:
    """Return the paragraphs of a speech, cut where a figure stands or a column begins."""
    columns = columns_of(item)
    figures = defaultdict(list)
    for figure in item.figures:
        figures[figure["paragraph"]].append(figure)
    rows = []
    shown: set[Column | None] = {None}
    for index, block in enumerate(item.blocks):
        begins = dict(_column_offsets(batch, block, columns))
        first = begins.pop(0, None)
        rows.append(
            BlockRow(
                key=block["key"],
                number=index + 1,
                parts=text_parts(block, begins, figures[index]),
                placed=block["placed"],
                column=first,
                arrives=first if not block["placed"] and first not in shown else None,
                source=block["runs"][0]["start"] if block["runs"] else None,
                text=block["text"],
                pictures=block.get("pictures", ()),
            )
        )
        if not block["placed"]:
            shown |= {first, *begins.values()}
    return rows


def aside_rows(batch: ImportBatch) -> list[BlockRow]:
    """Return the texts that are in no speech."""
    return [
        BlockRow(
            key=block["key"],
            number=number,
            parts=text_parts(block),
            placed=False,
            source=block["runs"][0]["start"] if block["runs"] else None,
            text=block["text"],
            pictures=block.get("pictures", ()),
        )
        for number, block in enumerate(batch.aside, start=1)
    ]


def _column_offsets(
    batch: ImportBatch, block: dict[str, Any], columns: dict[tuple[int, int], Column]
) -> Iterator[tuple[int, Column]]:
    """Yield where in the text of a block each of its columns begins."""
    printed = [at for at, character in enumerate(block["text"]) if not character.isspace()]
    passed = 0
    shown: Column | None = None
    for at, run in enumerate(block["runs"]):
        column = columns.get((block["key"], at))
        if column is not None and column != shown:
            yield (printed[passed] if 0 < passed < len(printed) else 0), column
        shown = column
        passed += len(squeeze(batch.source_text[run["start"] : run["end"]]))


@dataclass(frozen=True, slots=True)
class Hint:
    """A warning with the address of its place: a paragraph, else a speech, else nothing."""

    message: str
    speech: int | None
    url: str


def hints_of(
    warnings: Iterable[dict[str, Any]],
    atlas: Atlas,
    places: dict[int, tuple[int, int]],
    extents: dict[int, tuple[int, int]],
) -> list[Hint]:
    """Return the warnings, each leading to where its words are now.

    ``places`` gives for the number of a speech in the file its key and page, ``extents`` its source
    offsets.
    """
    return [
        Hint(warning["message"], warning["speech"], _url_of(warning, atlas, places, extents))
        for warning in warnings
    ]


def _url_of(
    warning: dict[str, Any],
    atlas: Atlas,
    places: dict[int, tuple[int, int]],
    extents: dict[int, tuple[int, int]],
) -> str:
    number, offset = warning["speech"], warning.get("offset")
    start, end = extents.get(number, (0, 0))
    spot = atlas.at(offset) if offset is not None and offset > start else None
    if spot is not None and (number is None or spot.start < end):
        return f"?p={spot.page}#block-{spot.key}"
    if number in places:
        pk, page = places[number]
        return f"?p={page}#speech-{pk}"
    return ""
