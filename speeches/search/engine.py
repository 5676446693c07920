"""What an engine does, and which one the office has chosen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from speeches.exceptions import SpeechesError
from speeches.models.search import SearchDocument

from . import marks
from .query import Query

TALLIED = 20_000
"""Answers that are counted by kind, body, year, topic and meeting: the newest, where more."""


class SearchUnavailable(SpeechesError):
    """The engine does not answer, or refuses the question."""


@dataclass(frozen=True, slots=True)
class Order:
    """How answers are sorted and narrowed.

    ``by_date`` or by relevance; ``kind`` is a ``SearchKind``; ``organization``, ``speaker`` and
    ``meeting`` are numbers, ``year`` four digits and ``topic`` a name. Empty ones narrow nothing,
    and what nothing carries finds nothing.
    """

    by_date: bool = False
    kind: str = ""
    organization: str = ""
    speaker: str = ""
    meeting: str = ""
    year: str = ""
    topic: str = ""

    def marks(self) -> Iterator[tuple[str, ...]]:
        """Return the marks that a piece must carry."""
        if self.kind:
            yield (marks.kind_mark(self.kind),)
        for prefix, value in (
            (marks.ORGANIZATION, self.organization),
            (marks.SPEAKER, self.speaker),
            (marks.MEETING, self.meeting),
            (marks.YEAR, self.year),
            (marks.TOPIC, self.topic),
        ):
            if value:
                yield (marks.mark(prefix, value),)


class Engine(Protocol):
    """One build of an index. Whatever the database itself holds joins the caller's transaction."""

    def prepare(self) -> None:
        """Make this build, empty; what was there of it is gone."""

    def fill(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents of a build that nobody searches yet."""

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents that are not in the index, with the transaction of the caller."""

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Take documents out, as they were when they were added."""

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""

    def count(self, query: Query, *, at_most: int | None = None) -> int:
        """Return how many documents answer ``query``.

        With ``at_most`` an engine for which counting is dear may stop behind that number.
        """

    def find(
        self, query: Query, *, total: int, by_date: bool, limit: int, offset: int
    ) -> list[int]:
        """Return the primary keys of the answers, the best or the newest first.

        ``total`` is what ``count`` returned.
        """

    def tally(self, query: Query) -> Counter[str]:
        """Return how many of the answers, ``TALLIED`` at most, carry each mark."""


def engine(generation: int) -> Engine:
    """Return the engine of ``SEARCH_ENGINE`` over one build of its index.

    Without the setting it is the engine of the database in use.
    """
    name = settings.SEARCH_ENGINE or connection.vendor
    # Only the engine in use is imported: OpenSearch needs an optional package.
    if name == "sqlite":
        from .sqlite import SqliteEngine  # noqa: PLC0415

        return SqliteEngine(generation)
    if name == "postgresql":
        from .postgresql import PostgresqlEngine  # noqa: PLC0415

        return PostgresqlEngine(generation)
    if name == "opensearch":
        from .opensearch import OpenSearchEngine  # noqa: PLC0415

        return OpenSearchEngine(generation)
    raise ImproperlyConfigured(f"There is no search engine {name!r}.")


def tallied(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return how often each mark occurs, from marks in one text with the number of its answers."""
    found: Counter[str] = Counter()
    for row, times in rows:
        for item in row.split(" "):
            found[item] += times
    return found
