"""Reading order: which columns a page printed in the wrong order.

The body of a speech is taken as passages in file order. Cut at a few places into columns, it is
read in every order of these columns; each order is scored by the joins it makes, by how it begins
and ends, and by its numbering. File order is left only where another order is clearly better.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from .edges import Edge
from .joins import Join, JoinJudge
from .numbering import Count, Marker

MAX_PASSAGES = 400
"""Longer bodies keep their file order."""

_MAX_CUTS = 9
_MAX_COLUMNS = 4
_CUT_COST = 1.2
_CLEAR = 2.0
_CLEAR_IN_DAMAGED_TEXT = 0.7
_SUSPICIOUS = -2.0


@dataclass(frozen=True, slots=True)
class Order:
    """The reading order found: indices of passages, column by column.

    ``margin`` is the log odds by which it beats the next best order; ``doubtful`` tells that file
    order was kept although something speaks against it.
    """

    columns: tuple[tuple[int, ...], ...]
    joins: dict[tuple[int, int], Join]
    moved: bool
    margin: float
    doubtful: bool = False

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
        self._judge = judge
        self._joins: dict[tuple[int, int], Join] = {}

    def sort(self, *, scrambled_file: bool = False) -> Order:
        """The best order; in a file whose other speeches are torn, weaker evidence is enough."""
        count = len(self._edges)
        whole = tuple(range(count))
        if count < 2 or count > MAX_PASSAGES:
            return Order((whole,), self._file_joins(), moved=False, margin=4.0)
        cuts = self._choose_cuts()
        if not cuts:
            return Order((whole,), self._file_joins(), moved=False, margin=4.0)
        return self._search(cuts, _CLEAR_IN_DAMAGED_TEXT if scrambled_file or self._is_damaged() else _CLEAR)

    def _search(self, cuts: Sequence[int], clear: float) -> Order:
        count = len(self._edges)
        here = self._score(((0, count),))
        ranked: list[tuple[float, tuple[tuple[int, int], ...]]] = [(here, ((0, count),))]
        for columns in _arrangements(cuts, count):
            score = self._score(columns)
            if score > ranked[0][0] - 8:
                ranked.append((score, columns))
                if score > ranked[0][0]:
                    ranked[0], ranked[-1] = ranked[-1], ranked[0]
        ranked.sort(key=lambda entry: (-entry[0], len(entry[1])))
        best, columns = ranked[0]
        sequences = {}
        for score, other in ranked:
            sequences.setdefault(_flatten(other), score)
        runners = [score for sequence, score in sequences.items() if sequence != _flatten(columns)]
        margin = best - max(runners, default=best - 8)
        if len(columns) == 1 or best - here < clear:
            bad = here - self._ideal() < 2 * _SUSPICIOUS
            return Order(
                (tuple(range(count)),), self._file_joins(), moved=False,
                margin=max(here - max((s for q, s in sequences.items() if q != tuple(range(count))), default=-8), 0.0),
                doubtful=bad or len(columns) > 1,
            )
        used = tuple(tuple(range(start, end)) for start, end in columns)
        sequence = _flatten(columns)
        joins = {pair: self._join(*pair) for pair in zip(sequence, sequence[1:], strict=False)}
        return Order(used, joins, moved=True, margin=margin)

    def _is_damaged(self) -> bool:
        """Whether file order itself mends a tear: the page cut this speech somewhere."""
        return any(join.torn for join in self._file_joins().values())

    def _ideal(self) -> float:
        """The score of a body without any sign of a tear."""
        return 0.0

    def _file_joins(self) -> dict[tuple[int, int], Join]:
        return {
            (at, at + 1): self._join(at, at + 1) for at in range(len(self._edges) - 1)
        }

    def _join(self, before: int, after: int) -> Join:
        pair = (before, after)
        if pair not in self._joins:
            self._joins[pair] = self._judge.judge(self._edges[before], self._edges[after])
        return self._joins[pair]

    def _choose_cuts(self) -> list[int]:
        """Places (index of the passage behind) where a column may begin; none where all is well."""
        edges = self._edges
        doubt = [0.0] * len(edges)
        for at in range(1, len(edges)):
            doubt[at] = -self._join(at - 1, at).score + (1.0 if edges[at].opening else 0.0)
            if edges[at - 1].closing:
                doubt[at] += 1.5
        trouble = self._start_score(0) + self._end_score(len(edges) - 1) < _SUSPICIOUS
        trouble = trouble or any(score > 3.5 for score in doubt[1:])
        for first, last in self._numbering_breaks():
            trouble = True
            for at in range(first + 1, last + 1):
                doubt[at] += 4.0
        if not trouble and not self._opening_stands_late():
            return []
        places = sorted(range(1, len(edges)), key=lambda at: -doubt[at])[:_MAX_CUTS]
        return sorted(places)

    def _opening_stands_late(self) -> bool:
        """A strong opening in mid-text while the first passage sounds like none."""
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
            for marker in self._markers_at(at, at - 1 if at else None):
                if count.take(marker) < -2 and at:
                    yield previous, at
                previous = at

    def _markers_at(self, at: int, before: int | None) -> Iterator[Marker]:
        """A passage's markers, with the one its join to the passage before completes."""
        if before is not None:
            crossing = self._join(before, at).marker
            if crossing is not None:
                yield crossing
        yield from self._edges[at].markers

    def _start_score(self, at: int) -> float:
        edge = self._edges[at]
        score = -_soft(edge.torn_head) + min(edge.opening, 3.0)
        if edge.closing:
            score -= 4.0
        if edge.continuing:
            score -= 2.0
        if edge.numbered:
            score -= 1.5
        return score

    def _end_score(self, at: int) -> float:
        edge = self._edges[at]
        score = -_soft(edge.torn_tail) + (2.0 if edge.closing else 0.0)
        if edge.opening:
            score -= 1.0
        if edge.introducing:
            score -= 3.0
        return score - (6.0 if edge.heading else 0.0)

    def _score(self, columns: Sequence[tuple[int, int]]) -> float:
        """Log odds of an arrangement: begin, joins, numbering, end, less the cost of its cuts."""
        score = self._start_score(columns[0][0]) + self._end_score(columns[-1][1] - 1)
        count = Count()
        closed = False
        before: int | None = None
        for start, end in columns:
            if before is not None and start != before + 1:
                score -= _CUT_COST
            for at in range(start, end):
                edge = self._edges[at]
                if before is not None:
                    score += self._join(before, at).score
                    if closed:
                        score -= 3.0 if edge.numbered else 2.0 if edge.opening else 0.0
                        closed = not edge.numbered
                for marker in self._markers_at(at, before):
                    score += count.take(marker)
                closed = closed or edge.closing
                before = at
        return score


def _arrangements(cuts: Sequence[int], count: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """All orders of two to four columns cut at the places given, file order left out."""
    for parts in range(1, _MAX_COLUMNS):
        for chosen in combinations(cuts, parts):
            bounds = (0, *chosen, count)
            columns = tuple(zip(bounds, bounds[1:], strict=False))
            for order in permutations(range(len(columns))):
                if any(after == before + 1 for before, after in zip(order, order[1:], strict=False)):
                    continue
                yield tuple(columns[index] for index in order)


def _flatten(columns: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(index for start, end in columns for index in range(start, end))


def _soft(odds: float) -> float:
    """log(1 + e^odds): the cost of a tear left open."""
    return math.log1p(math.exp(odds)) if odds < 30 else odds
