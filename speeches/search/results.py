"""Answers to a question, read as they are needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from speeches.enums import SearchKind
from speeches.models.search import SearchDocument

from .engine import Order, engine
from .query import Query, parse
from .snippets import Segment, marked, place_of, snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A public piece that answers; ``url`` leads to the paragraph where the words stand."""

    kind: SearchKind
    number: int
    title: tuple[Segment, ...]
    url: str
    snippet: tuple[Segment, ...]
    day: date | None


class Results(Sequence[Hit]):
    """The answers to a question as a list: its length is counted, a slice of it is read.

    Every question has a list; one without any word or number has an empty one.
    """

    def __init__(self, text: str, order: Order = Order()):  # noqa: B008 - immutable
        self.query: Query = parse(text)
        self._order = order
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = engine().count(self.query, self._order) if self.query else 0
        return self._count

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        if stop <= start:
            return []
        keys = engine().find(self.query, self._order, limit=stop - start, offset=start)
        documents = SearchDocument.objects.in_bulk(keys)
        return [_hit(documents[key], self.query) for key in keys]


def _hit(document: SearchDocument, query: Query) -> Hit:
    lines = document.body.split("\n")
    place = place_of(lines, query.wanted)
    anchor = document.anchors[place] if place < len(document.anchors) else ""
    return Hit(
        kind=SearchKind(document.kind),
        number=document.number,
        title=marked(document.title, query.wanted),
        url=f"{document.url}#{anchor}" if anchor else document.url,
        snippet=snippet(lines[place], query.wanted),
        day=document.day,
    )
