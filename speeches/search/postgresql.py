"""PostgreSQL: tsvectors made by our tokeniser narrow the documents, the text itself decides.

The vectors are built here and cast, never by ``to_tsvector``, whose parser knows no Chinese. A
tsvector keeps no position past 16,383, so a phrase is checked in the folded text instead. What
holds the words in its title comes first, then the newest.
"""

from collections.abc import Sequence

from django.db import connection

from speeches.models.search import SearchDocument

from .engine import Order
from .query import Query
from .tokens import bigrams, fold, tokens

_FILL = (
    "UPDATE speeches_searchdocument "
    "SET title_words = %s::tsvector, words = %s::tsvector, folded = %s WHERE id = %s"
)
_MATCHING = "FROM speeches_searchdocument WHERE "


class PostgresqlEngine:
    """See ``engine.Engine``."""

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents that are not in the index."""
        with connection.cursor() as cursor:
            cursor.executemany(
                _FILL,
                [
                    (
                        _vector(document.title),
                        _vector(f"{document.title}\n{document.body}"),
                        fold(f"{document.title}\n{document.body}").replace("\0", ""),
                        document.pk,
                    )
                    for document in documents
                ],
            )

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Take documents out."""
        keys = [document.pk for document in documents]
        self._empty("WHERE id = ANY(%s)", [keys])

    def clear(self) -> None:
        """Empty the index."""
        self._empty("", [])

    @staticmethod
    def _empty(condition: str, values: list[list[int]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE speeches_searchdocument "  # noqa: S608 - constants
                f"SET title_words = NULL, words = NULL, folded = NULL {condition}",
                values,
            )

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM speeches_searchdocument WHERE words IS NOT NULL")
            return {number for (number,) in cursor.fetchall()}

    def count(self, query: Query, order: Order) -> int:
        """Return how many documents answer ``query``."""
        condition, values = _condition(query, order)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {_MATCHING}{condition}", values)
            (count,) = cursor.fetchone()
        return int(count)

    def find(self, query: Query, order: Order, *, limit: int, offset: int) -> list[int]:
        """Return the primary keys of the answers, the best first."""
        condition, values = _condition(query, order)
        in_title = [] if order.by_date else [_tsquery(query.wanted)]
        sort = "(title_words @@ %s::tsquery) DESC, " if in_title else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id {_MATCHING}{condition} "
                f"ORDER BY {sort}day DESC NULLS LAST, id LIMIT %s OFFSET %s",
                [*values, *in_title, limit, offset],
            )
            return [number for (number,) in cursor.fetchall()]


def _condition(query: Query, order: Order) -> tuple[str, list[str]]:
    """Every bigram in title or text, then each run in the folded text, letter by letter."""
    parts = ["words @@ %s::tsquery"]
    values = [_tsquery(query.wanted)]
    for run in query.wanted:
        parts.append("folded LIKE %s")
        values.append(_like(run))
    for run in query.unwanted:
        parts.append("folded NOT LIKE %s")
        values.append(_like(run))
    if order.kind:
        parts.append("kind = %s")
        values.append(order.kind)
    return " AND ".join(parts), values


def _like(run: str) -> str:
    return "%" + run.replace("%", r"\%") + "%"


def _tsquery(wanted: Sequence[str]) -> str:
    terms = dict.fromkeys(
        term
        for run in wanted
        for term in ([f"'{run}':*"] if len(run) == 1 else [f"'{token}'" for token in bigrams(run)])
    )
    return " & ".join(terms)


def _vector(text: str) -> str:
    return " ".join(f"'{token}'" for token in dict.fromkeys(tokens(text)))
