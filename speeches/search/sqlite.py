"""SQLite: a contentless FTS5 table that holds the tokens of titles and texts."""

from collections.abc import Sequence

from django.db import connection

from speeches.models.search import SearchDocument

from .engine import Order
from .query import Query
from .tokens import bigrams, tokens

_MATCHING = (
    "FROM speeches_searchindex JOIN speeches_searchdocument document "
    "ON document.id = speeches_searchindex.rowid WHERE speeches_searchindex MATCH %s"
)
_INSERT = "INSERT INTO speeches_searchindex (rowid, title, body) VALUES (%s, %s, %s)"
_DELETE = (
    "INSERT INTO speeches_searchindex (speeches_searchindex, rowid, title, body) "
    "VALUES ('delete', %s, %s, %s)"
)


class SqliteEngine:
    """See ``engine.Engine``."""

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents that are not in the index."""
        self._write(_INSERT, documents)

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Take documents out; FTS5 asks for the tokens that were put in."""
        self._write(_DELETE, documents)

    @staticmethod
    def _write(statement: str, documents: Sequence[SearchDocument]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                statement,
                [
                    (document.pk, " ".join(tokens(document.title)), " ".join(tokens(document.body)))
                    for document in documents
                ],
            )

    def clear(self) -> None:
        """Empty the index."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO speeches_searchindex (speeches_searchindex) VALUES ('delete-all')"
            )

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM speeches_searchindex_docsize")
            return {number for (number,) in cursor.fetchall()}

    def count(self, query: Query, order: Order) -> int:
        """Return how many documents answer ``query``."""
        narrowed, values = _narrowed(order)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {_MATCHING}{narrowed}", [_match(query), *values])
            (count,) = cursor.fetchone()
        return int(count)

    def find(self, query: Query, order: Order, *, limit: int, offset: int) -> list[int]:
        """Return the primary keys of the answers, the best first."""
        narrowed, values = _narrowed(order)
        sort = "document.day DESC" if order.by_date else "bm25(speeches_searchindex, 10.0, 1.0)"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT document.id {_MATCHING}{narrowed} "
                f"ORDER BY {sort}, document.day DESC, document.id LIMIT %s OFFSET %s",
                [_match(query), *values, limit, offset],
            )
            return [number for (number,) in cursor.fetchall()]


def _narrowed(order: Order) -> tuple[str, list[str]]:
    return (" AND document.kind = %s", [order.kind]) if order.kind else ("", [])


def _match(query: Query) -> str:
    wanted = " AND ".join(map(_phrase, query.wanted))
    unwanted = "".join(f" NOT {_phrase(run)}" for run in query.unwanted)
    return f"({wanted}){unwanted}"


def _phrase(run: str) -> str:
    """The run as a phrase of its bigrams; one character begins a token."""
    return f'"{run}" *' if len(run) == 1 else f'"{" ".join(bigrams(run))}"'
