"""What an engine does, and which one serves the database in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from speeches.models.search import SearchDocument

from .query import Query


@dataclass(frozen=True, slots=True)
class Order:
    """How answers are sorted and narrowed: ``by_date`` or by relevance, of one ``kind`` or all."""

    by_date: bool = False
    kind: str = ""


class Engine(Protocol):
    """An index of the documents, written in the transaction of the caller."""

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents that are not in the index."""

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Take documents out, as they were when they were added."""

    def clear(self) -> None:
        """Empty the index."""

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""

    def count(self, query: Query, order: Order) -> int:
        """Return how many documents answer ``query``."""

    def find(self, query: Query, order: Order, *, limit: int, offset: int) -> list[int]:
        """Return the primary keys of the answers, the best first."""


def engine() -> Engine:
    """Return the engine of the database in use."""
    if connection.vendor == "postgresql":
        from .postgresql import PostgresqlEngine  # noqa: PLC0415 - only the engine in use

        return PostgresqlEngine()
    from .sqlite import SqliteEngine  # noqa: PLC0415 - only the engine in use

    return SqliteEngine()
