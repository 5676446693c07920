"""The best orders of two to four columns of one body.

A body cut at nine places has a thousand such orders: what they share is looked up, and those that
cannot be among the best are not scored.
"""

import math
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from operator import sub

from .scoring import COST_OF_MANY_COLUMNS, CUT_COST, Columns, Reading

_MAX_COLUMNS = 4
_RANKED = 4
"""So many of the best orders are told."""


@dataclass(frozen=True, slots=True)
class Permutation:
    """An order of columns, by the places of their bounds: column ``n`` is between n and n + 1."""

    columns: tuple[int, ...]
    joins: tuple[tuple[int, int], ...]


_ORDERS = {
    count: tuple(
        Permutation(order, tuple((before + 1, after) for before, after in pairwise(order)))
        for order in permutations(range(count))
        if not any(after == before + 1 for before, after in pairwise(order))
    )
    for count in range(2, _MAX_COLUMNS + 1)
}
"""Orders of 2 to 4 columns that keep no two neighbours together (those are fewer columns)."""


@dataclass(frozen=True, slots=True)
class _Scores:
    """What columns bring by the bound where they begin, that where they end, and both of a join."""

    starts: Sequence[float]
    ends: Sequence[float]
    joins: Sequence[Sequence[float]]

    def of(self, at: Sequence[int], order: Permutation) -> float:
        score = self.starts[at[order.columns[0]]] + self.ends[at[order.columns[-1] + 1]]
        for end, start in order.joins:
            score += self.joins[at[end]][at[start]]
        return score

    def best_entries(self) -> list[float]:
        """By the bound where a column begins: what it brings after its best neighbour."""
        return list(map(max, zip(*self.joins, strict=True)))


class Arrangements:
    """The orders of a body's columns, which may begin at ``cuts``; file order is not among them."""

    def __init__(self, reading: Reading, cuts: Sequence[int], count: int) -> None:
        self._reading = reading
        self._bounds = (0, *cuts, count)
        inner = self._bounds[:-1]
        last = len(inner)
        self._scores = _Scores(
            [reading.start_score(bound) for bound in inner],
            [0.0, *(reading.end_score(bound - 1) for bound in self._bounds[1:])],
            [[self._join(end, start) for start in range(last)] for end in range(last + 1)],
        )
        self._breaks = [reading.cost_of_break(bound) if bound else 0.0 for bound in inner]
        self._unbroken = reading.sum_of_pairs()

    def ranked(self, here: float) -> list[tuple[float, Columns]]:
        """The best orders with their scores, the best first; of equal ones the simpler.

        Of those that are worse than file order, which scores ``here``, only the best is looked for.
        """
        most = self._reading.best_of_numbers()
        hopes = self._hopes()
        entries = hopes.best_entries()
        leads = [start - entry for start, entry in zip(hopes.starts, entries, strict=True)]
        found: list[tuple[float, Columns]] = []
        least = -math.inf
        for at, shared in self._choices():
            inner = at[:-1]
            hope = shared + most
            bound = sum([entries[n] for n in inner]) + max([leads[n] for n in inner])
            if hope + bound + max([hopes.ends[n] for n in at[1:]]) < least:
                continue
            for order in _ORDERS[len(inner)]:
                if hope + hopes.of(at, order) < least:
                    continue
                columns = self._columns(at, order)
                numbers = self._reading.score_of_numbers(columns)
                score = shared + self._scores.of(at, order) + numbers
                insort(found, (score, columns), key=_rank_of)
                del found[_RANKED:]
                least = min(here, found[0][0])
                if len(found) == _RANKED:
                    least = max(least, found[-1][0])
        return found

    def _choices(self) -> Iterator[tuple[Sequence[int], float]]:
        """The bounds of columns, and what all orders of these columns have in common."""
        last = len(self._bounds) - 1
        for parts in range(1, min(_MAX_COLUMNS, last)):
            whole = self._unbroken - COST_OF_MANY_COLUMNS * (parts - 1)
            for chosen in combinations(range(1, last), parts):
                yield (0, *chosen, last), whole - sum([self._breaks[cut] for cut in chosen])

    def _join(self, end: int, start: int) -> float:
        """What it brings to read the column that begins at ``start`` after the one up to ``end``.

        They are two columns, with another between them where the file has them the other way round.
        """
        if not end or end - 1 <= start <= end:
            return -math.inf
        return self._reading.pair_score(self._bounds[end] - 1, self._bounds[start]) - CUT_COST

    def _hopes(self) -> _Scores:
        """The scores, less what starts and joins cost the numbering.

        With the best of numbers they are the most that an order can score: the first list item of a
        column follows those of the piece up to where the column before ends.
        """
        pieces = list(pairwise(self._bounds))
        scores = (self._scores.starts, *self._scores.joins[1:])
        hopes = [
            list(map(sub, row, self._reading.losses_after(before, pieces)))
            for before, row in zip((None, *pieces), scores, strict=True)
        ]
        return _Scores(hopes[0], self._scores.ends, (self._scores.joins[0], *hopes[1:]))

    def _columns(self, at: Sequence[int], order: Permutation) -> Columns:
        """The columns cut at the bounds ``at`` and read in this order."""
        bounds = self._bounds
        return tuple((bounds[at[n]], bounds[at[n + 1]]) for n in order.columns)


def _rank_of(entry: tuple[float, Columns]) -> tuple[float, int]:
    return -entry[0], len(entry[1])
