"""Answers to a question, read as they are needed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, overload
from urllib.parse import urlencode

from speeches.enums import SearchKind, TermKind
from speeches.models.search import SearchDocument

from . import state
from .engine import Engine, Order, engine
from .meanings import Meanings, corrections
from .query import Query, parse
from .snippets import Segment, marked, place_of, snippet

_SHOWN = ("pk", "kind", "number", "title", "url", "day", "anchors", "body")
_TRIED = 8
"""Corrections that are tried before none is offered."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A public piece that answers; ``url`` leads to the paragraph where the words stand."""

    kind: SearchKind
    number: int
    title: tuple[Segment, ...]
    url: str
    snippet: tuple[Segment, ...]
    day: date | None

    def marked_url(self, words: Sequence[str]) -> str:
        """Return the address at which the page marks ``words`` where they stand."""
        path, _sign, anchor = self.url.partition("#")
        return f"{path}?{urlencode({'mark': ' '.join(words)})}{f'#{anchor}' if anchor else ''}"


class Results(Sequence[Hit]):
    """The answers to a question as a list: its length is counted, a slice of it is read.

    Every question has a list; one without any word, number or field has an empty one. A word means
    also the other names of the same body and the synonyms that staff have listed; Latin letters
    that stand nowhere are read as pinyin. With ``at_most`` the list may be cut behind so many
    (``is_cut``), which spares an engine that counts slowly. Reading raises SearchUnavailable where
    a remote engine does not answer.
    """

    def __init__(
        self,
        text: str,
        order: Order = Order(),  # noqa: B008 - immutable
        *,
        at_most: int | None = None,
        by: Engine | None = None,
    ) -> None:
        self.query: Query = parse(text)
        self._order = order
        self._at_most = at_most
        self._by = by

    @cached_property
    def _engine(self) -> Engine:
        return self._by or engine(state.generation())

    @cached_property
    def meanings(self) -> Meanings:
        """The people, bodies and other names that the question may mean."""
        return Meanings(self.query)

    @cached_property
    def _answered(self) -> tuple[Query, int]:
        """The question as it is asked of the engine, and how many answer it."""
        if not self.query:
            return self.query, 0
        asked = self._narrowed(self.meanings.widened())
        count = self._engine.count(asked, at_most=self._at_most)
        read = self.meanings.as_pinyin() if not count else None
        if read:
            asked = self._narrowed(read)
            count = self._engine.count(asked, at_most=self._at_most)
        return asked, count

    def _narrowed(self, query: Query) -> Query:
        return query.narrowed_to(*self._order.marks())

    @property
    def words(self) -> tuple[str, ...]:
        """The runs that are marked where they stand."""
        return self._answered[0].words

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are listed."""
        return self._at_most is not None and self._answered[1] > self._at_most

    def __len__(self) -> int:
        count = self._answered[1]
        return count if self._at_most is None else min(count, self._at_most)

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
        asked, total = self._answered
        keys = self._engine.find(
            asked, total=total, by_date=self._order.by_date, limit=stop - start, offset=start
        )
        found = SearchDocument.objects.filter(pk__in=keys).values_list(*_SHOWN, named=True)
        shown = {row.pk: row for row in found}
        return [_hit(shown[key], asked.words) for key in keys if key in shown]

    def numbers(self) -> list[int]:
        """Return the public numbers of all that are listed, in order."""
        asked, total = self._answered
        keys = self._engine.find(
            asked, total=total, by_date=self._order.by_date, limit=len(self), offset=0
        )
        found = SearchDocument.objects.filter(pk__in=keys).values_list("pk", "number")
        by_key = dict(found)
        return [by_key[key] for key in keys if key in by_key]

    def tally(self) -> Counter[str]:
        """Return how many of the answers carry each mark (``search.marks``)."""
        return self._engine.tally(self._answered[0]) if self.query else Counter()

    def did_you_mean(self) -> str:
        """Return a question that sounds alike and has answers; empty where there is none."""
        if not self.query.wanted:
            return ""
        return next((text for text in islice(self._corrections(), _TRIED) if text), "")

    def _corrections(self) -> Iterator[str]:
        for text in corrections(self.query):
            asked = self._narrowed(parse(text))
            yield text if self._engine.count(asked, at_most=1) else ""

    def people(self) -> list[int]:
        """Return the numbers of the people who are named."""
        return self.meanings.named(TermKind.PERSON)

    def bodies(self) -> list[int]:
        """Return the numbers of the bodies that are named."""
        return self.meanings.named(TermKind.BODY)


def _hit(shown: Any, words: Sequence[str]) -> Hit:
    lines = shown.body.split("\n")
    place = place_of(lines, shown.anchors, words)
    anchor = shown.anchors[place] if place < len(shown.anchors) else ""
    return Hit(
        kind=SearchKind(shown.kind),
        number=shown.number,
        title=marked(shown.title, words),
        url=f"{shown.url}#{anchor}" if anchor else shown.url,
        snippet=snippet(lines[place], words),
        day=shown.day,
    )
