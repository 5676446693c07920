"""Positions for speeches that a file adds or moves, with as few others disturbed as can be.

A published speech whose position changes needs its reviews again, so those that stand in order
already keep their numbers; what comes between two of them shares a number and is told apart by the
number of its draft, as everywhere (``position``, then ``pk``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Place = tuple[int, int]

_NEW = 10**12
"""Drafts that are not stored yet will get higher numbers than all that are, in this order."""


def planned_positions(
    rows: Sequence[tuple[int, Place | None]], *, keep_order: bool = False
) -> dict[int, int]:
    """Return the positions that change, by key, when ``rows`` are to stand in the given order.

    Each row is a key and the place (position, pk) of its draft, None where it is new. With
    ``keep_order`` what is there stays where it is, in whatever order.
    """
    places = [place for _key, place in rows if place is not None]
    staying = set(places) if keep_order else _longest_rising(places)
    following = _following(rows, staying)
    planned: dict[int, int] = {}
    last: Place | None = None
    for number, (key, place) in enumerate(rows):
        pk = place[1] if place else _NEW + number
        if place in staying and (keep_order or last is None or place > last):
            last = place
            continue
        position = _between(last, pk, following[number])
        if place is None or position != place[0]:
            planned[key] = position
        last = (position, pk)
    return planned


def _following(rows: Sequence[tuple[int, Place | None]], staying: set[Place]) -> list[Place | None]:
    """Return for each row the next place that stays."""
    found: list[Place | None] = []
    following: Place | None = None
    for _key, place in reversed(rows):
        found.append(following)
        following = place if place in staying else following
    return found[::-1]


def _between(last: Place | None, pk: int, following: Place | None) -> int:
    if last is None:
        return max(following[0] - 1, 0) if following else 1
    if pk > last[1]:
        return last[0]
    if following and following > last and pk < following[1]:
        return following[0]
    return last[0] + 1


def _longest_rising(places: Sequence[Place]) -> set[Place]:
    """Return the longest run of ``places``, gaps allowed, that stands in rising order."""
    ends: list[Place] = []
    lengths: list[int] = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    found: set[Place] = set()
    wanted = len(ends) - 1
    for place, length in zip(reversed(places), reversed(lengths), strict=True):
        if length == wanted:
            found.add(place)
            wanted -= 1
    return found
