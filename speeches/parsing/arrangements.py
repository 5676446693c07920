"""Every order of two to four columns of one body, scored quickly: all but the numbering.

A body cut at nine places has a thousand such orders, so what they share is looked up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from .scoring import COST_OF_MANY_COLUMNS, CUT_COST, Columns, Reading

_MAX_COLUMNS = 4


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


class Arrangements:
    """The orders of a body's columns, which may begin at ``cuts``; file order is not among them."""

    def __init__(self, reading: Reading, cuts: Sequence[int], count: int) -> None:
        self._bounds = (0, *cuts, count)
        inner, last = range(len(cuts) + 1), range(1, len(cuts) + 2)
        self._starts = [reading.start_score(self._bounds[at]) for at in inner]
        self._ends = [0.0, *(reading.end_score(self._bounds[at] - 1) for at in last)]
        self._joins = [
            [
                reading.pair_score(self._bounds[end] - 1, self._bounds[start]) - CUT_COST
                for start in inner
            ]
            if end
            else []
            for end in (0, *last)
        ]
        self._breaks = [reading.cost_of_break(self._bounds[at]) if at else 0.0 for at in inner]
        self._unbroken = reading.sum_of_pairs()

    def __iter__(self) -> Iterator[tuple[float, Sequence[int], Permutation]]:
        """The score of every order without its numbering; the last two make its ``columns``."""
        starts, ends, joins = self._starts, self._ends, self._joins
        last = len(self._bounds) - 1
        for parts in range(1, _MAX_COLUMNS):
            extra = COST_OF_MANY_COLUMNS * (parts - 1)
            for chosen in combinations(range(1, last), parts):
                at = (0, *chosen, last)
                shared = self._unbroken - extra - sum([self._breaks[cut] for cut in chosen])
                for order in _ORDERS[parts + 1]:
                    score = shared + starts[at[order.columns[0]]] + ends[at[order.columns[-1] + 1]]
                    for end, start in order.joins:
                        score += joins[at[end]][at[start]]
                    yield score, at, order

    def columns(self, at: Sequence[int], order: Permutation) -> Columns:
        """The columns cut at the bounds ``at`` and read in this order."""
        bounds = self._bounds
        return tuple((bounds[at[n]], bounds[at[n + 1]]) for n in order.columns)
