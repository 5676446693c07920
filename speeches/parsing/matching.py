"""Two digests of one meeting, speech by speech and paragraph by paragraph.

Pure data in, pure data out: places count from 0. "Ours" is what is there, "theirs" what a file
brings. Every place of either side is in exactly one pair.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

Pairs = Counter[tuple[str, str]]

_TITLE, _BYLINE, _TEXT = 0.25, 0.25, 0.5
"""What a title, a signature and a text weigh: a speech that was retitled and signed anew is still
known by its text, one that was rewritten by title and signature together."""
_SAME_SPEECH = 0.45
"""Above this two speeches are one: a little less than title and signature alike."""
_SAME_PARAGRAPH = 0.4
"""Above this share of common character pairs a paragraph was changed, below it replaced."""
_MOVED_PARAGRAPH = 0.6
"""The same for paragraphs that stand in different places, where order is no evidence."""


class Kind(StrEnum):
    """What became of a paragraph. ``MOVED`` ones stand elsewhere, changed or not."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Outline:
    """A speech as far as it tells which one it is."""

    title: str
    byline: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechPair:
    """A speech of ours and the same in theirs; None where the other side has none."""

    ours: int | None
    theirs: int | None


@dataclass(frozen=True, slots=True)
class ParagraphPair:
    """A paragraph of ours and what it is in theirs; None where the other side has none."""

    kind: Kind
    ours: int | None
    theirs: int | None


def plain(text: str) -> str:
    """Return ``text`` with its blanks brought to one each: how it is set makes no difference."""
    return " ".join(text.split())


def similarity(one: str, other: str) -> float:
    """Return the share of neighbouring characters that two texts have in common, from 0 to 1.

    It is the Dice coefficient of their character pairs; blanks do not count.
    """
    return _likeness(_pairs_of(one), _pairs_of(other))


def match_speeches(ours: Sequence[Outline], theirs: Sequence[Outline]) -> list[SpeechPair]:
    """Return which speech is which: in the order of ``theirs``, then what only ``ours`` has.

    The likest pair is taken first, whatever the order of either side; of equally like pairs the
    one that stands first.
    """
    found = _identical(ours, theirs)
    taken = set(found.values())
    left_ours = [our for our in range(len(ours)) if our not in taken]
    left_theirs = [their for their in range(len(theirs)) if their not in found]
    likest = sorted(
        _candidates([ours[our] for our in left_ours], [theirs[their] for their in left_theirs])
    )
    for their, our in ((left_theirs[place], left_ours[other]) for _score, place, other in likest):
        if their not in found and our not in taken:
            found[their] = our
            taken.add(our)
    pairs = [SpeechPair(found.get(their), their) for their in range(len(theirs))]
    return pairs + [SpeechPair(our, None) for our in range(len(ours)) if our not in taken]


def _identical(ours: Sequence[Outline], theirs: Sequence[Outline]) -> dict[int, int]:
    """Return the pairs that read the same, by their place in ``theirs``."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for our in reversed(range(len(ours))):
        places[tuple(_keys(ours[our]))].append(our)
    found: dict[int, int] = {}
    for their, outline in enumerate(theirs):
        if same := places[tuple(_keys(outline))]:
            found[their] = same.pop()
    return found


def _candidates(
    ours: Sequence[Outline], theirs: Sequence[Outline]
) -> Iterator[tuple[float, int, int]]:
    """Yield the pairs alike enough, their likeness negated, so that the likest sorts first."""
    our_traits, their_traits = _traits(ours), _traits(theirs)
    for their, our in sorted(_with_something_in_common(ours, theirs)):
        score = sum(
            weight * _likeness(one, other)
            for weight, one, other in zip(
                (_TITLE, _BYLINE, _TEXT), our_traits[our], their_traits[their], strict=True
            )
        )
        if score >= _SAME_SPEECH:
            yield -round(score, 6), their, our


def _with_something_in_common(
    ours: Sequence[Outline], theirs: Sequence[Outline]
) -> set[tuple[int, int]]:
    """Return the pairs that share a title, a signature or a paragraph.

    Where a speech shares none of them with any other, it may be any of those left as well: so a
    long meeting is compared in the time of its length, not of its square.
    """
    places: dict[str, set[int]] = defaultdict(set)
    for our, outline in enumerate(ours):
        for key in _keys(outline):
            places[key].add(our)
    common = {
        (their, our)
        for their, outline in enumerate(theirs)
        for key in _keys(outline)
        for our in places.get(key, ())
    }
    known_theirs = {their for their, _our in common}
    known_ours = {our for _their, our in common}
    return common | {
        (their, our)
        for their in range(len(theirs))
        for our in range(len(ours))
        if their not in known_theirs or our not in known_ours
    }


def _keys(outline: Outline) -> Iterator[str]:
    for trait, text in (("title", outline.title), ("byline", outline.byline)):
        if text.strip():
            yield f"{trait} {_bare(text)}"
    for paragraph in outline.paragraphs:
        yield f"text {_bare(paragraph)}"


def _bare(text: str) -> str:
    return "".join(text.split())


def _traits(outlines: Iterable[Outline]) -> list[tuple[Pairs, Pairs, Pairs]]:
    return [
        (
            _pairs_of(outline.title),
            _pairs_of(outline.byline),
            _pairs_of("".join(outline.paragraphs)),
        )
        for outline in outlines
    ]


def _pairs_of(text: str) -> Pairs:
    """Return the neighbouring characters of a text, its edges being characters as well."""
    bare = _bare(text)
    return Counter(pairwise(f"\n{bare}\n")) if bare else Counter()


def _likeness(one: Pairs, other: Pairs) -> float:
    """Return the Dice coefficient; what is not there is like nothing, not even like itself."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    size = one.total() + other.total()
    small, large = sorted((one, other), key=len)
    shared = sum(min(times, large[pair]) for pair, times in small.items() if pair in large)
    return 2 * shared / size


def match_paragraphs(ours: Sequence[str], theirs: Sequence[str]) -> list[ParagraphPair]:
    """Return what became of each paragraph, in the order in which a reader compares them.

    That is the order of ``theirs``; a paragraph that only ``ours`` has stands after the one that
    it followed there.
    """
    was, now = [plain(text) for text in ours], [plain(text) for text in theirs]
    found: dict[int, tuple[Kind, int]] = {}
    for our, their in _aligned(was, now):
        found[their] = (Kind.SAME if was[our] == now[their] else Kind.CHANGED, our)
    found |= _moved(was, now, found)
    return _in_reading_order(len(ours), len(theirs), found)


def _aligned(was: list[str], now: list[str]) -> list[tuple[int, int]]:
    """Return the pairs alike enough that keep the order and together share the most.

    What both texts begin and end with is paired first: only the stretch between is weighed.
    """
    shorter = min(len(was), len(now))
    head = 0
    while head < shorter and was[head] == now[head]:
        head += 1
    tail = 0
    while tail < shorter - head and was[-1 - tail] == now[-1 - tail]:
        tail += 1
    between = _weighed(was[head : len(was) - tail], now[head : len(now) - tail])
    return [
        *((place, place) for place in range(head)),
        *((our + head, their + head) for our, their in between),
        *((len(was) - place, len(now) - place) for place in range(tail, 0, -1)),
    ]


def _weighed(was: list[str], now: list[str]) -> list[tuple[int, int]]:
    ours, theirs = ([_pairs_of(text) for text in side] for side in (was, now))
    likeness = [[_likeness(one, other) for other in theirs] for one in ours]
    best = [[0.0] * (len(now) + 1) for _row in range(len(was) + 1)]
    for our in reversed(range(len(was))):
        for their in reversed(range(len(now))):
            paired = likeness[our][their]
            best[our][their] = max(
                best[our + 1][their],
                best[our][their + 1],
                paired + best[our + 1][their + 1] if paired >= _SAME_PARAGRAPH else 0,
            )
    pairs: list[tuple[int, int]] = []
    our = their = 0
    while our < len(was) and their < len(now):
        if best[our][their] == best[our + 1][their]:
            our += 1
        elif best[our][their] == best[our][their + 1]:
            their += 1
        else:
            pairs.append((our, their))
            our, their = our + 1, their + 1
    return pairs


def _moved(
    was: list[str], now: list[str], found: dict[int, tuple[Kind, int]]
) -> dict[int, tuple[Kind, int]]:
    taken = {our for _kind, our in found.values()}
    left = {our: _pairs_of(was[our]) for our in range(len(was)) if our not in taken}
    new = {their: _pairs_of(now[their]) for their in range(len(now)) if their not in found}
    scored = sorted(
        (-round(score, 6), their, our)
        for their, one in new.items()
        for our, other in left.items()
        if (score := _likeness(one, other)) >= _MOVED_PARAGRAPH
    )
    moved: dict[int, tuple[Kind, int]] = {}
    for _score, their, our in scored:
        if their not in moved and our in left:
            moved[their] = (Kind.MOVED, our)
            del left[our]
    return moved


def _in_reading_order(
    ours: int, theirs: int, found: dict[int, tuple[Kind, int]]
) -> list[ParagraphPair]:
    place_of = {our: their for their, (_kind, our) in found.items()}
    removed: dict[int, list[int]] = defaultdict(list)
    before = -1
    for our in range(ours):
        if our not in place_of:
            removed[before].append(our)
        elif found[place_of[our]][0] is not Kind.MOVED:
            before = place_of[our]
    pairs: list[ParagraphPair] = []
    for their in range(-1, theirs):
        if their >= 0:
            kind, our_place = found.get(their, (Kind.ADDED, None))
            pairs.append(ParagraphPair(kind, our_place, their))
        pairs += (ParagraphPair(Kind.REMOVED, our, None) for our in removed[their])
    return pairs
