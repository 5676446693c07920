"""List items of one body: which are headings, which were torn off, how long their kin are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .numbering import Marker

_CLAUSE = re.compile("(?P<clause>[^，。；：！？]+)[，。；：！？]")
_LONGEST_CLAUSE = 24
_LEAST_HEADINGS = 2
_DEEPEST_HEADING = 3
_LEAST_SIBLINGS = 2
_SLOGAN = re.compile("[^，。；：！？0-9]{5,18}。")
_LEAST_PARALLEL = 2

Text = tuple[str, tuple[Marker, ...]]
"""A passage's text and the markers in it."""


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a body, by the index of their passage.

    ``headings`` stand alone above the text they head. ``bare`` is the one item that has no more
    than its first clause while its siblings go on. ``rhythm`` are levels and lengths of first
    clauses, which are alike in parallel style (一是优化布局。二是建强队伍。). ``parallel`` passages
    make a list without numbers (在建言献策上下功夫。… 在联农带农上见实效。…).
    """

    headings: frozenset[int]
    bare: int | None
    rhythm: frozenset[tuple[int, int]]
    parallel: frozenset[int] = frozenset()


def read_items(texts: Sequence[Text]) -> Items:
    """Look at all list items of a body together."""
    rhythm = frozenset(
        (marker.level, len(head))
        for text, markers in texts
        for marker in markers
        if (head := item_head(text, marker)) is not None
    )
    return Items(_find_headings(texts), _find_bare(texts), rhythm, _find_parallel(texts))


def item_head(text: str, marker: Marker) -> str | None:
    """The first clause of a list item (优化布局 of 一是优化布局。), None where it has no end."""
    match = _CLAUSE.match(text, marker.end, marker.end + _LONGEST_CLAUSE)
    return match["clause"] if match else None


def _find_headings(texts: Sequence[Text]) -> frozenset[int]:
    """Short items without a full stop, above unnumbered text, if most items of a level are so."""
    leading = Counter(_leading_level(markers) for _, markers in texts)
    candidates = [
        at
        for at, text in enumerate(texts[:-1])
        if _may_be_heading(*text) and _leading_level(texts[at + 1][1]) == 0
    ]
    levels = Counter(_leading_level(texts[at][1]) for at in candidates)
    return frozenset(
        at
        for at in candidates
        if (count := levels[level := _leading_level(texts[at][1])]) >= _LEAST_HEADINGS
        and 2 * count >= leading[level]
    )


def _find_parallel(texts: Sequence[Text]) -> frozenset[int]:
    """Unnumbered passages that begin with a short sentence of the same first character."""
    begun: dict[str, list[int]] = {}
    for at, (text, markers) in enumerate(texts):
        if not _leading_level(markers) and _SLOGAN.match(text):
            begun.setdefault(text[0], []).append(at)
    return frozenset(at for kin in begun.values() if len(kin) >= _LEAST_PARALLEL for at in kin)


def _may_be_heading(text: str, markers: tuple[Marker, ...]) -> bool:
    if not 1 <= _leading_level(markers) <= _DEEPEST_HEADING:
        return False
    return 6 <= len(text) <= 40 and not re.search("[。；！？]", text) and text[-1] not in "，、"


def _find_bare(texts: Sequence[Text]) -> int | None:
    bare: list[int] = []
    longer: Counter[int] = Counter()
    for at, (text, markers) in enumerate(texts):
        level = _leading_level(markers)
        if not level:
            continue
        head = item_head(text, markers[0])
        if head is not None and len(text) == markers[0].end + len(head) + 1:
            bare.append(at)
        else:
            longer[level] += 1
    if len(bare) != 1 or longer[_leading_level(texts[bare[0]][1])] < _LEAST_SIBLINGS:
        return None
    return bare[0]


def _leading_level(markers: tuple[Marker, ...]) -> int:
    """The level of the marker that begins a text, 0 where none does."""
    return markers[0].level if markers and markers[0].leading else 0
