"""Reading order: which columns a page printed in the wrong order.

The body of a speech is taken as passages in file order. Cut at a few places into columns, it is
read in every order of these columns. File order is left only where another order is clearly better.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .arrangements import Arrangements
from .edges import Edge
from .joins import Join, JoinJudge
from .numbering import Count
from .scoring import Columns, Reading

MAX_PASSAGES = 400
"""Longer bodies keep their file order."""

_MAX_CUTS = 9
_MOST_OPEN_ENDS = 6
_CLEAR = 2.0
_CLEAR_MORE_COLUMNS = 1.5
_CLEAR_IN_DAMAGED_TEXT = 0.7
_SURE = 8.0
_SUSPICIOUS = -2.0
_DOUBTFUL = 1.5
_BAD_JOIN = -3.0
_BAD_NUMBER = -2.0


@dataclass(frozen=True, slots=True)
class Order:
    """The reading order found: indices of passages, column by column.

    ``margin`` is the log odds by which it beats the next best order; ``doubtful`` tells that file
    order was kept although something speaks against it, or that the order found still leaves a tear
    or a gap in the numbering; ``unsolved`` that a finer search may find better.
    """

    columns: tuple[tuple[int, ...], ...]
    joins: Mapping[tuple[int, int], Join]
    moved: bool
    margin: float
    score: float = 0.0
    doubtful: bool = False
    unsolved: bool = False

    @property
    def sequence(self) -> tuple[int, ...]:
        """All passages in reading order."""
        return tuple(index for column in self.columns for index in column)

    @property
    def confidence(self) -> float:
        """From 0.5 (a coin) to 0.99."""
        return round(min(0.99, 1 / (1 + math.exp(-self.margin / 2))), 2)


class ColumnSorter:
    """Finds the reading order of one speech's passages."""

    def __init__(self, edges: Sequence[Edge], judge: JoinJudge) -> None:
        self._edges = edges
        self._reading = Reading(edges, judge)

    def keep(self) -> Order:
        """File order, for passages that are known to stand in it."""
        if not self._edges:
            return Order((), {}, moved=False, margin=_SURE)
        columns: Columns = ((0, len(self._edges)),)
        return replace(self._to_order(columns, 0.0, _SURE), doubtful=False, unsolved=False)

    def sort(self, *, scrambled_file: bool = False) -> Order:
        """The best order; in a file whose other speeches are torn, weaker evidence is enough."""
        count = len(self._edges)
        if not count:
            return Order((), {}, moved=False, margin=_SURE)
        cuts = self._choose_cuts(always=scrambled_file) if self._may_be_columns() else []
        file_order: Columns = ((0, count),)
        if not cuts:
            order = self._to_order(file_order, 0.0, _SURE)
            return (
                replace(order, score=self._reading.score(file_order)) if order.unsolved else order
            )
        here = self._reading.score(file_order)
        ranked = Arrangements(self._reading, cuts, count).ranked(here)
        damaged = scrambled_file or self._is_damaged()
        for rank, (score, columns) in enumerate(ranked):
            if score - here >= _needed_margin(columns, damaged=damaged):
                rival = max([here, *(other for other, _ in ranked[rank + 1 : rank + 2])])
                return self._to_order(columns, score, score - rival)
        best = ranked[0][0]
        return self._to_order(file_order, here, max(here - best, 0.0), doubtful=best > here)

    def _may_be_columns(self) -> bool:
        """More open ends than columns have ends come from another cause than columns."""
        open_ends = sum(1 for edge in self._edges if edge.torn_tail > 2)
        return 1 < len(self._edges) <= MAX_PASSAGES and open_ends <= _MOST_OPEN_ENDS

    def _to_order(
        self, columns: Columns, score: float, margin: float, *, doubtful: bool = False
    ) -> Order:
        indices = tuple(tuple(range(start, end)) for start, end in columns)
        sequence = [index for column in indices for index in column]
        joins = self._reading.joins_of(sequence)
        return Order(
            indices,
            joins,
            moved=len(columns) > 1,
            margin=margin,
            score=score,
            doubtful=doubtful or self._is_torn(joins, sequence),
            unsolved=self._is_torn(joins, sequence) or self._begins_oddly(sequence[0]),
        )

    def _is_torn(self, joins: Mapping[tuple[int, int], Join], sequence: Sequence[int]) -> bool:
        """Whether the order still has an open end, a bad join or a broken numbering."""
        if self._edges[sequence[0]].torn_head > 2 or self._edges[sequence[-1]].torn_tail > 2:
            return True
        if any(join.score < _BAD_JOIN for join in joins.values()):
            return True
        count = Count()
        for before, at in zip((None, *sequence), sequence, strict=False):
            crossing = joins[before, at].marker if before is not None else None
            own = self._edges[at].markers
            markers = own if crossing is None else (crossing, *own)
            if any(count.take(marker) < _BAD_NUMBER for marker in markers):
                return True
        return False

    def _begins_oddly(self, at: int) -> bool:
        """Whether the passage that comes first is one that seldom does."""
        return self._edges[at].numbered or self._edges[at].closing

    def _is_damaged(self) -> bool:
        """Whether file order itself mends a tear: the page cut this speech somewhere."""
        joins = self._reading.joins_of(range(len(self._edges))).values()
        return any(join.torn and not join.silent for join in joins)

    def _choose_cuts(self, *, always: bool) -> list[int]:
        """Places (index of the passage behind) where a column may begin; none where all is well."""
        count = len(self._edges)
        doubt = [0.0, *(self._doubt(at) for at in range(1, count))]
        breaks = list(self._numbering_breaks())
        for first, last in breaks:
            for at in range(first + 1, last + 1):
                doubt[at] += 4.0
        ends = self._reading.start_score(0) + self._reading.end_score(count - 1)
        trouble = bool(breaks) or ends < _SUSPICIOUS or max(doubt[1:]) > _DOUBTFUL
        if not (always or trouble or self._opening_stands_late()):
            return []
        return sorted(sorted(range(1, count), key=lambda at: -doubt[at])[:_MAX_CUTS])

    def _doubt(self, at: int) -> float:
        """How little a passage seems to follow the one before it in the file."""
        before, edge = self._edges[at - 1], self._edges[at]
        doubt = -self._reading.join(at - 1, at).score + 1.0 * bool(edge.opening)
        return doubt + 2.0 * (before.closing and not edge.closing)

    def _opening_stands_late(self) -> bool:
        """A passage in mid-text sounds like an opening, and the first one does not."""
        first = self._edges[0]
        if first.opening >= 2:
            return False
        if first.numbered or first.closing or first.continuing:
            return any(not edge.numbered and not edge.closing for edge in self._edges[1:])
        late = any(edge.opening >= 2 for edge in self._edges[1:])
        return late and any(edge.closing for edge in self._edges[:-1])

    def _numbering_breaks(self) -> Iterator[tuple[int, int]]:
        """Pairs of passages between whose markers the count goes wrong."""
        count = Count()
        previous = 0
        for at in range(len(self._edges)):
            for marker in self._reading.markers_at(at):
                if count.take(marker) < _BAD_NUMBER and at:
                    yield previous, at
                previous = at


def _needed_margin(columns: Columns, *, damaged: bool) -> float:
    """By how much an order must beat file order: a page more often swaps two columns than three."""
    if damaged:
        return _CLEAR_IN_DAMAGED_TEXT
    return _CLEAR + (_CLEAR_MORE_COLUMNS if len(columns) > 2 else 0.0)
