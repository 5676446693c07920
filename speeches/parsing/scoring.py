"""How well a body reads in a given order of its columns.

The score adds log odds: how the speech begins and ends, every join, the numbering, less a price for
every place where file order is left. Weights were set by hand and tuned on digests torn on purpose.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TypeAlias

from .edges import Edge
from .joins import Join, JoinJudge
from .numbering import Count, Marker
from .rhetoric import Stage

Piece: TypeAlias = tuple[int, int]
"""A range of passages."""

Columns: TypeAlias = tuple[Piece, ...]
"""Pieces in the order they are read."""

Numbers: TypeAlias = tuple[int, ...]
"""The last number of every level of lists, as ``Count`` has them."""

_BEST_OF_FIRST, _BEST_OF_LATER = 0.3, 2.5
_UNKNOWN = 99
"""Below every level of lists."""
CUT_COST = 1.2
COST_OF_MANY_COLUMNS = 0.5
_FULL_LINE_COST = 2.5
_NEVER_INSIDE = 6.0
_STRONG_OPENING = 3.0
_LATE_OPENING = 0.7
_EMPTY_HEADING = 4.0
_NUMBERED_START = 2.3
_PARALLEL_START = 1.5
_STRONG_ENDING = 1.5
_ANNOUNCED = 1.0
_TURNING_BACK = 1.5


class Reading:
    """The passages of one body, ready to be scored in many orders."""

    def __init__(self, edges: Sequence[Edge], judge: JoinJudge) -> None:
        self._edges = edges
        self._judge = judge
        self._joins: dict[tuple[int, int], Join] = {}
        self._pairs: dict[tuple[int, int], float] = {}
        self._counts: dict[tuple[int, int, Numbers], tuple[float, Numbers]] = {}

    @cached_property
    def _sums(self) -> list[float]:
        """Running sums of how well each passage follows the one before it in the file."""
        follows = (self.pair_score(*pair) for pair in pairwise(range(len(self._edges))))
        return list(accumulate(follows, initial=0.0))

    def join(self, before: int, after: int) -> Join:
        """The join of two passages; where the layout runs on, it is the layout's own."""
        pair = (before, after)
        if pair not in self._joins:
            if after == before + 1 and self._edges[after].flows:
                self._joins[pair] = Join(0.0, torn=True, silent=True)
            else:
                self._joins[pair] = self._judge.judge(self._edges[before], self._edges[after])
        return self._joins[pair]

    def joins_of(self, sequence: Sequence[int]) -> dict[tuple[int, int], Join]:
        """The joins of passages read one after another."""
        return {pair: self.join(*pair) for pair in pairwise(sequence)}

    def score(self, columns: Columns) -> float:
        """Log odds of reading the columns in this order."""
        score = self.start_score(columns[0][0]) + self.end_score(columns[-1][1] - 1)
        score -= COST_OF_MANY_COLUMNS * max(len(columns) - 2, 0)
        score += self.sum_of_pairs() - sum(
            self.cost_of_break(start) for start, _ in columns if start
        )
        for (_, end), (start, _) in pairwise(columns):
            score += self.pair_score(end - 1, start) - CUT_COST
        return score + self.score_of_numbers(columns)

    def sum_of_pairs(self) -> float:
        """How well the passages follow one another in file order."""
        return self._sums[-1]

    def cost_of_break(self, at: int) -> float:
        """What is given up where passage ``at`` is parted from the one before it."""
        flows = _FULL_LINE_COST * self._edges[at].flows
        return self._sums[at] - self._sums[at - 1] + flows

    def best_of_numbers(self) -> float:
        """The most that list items in the best order can add to the score."""
        own = [marker for edge in self._edges for marker in edge.markers]
        crossing = [join.marker for join in self._joins.values() if join.marker is not None]
        return sum(map(_most_of, (*own, *crossing)))

    def score_of_numbers(self, columns: Columns) -> float:
        """Log odds of the order in which the list items of the columns are read."""
        count = Count()
        score = 0.0
        before: int | None = None
        for start, end in columns:
            if before is not None and before != start - 1:
                crossing = self.join(before, start).marker
                if crossing is not None:
                    score += count.take(crossing)
            gained, last = self._counted(start, end, tuple(count.last))
            count = Count(last)
            score += gained
            before = end - 1
        return score

    def _counted(self, start: int, end: int, last: Numbers) -> tuple[float, Numbers]:
        """What the list items of a column add after the numbers ``last``; the last numbers then.

        Kept, for a thousand orders are made of a few columns.
        """
        key = (start, end, last)
        if key not in self._counts:
            count = Count(last)
            gained = sum(map(count.take, self.markers_between(start, end)))
            self._counts[key] = gained, tuple(count.last)
        return self._counts[key]

    def losses_after(self, before: Piece | None, pieces: Sequence[Piece]) -> list[float]:
        """By how much the first list item of each piece misses the most it could add.

        ``before`` is the piece it follows, None where it comes first. Where that does not tell
        which number is due, nothing is lost.
        """
        read = list(self.markers_between(*before)) if before is not None else []
        count = Count()
        for marker in read:
            count.take(marker)
        known = min((marker.level for marker in read), default=_UNKNOWN) if before else 0
        losses = []
        for start, end in pieces:
            first = next(self.markers_between(start, end), None)
            join = self._joins.get((before[1] - 1, start)) if before is not None else None
            if first is None or first.level < known or (join is not None and join.marker):
                losses.append(0.0)
            else:
                losses.append(_most_of(first) - Count(count.last).take(first))
        return losses

    def start_score(self, at: int) -> float:
        """Log odds that the speech begins with this passage."""
        edge = self._edges[at]
        score = -_cost_of_tear(edge.torn_head) + min(edge.opening, _STRONG_OPENING)
        score -= _NEVER_INSIDE * edge.inside + 4.0 * edge.closing
        score -= 2.0 * edge.continuing + (edge.ending >= _STRONG_ENDING)
        return score - _NUMBERED_START * edge.numbered - _PARALLEL_START * edge.parallel

    def end_score(self, at: int) -> float:
        """Log odds that the speech ends with this passage."""
        edge = self._edges[at]
        score = -_cost_of_tear(edge.torn_tail)
        score += 2.0 if edge.closing else edge.ending
        return score - 1.0 * bool(edge.opening) - 3.0 * edge.introducing - 6.0 * edge.heading

    def markers_between(self, start: int, end: int) -> Iterator[Marker]:
        """The markers of passages ``start:end``, with those that joins between them complete."""
        yield from self._edges[start].markers
        for at in range(start + 1, end):
            yield from self.markers_at(at)

    def markers_at(self, at: int) -> Iterator[Marker]:
        """A passage's markers, after the one its join to the passage before it completes."""
        crossing = self.join(at - 1, at).marker if at else None
        if crossing is not None:
            yield crossing
        yield from self._edges[at].markers

    def pair_score(self, before: int, after: int) -> float:
        """Log odds that one passage follows the other, numbering aside."""
        pair = (before, after)
        if pair not in self._pairs:
            edge = self._edges[after]
            score = self.join(before, after).score
            if edge.opening >= 2:
                score -= _LATE_OPENING
            if self._edges[before].closing and not edge.closing:
                score -= 3.0 if edge.numbered else 2.0 if edge.opening else 0.7
            if self._edges[before].heading and edge.numbered:
                score -= _EMPTY_HEADING
            if self._edges[before].introducing and edge.torn_head <= 0:
                score += _ANNOUNCED if _begins_list(edge) else -_ANNOUNCED
            score -= _cost_of_turning_back(self._edges[before].stage, edge.stage)
            score += self._judge.cohesion_of(self._edges[before].text, edge.text)
            self._pairs[pair] = score
        return self._pairs[pair]


def _most_of(marker: Marker) -> float:
    """The most that a list item can add to the score: it follows the one before it."""
    return _BEST_OF_FIRST if marker.number == 1 else _BEST_OF_LATER


def _begins_list(edge: Edge) -> bool:
    """Whether a passage can be what an announcement (形成以下建议：) announces."""
    first_item = bool(edge.markers) and edge.markers[0].number == 1
    return first_item or edge.stage is Stage.PROPOSAL


def _cost_of_turning_back(before: Stage | None, after: Stage | None) -> float:
    """What it costs to come from proposals back to problems, or from problems to an opening."""
    if before is None or after is None or after >= before or before is Stage.CLOSE:
        return 0.0
    return _TURNING_BACK if before is Stage.PROPOSAL else _TURNING_BACK / 2


def _cost_of_tear(odds: float) -> float:
    """log(1 + e^odds): the cost of a tear left open."""
    return math.log1p(math.exp(odds)) if odds < 30 else odds
