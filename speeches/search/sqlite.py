"""SQLite: a contentless FTS5 table that holds the tokens of titles and texts, and the marks.

BM25 ranks up to ``RANKED`` answers, a title tenfold. It counts every word in the whole index, which
costs the more the commoner a word is. Where there are more answers, those with all words in the
title come first, behind them the ``HEAD`` newest by how often the words stand in them, and then the
others by date: what that costs does not grow with the index.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, cast

from django.db import connection

from speeches.models.search import SearchDocument

from .engine import TALLIED, tallied
from .marks import IN_TITLE
from .query import Phrase, Query
from .ranking import RANKED, of_many, ranked
from .tokens import phrase_tokens, tokens


class SqliteEngine:
    """See ``engine.Engine``."""

    def __init__(self, generation: int) -> None:
        self._table = f"speeches_searchindex_{generation % 2}"
        self._read: dict[str, tuple[int, list[int]]] = {}

    def prepare(self) -> None:
        """Make this build, empty."""
        self._execute(f"INSERT INTO {self._table} ({self._table}) VALUES ('delete-all')", [])

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents that are not in the index."""
        self._write(
            f"INSERT INTO {self._table} (rowid, title, body, marks) VALUES (%s, %s, %s, %s)",
            documents,
        )

    fill = add

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Take documents out; FTS5 asks for the tokens that were put in."""
        self._write(
            f"INSERT INTO {self._table} ({self._table}, rowid, title, body, marks) "
            "VALUES ('delete', %s, %s, %s, %s)",
            documents,
        )

    @staticmethod
    def _write(statement: str, documents: Sequence[SearchDocument]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                statement,
                [(document.pk, *_columns(document)) for document in documents],
            )

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""
        return set(self._column(f"SELECT id FROM {self._table}_docsize", []))

    def count(self, query: Query, *, at_most: int | None = None) -> int:
        """Return how many documents answer ``query``; counting stops behind ``at_most``."""
        if at_most is not None:
            return len(self._newest(_match(query), at_most + 1))
        counting = f"SELECT count(*) FROM {self._table} WHERE {self._table} MATCH %s"
        return self._column(counting, [_match(query)])[0]

    def find(
        self, query: Query, *, total: int, by_date: bool, limit: int, offset: int
    ) -> list[int]:
        """Return the primary keys of the answers, the best or the newest first."""
        if by_date or not query.wanted:
            return self._newest(_match(query), offset + limit)[offset:]
        if total <= RANKED:
            return self._ranked(query)[offset : offset + limit]
        return of_many(
            offset=offset,
            limit=limit,
            titled=lambda most: self._newest(_match(query, in_title=True), most),
            newest=lambda most: self._newest(_match(query), most),
            by_text=lambda keys: self._by_text(query, keys),
        )

    @staticmethod
    def _by_text(query: Query, keys: Sequence[int]) -> list[int]:
        """Sort a few by how often the words stand in the text."""
        texts = SearchDocument.objects.filter(pk__in=keys).values_list("pk", "body")
        return ranked((key, _often(query, cast(str, text))) for key, text in texts)

    def _newest(self, match: str, limit: int) -> list[int]:
        """The newest answers; what was read for the count serves the list too."""
        known = self._read.get(match)
        if known is None or known[0] < limit:
            keys = self._column(
                f"SELECT rowid FROM {self._table} WHERE {self._table} MATCH %s "
                "ORDER BY rowid DESC LIMIT %s",
                [match, limit],
            )
            known = self._read[match] = limit, keys
        return known[1][:limit]

    def _ranked(self, query: Query) -> list[int]:
        return ranked(
            self._rows(
                f"SELECT rowid, -bm25({self._table}, 10.0, 1.0, 0.0) FROM {self._table} "
                f"WHERE {self._table} MATCH %s",
                [_match(query)],
            )
        )

    def tally(self, query: Query) -> Counter[str]:
        """Return how many of the answers, ``TALLIED`` at most, carry each mark."""
        rows = self._rows(
            "SELECT marks, count(*) FROM speeches_searchdocument WHERE id IN ("
            f"SELECT rowid FROM {self._table} WHERE {self._table} MATCH %s "
            "ORDER BY rowid DESC LIMIT %s) GROUP BY marks",
            [_match(query), TALLIED],
        )
        return tallied(rows)

    @staticmethod
    def _execute(statement: str, values: Sequence[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    @classmethod
    def _column(cls, statement: str, values: Sequence[Any]) -> list[int]:
        return [value for (value,) in cls._rows(statement, values)]

    @staticmethod
    def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())


def _columns(document: SearchDocument) -> tuple[str, str, str]:
    title = tokens(document.title)
    marks = chain([document.marks], (IN_TITLE + token for token in title))
    return " ".join(title), " ".join(tokens(document.body)), " ".join(marks)


def _often(query: Query, text: str) -> float:
    """How much a text speaks of the question; letters are compared as they are stored."""
    score = 0.0
    for phrase in chain.from_iterable(query.wanted):
        times = min(map(text.count, phrase))
        score += times / (times + 1.5)
    return score


def _match(query: Query, *, in_title: bool = False) -> str:
    """The question in FTS5's language: its words anywhere, or all in the title."""
    prefix = IN_TITLE if in_title else ""
    parts = [_any(_phrase(phrase, prefix) for phrase in group) for group in query.wanted]
    parts += [_any(map(_mark, group)) for group in query.marks]
    unwanted = "".join(f" NOT {_phrase(phrase)}" for phrase in query.unwanted)
    return f"({' AND '.join(parts)}){unwanted}"


def _any(parts: Iterable[str]) -> str:
    return f"({' OR '.join(parts)})"


def _phrase(phrase: Phrase, prefix: str = "") -> str:
    """The tokens of a phrase in a row; a single character begins a token."""
    found = " ".join(prefix + token for token in phrase_tokens(phrase))
    return f'"{found}"' + " *" * (len(phrase[-1]) == 1)


def _mark(mark: str) -> str:
    return f'"{mark.removesuffix("*")}"' + " *" * mark.endswith("*")
