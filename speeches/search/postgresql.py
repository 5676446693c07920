"""PostgreSQL: tsvectors made by our tokeniser narrow the documents, the text itself decides.

The vectors are built here and cast, never by ``to_tsvector``, whose parser knows no Chinese. A
tsvector keeps no position past 16,383, so a phrase is checked in the folded text instead, where
one blank stands for whatever marks are between two runs. A pair of characters is a token, and one
character the beginning of a token: these need no check.

Up to ``RANKED`` answers are ranked by title and by how often the words stand in the text. Where a
word is in more, those with all words in the title come first, behind them the newest, ranked, and
then the others by date (``ranking.of_many``). Rows are kept narrow: text and vector lie beside the
table, so that counting reads little.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import connection

from speeches.models.search import SearchDocument

from .engine import TALLIED, tallied
from .marks import IN_TITLE
from .query import Phrase, Query
from .ranking import RANKED, of_many, ranked
from .tokens import fold, phrase_tokens, runs, tokens_of_runs

_BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true); "
"""For the transaction of the statement: the planner takes reading every vector for cheap."""


class PostgresqlEngine:
    """See ``engine.Engine``."""

    def __init__(self, generation: int) -> None:
        self._table = f"speeches_searchindex_{generation % 2}"

    def prepare(self) -> None:
        """Make this build, empty."""
        self._execute(f"TRUNCATE {self._table}", [])

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents that are not in the index."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._table} (id, title_words, words, folded) "
                "VALUES (%s, %s::tsvector, %s::tsvector, %s)",
                [(document.pk, *_columns(document)) for document in documents],
            )

    fill = add

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Take documents out."""
        keys = [document.pk for document in documents]
        self._execute(f"DELETE FROM {self._table} WHERE id = ANY(%s)", [keys])

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""
        return {number for (number,) in self._rows(f"SELECT id FROM {self._table}", [])}

    def count(self, query: Query, *, at_most: int | None = None) -> int:
        """Return how many documents answer ``query``; counting stops behind ``at_most``."""
        condition, values = _condition(query)
        matching = f"FROM {self._table} WHERE {condition}"
        if at_most is None:
            ((count,),) = self._rows(f"SELECT count(*) {matching}", values)
        else:
            some = f"SELECT count(*) FROM (SELECT {matching} LIMIT %s) AS counted"
            ((count,),) = self._rows(some, [*values, at_most + 1])
        return int(count)

    def find(
        self, query: Query, *, total: int, by_date: bool, limit: int, offset: int
    ) -> list[int]:
        """Return the primary keys of the answers, the best or the newest first."""
        if by_date or not query.wanted:
            return self._newest(query, limit, offset)
        if total <= RANKED:
            return self._ranked(query)[offset : offset + limit]
        return of_many(
            offset=offset,
            limit=limit,
            titled=lambda most: self._newest(query, most, 0, in_title=True),
            newest=lambda most: self._newest(query, most, 0),
            by_text=lambda keys: self._ranked(query, among=keys),
        )

    def _newest(
        self, query: Query, limit: int, offset: int, *, in_title: bool = False
    ) -> list[int]:
        """The newest answers; the text is fetched and checked in the order of the list."""
        narrowing, values = _narrowing(query, in_title=in_title)
        checks, checked = _checks(query)
        # So few that they are sorted: walking through the keys would read every vector.
        order = "id + 0" if in_title else "id"
        found = self._rows(
            f"SELECT id FROM (SELECT id, folded FROM {self._table} WHERE {narrowing} "
            f"ORDER BY {order} DESC OFFSET 0) AS candidates WHERE {checks or 'true'} "
            "LIMIT %s OFFSET %s",
            [*values, *checked, limit, offset],
        )
        return [number for (number,) in found]

    def _ranked(self, query: Query, *, among: Sequence[int] | None = None) -> list[int]:
        condition, values = _condition(query) if among is None else ("id = ANY(%s)", [list(among)])
        times, phrases = _times(query)
        # Each text is fetched and counted once: OFFSET keeps the planner from doing it twice.
        score = " + ".join(f"often_{place} / (often_{place} + 1.5)" for place in range(len(times)))
        counted = ", ".join(f"{often} AS often_{place}" for place, often in enumerate(times))
        return ranked(
            self._rows(
                f"SELECT id, 3.0 * in_title + {score} FROM ("
                f"SELECT id, (title_words @@ %s::tsquery)::int AS in_title, {counted} "
                f"FROM {self._table} WHERE {condition} OFFSET 0) AS counted",
                [_words(query), *phrases, *values],
            )
        )

    def tally(self, query: Query) -> Counter[str]:
        """Return how many of the answers, ``TALLIED`` at most, carry each mark."""
        condition, values = _condition(query)
        rows = self._rows(
            "SELECT marks, count(*) FROM speeches_searchdocument WHERE id IN ("
            f"SELECT id FROM {self._table} WHERE {condition} ORDER BY id DESC LIMIT %s) "
            "GROUP BY marks",
            [*values, TALLIED],
        )
        return tallied(rows)

    @staticmethod
    def _execute(statement: str, values: Sequence[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    @staticmethod
    def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"{_BY_INDEX}{statement}", values)
            return list(cursor.fetchall())


def _columns(document: SearchDocument) -> tuple[str, str, str]:
    title, body = runs(fold(document.title)), runs(fold(document.body))
    title_words = dict.fromkeys(tokens_of_runs(title))
    named = (IN_TITLE + word for word in title_words)
    words = dict.fromkeys(
        chain(title_words, named, tokens_of_runs(body), document.marks.split(" "))
    )
    # The blank line keeps a phrase from beginning in the title and ending in the text.
    return _vector(title_words), _vector(words), f"{' '.join(title)}\n\n{' '.join(body)}"


def _vector(words: dict[str, None]) -> str:
    return " ".join(f"'{word}'" for word in words)


def _condition(query: Query) -> tuple[str, list[str]]:
    narrowing, values = _narrowing(query)
    checks, checked = _checks(query)
    return (f"{narrowing} AND {checks}" if checks else narrowing), values + checked


def _narrowing(query: Query, *, in_title: bool = False) -> tuple[str, list[str]]:
    marks = [" | ".join(map(_mark, group)) for group in query.marks]
    sure = [f"!({_tokens(phrase)})" for phrase in query.unwanted if not _needs_check(phrase)]
    prefix = IN_TITLE if in_title else ""
    return "words @@ %s::tsquery", [_words(query, *marks, *sure, prefix=prefix)]


def _words(query: Query, *more: str, prefix: str = "") -> str:
    """The question as a tsquery: every token of one phrase of each group, in any place."""
    groups = [
        " | ".join(f"({_tokens(phrase, prefix)})" for phrase in group) for group in query.wanted
    ]
    return " & ".join(f"({part})" for part in (*groups, *more))


def _tokens(phrase: Phrase, prefix: str = "") -> str:
    found = [f"'{prefix}{token}'" for token in phrase_tokens(phrase)]
    if len(phrase[-1]) == 1:
        found[-1] += ":*"
    return " & ".join(dict.fromkeys(found))


def _mark(mark: str) -> str:
    return f"'{mark.removesuffix('*')}'" + ":*" * mark.endswith("*")


def _needs_check(phrase: Phrase) -> bool:
    return len(phrase_tokens(phrase)) > 1


def _checks(query: Query) -> tuple[str, list[str]]:
    """What the vector cannot tell: that the tokens of a phrase stand in a row."""
    return _joined(chain(_wanted_checks(query), _unwanted_checks(query)))


def _wanted_checks(query: Query) -> Iterator[tuple[str, list[str]]]:
    for group in query.wanted:
        if any(map(_needs_check, group)):
            any_of = " OR ".join(["folded LIKE %s"] * len(group))
            yield f"({any_of})", [_like(phrase) for phrase in group]


def _unwanted_checks(query: Query) -> Iterator[tuple[str, list[str]]]:
    for phrase in filter(_needs_check, query.unwanted):
        yield "folded NOT LIKE %s", [_like(phrase)]


def _joined(parts: Iterator[tuple[str, list[str]]]) -> tuple[str, list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    for condition, of_condition in parts:
        conditions.append(condition)
        values += of_condition
    return " AND ".join(conditions), values


def _like(phrase: Phrase) -> str:
    return "%" + " ".join(phrase).replace("%", r"\%") + "%"


def _times(query: Query) -> tuple[list[str], list[str]]:
    """How often each phrase stands in the text, as expressions with their values."""
    phrases = [" ".join(phrase) for phrase in chain.from_iterable(query.wanted)]
    expressions = [
        "(octet_length(folded) - octet_length(replace(folded, %s, '')))::float8"
        f" / {len(phrase.encode())}"
        for phrase in phrases
    ]
    return expressions, phrases
