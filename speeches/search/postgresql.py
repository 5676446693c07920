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

_INSERT = (
    "INSERT INTO speeches_searchindex (document_id, title, words, folded) "
    "VALUES (%s, %s::tsvector, %s::tsvector, %s)"
)
_MATCHING = (
    "FROM speeches_searchindex entry JOIN speeches_searchdocument document "
    "ON document.id = entry.document_id WHERE "
)


class PostgresqlEngine:
    """See ``engine.Engine``."""

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents that are not in the index."""
        with connection.cursor() as cursor:
            cursor.executemany(
                _INSERT,
                [
                    (
                        document.pk,
                        _vector(document.title),
                        _vector(f"{document.title}\n{document.body}"),
                        fold(f"{document.title}\n{document.body}").replace("\0", ""),
                    )
                    for document in documents
                ],
            )

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Take documents out."""
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM speeches_searchindex WHERE document_id = ANY(%s)",
                [[document.pk for document in documents]],
            )

    def clear(self) -> None:
        """Empty the index."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM speeches_searchindex")

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT document_id FROM speeches_searchindex")
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
        sort = "(entry.title @@ %s::tsquery) DESC, " if in_title else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT document.id {_MATCHING}{condition} "
                f"ORDER BY {sort}document.day DESC NULLS LAST, document.id LIMIT %s OFFSET %s",
                [*values, *in_title, limit, offset],
            )
            return [number for (number,) in cursor.fetchall()]


def _condition(query: Query, order: Order) -> tuple[str, list[str]]:
    """Every bigram in title or text, then each run in the folded text, letter by letter."""
    parts = ["entry.words @@ %s::tsquery"]
    values = [_tsquery(query.wanted)]
    for run in query.wanted:
        parts.append("entry.folded LIKE %s")
        values.append(_like(run))
    for run in query.unwanted:
        parts.append("entry.folded NOT LIKE %s")
        values.append(_like(run))
    if order.kind:
        parts.append("document.kind = %s")
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
