"""Which speeches name a piece beside their own text: what ``public.related`` finds, the other way.

A page shows the few pieces that share most with its speech, so a new piece is on few of the pages
that share something with it. Speeches of the same topics, body and indicators see the same pieces;
the order is therefore made once for each such group, and in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from speeches.models.editions import FigureEdition, SpeechEdition, WorkItemEdition

SPEECHES_SHOWN = 4
WORK_SHOWN = 4
WEIGHT_OF_TOPIC = 2
WEIGHT_OF_INDICATOR = 2
WEIGHT_OF_BODY = 1
"""What is shared counts so much."""


@dataclass(slots=True)
class _Piece:
    """A public speech or piece of work: ``speech`` is its own number, or that of its speech."""

    number: int
    speech: int | None
    newest: tuple[datetime, int]
    body: int | None
    topics: set[int] = field(default_factory=set)
    indicators: set[int] = field(default_factory=set)

    @property
    def traits(self) -> frozenset[tuple[str, int]]:
        """What it may share with others."""
        body = {("body", self.body)} if self.body else set()
        topics = {("topic", number) for number in self.topics}
        return frozenset({*body, *topics, *(("indicator", number) for number in self.indicators)})


_WEIGHTS = {"body": WEIGHT_OF_BODY, "topic": WEIGHT_OF_TOPIC, "indicator": WEIGHT_OF_INDICATOR}


def naming(speeches: set[int], work: set[int]) -> set[int]:
    """Return the public speeches whose pages name any of these public pieces as related."""
    spoken, worked = _speeches(), _work()
    found = set()
    for pieces, wanted, shown in ((spoken, speeches, SPEECHES_SHOWN), (worked, work, WORK_SHOWN)):
        near = _Near(pieces)
        touched = [piece for piece in pieces if piece.number in wanted]
        traits = {trait for piece in touched for trait in piece.traits}
        groups = defaultdict(list)
        for speech in spoken:
            if not traits.isdisjoint(speech.traits):
                groups[speech.traits].append(speech.number)
        for shared, numbers in groups.items():
            order = near.order(shared)
            for number in numbers:
                if any(piece.number in wanted for piece in _shown(order, number, shown)):
                    found.add(number)
    return found


def _shown(order: Iterable[_Piece], speech: int, most: int) -> Iterator[_Piece]:
    """Yield the pieces that the page of ``speech`` shows: none is its own."""
    left = most
    for piece in order:
        if not left:
            return
        if piece.speech != speech:
            yield piece
            left -= 1


class _Near:
    """Pieces by what they may share."""

    def __init__(self, pieces: Iterable[_Piece]) -> None:
        self._by_trait: dict[tuple[str, int], list[_Piece]] = defaultdict(list)
        for piece in pieces:
            for trait in piece.traits:
                self._by_trait[trait].append(piece)

    def order(self, traits: frozenset[tuple[str, int]]) -> list[_Piece]:
        """Return what shares any of ``traits``, the nearest first and then the newest."""
        shared: dict[int, set[tuple[str, int]]] = defaultdict(set)
        found = {}
        for trait in traits:
            for piece in self._by_trait.get(trait, ()):
                found[piece.number] = piece
                shared[piece.number].add(trait if trait[0] == "topic" else (trait[0], 0))

        def nearness(piece: _Piece) -> tuple[int, tuple[datetime, int]]:
            return sum(_WEIGHTS[kind] for kind, _number in shared[piece.number]), piece.newest

        return sorted(found.values(), key=nearness, reverse=True)


def _speeches() -> list[_Piece]:
    current = SpeechEdition.objects.current().order_by()
    rows = current.values_list("pk", "speech_id", "speech_id", "first_published_at", "organization")
    measured = FigureEdition.objects.filter(edition__closed_at__isnull=True)
    found = _with_topics(rows, current)
    by_number = {piece.number: piece for piece in found}
    for number, indicator in _indicators(measured, "edition__speech_id"):
        if number in by_number:
            by_number[number].indicators.add(indicator)
    return found


def _work() -> list[_Piece]:
    current = WorkItemEdition.objects.current().order_by()
    columns = ("pk", "work_item_id", "speech_id", "first_published_at", "organization")
    found = _with_topics(current.values_list(*columns), current)
    by_number = {piece.number: piece for piece in found}
    measured = FigureEdition.objects.filter(edition__closed_at__isnull=True)
    for number, indicator in _indicators(measured, "edition__work_item_id"):
        by_number[number].indicators.add(indicator)
    return found


def _with_topics(rows: Iterable[Any], current: Any) -> list[_Piece]:
    found = {
        pk: _Piece(number, speech, (published_at, pk), body)
        for pk, number, speech, published_at, body in rows
    }
    for pk, topic in current.values_list("pk", "tags"):
        if topic:
            found[pk].topics.add(topic)
    return list(found.values())


def _indicators(figures: Any, owner: str) -> Any:
    return figures.exclude(indicator=None).order_by().values_list(owner, "indicator_id")
