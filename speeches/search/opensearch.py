"""OpenSearch: the same tokens in an index of a node beside the database, written by a task.

Fields hold our own tokens with blanks between them and are read by the whitespace analyzer, so that
recall and precision are those of the other engines. What is withdrawn leaves the list at once,
whatever the node still holds, because hits are read from the database.

The client is an optional package: ``pip install cppcc-cms[opensearch]``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import default_task_backend, task

from speeches.models.search import SearchDocument

from .engine import TALLIED, SearchUnavailable
from .query import Phrase, Query
from .tokens import phrase_tokens, tokens

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_TIMEOUT = 3
"""Seconds that a reader waits for the node."""
_BATCH = 200
_ATTEMPTS = 8
_FIELDS = ("title", "body")
_MARKS_COUNTED = 500
_DEEPEST = 10_000
"""How far OpenSearch pages (``index.max_result_window``)."""
_INDEX = {
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
    "mappings": {
        "dynamic": False,
        "properties": {
            "title": {"type": "text", "analyzer": "whitespace"},
            "body": {"type": "text", "analyzer": "whitespace"},
            "marks": {"type": "keyword"},
            "key": {"type": "long"},
        },
    },
}


class OpenSearchEngine:
    """See ``engine.Engine``."""

    def __init__(self, generation: int) -> None:
        self._name = f"{settings.OPENSEARCH_INDEX}-{generation}"

    def prepare(self) -> None:
        """Make this build, empty."""
        with _Answered():
            indices = _client().indices
            indices.delete(index=self._name, params={"ignore_unavailable": "true"})
            indices.create(index=self._name, body=_INDEX)

    def fill(self, documents: Sequence[SearchDocument]) -> None:
        """Index stored documents of a build that nobody searches yet."""
        self._send(list(map(_put, documents)))

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Have the documents indexed once the transaction is committed."""
        self._later([document.pk for document in documents])

    def remove(self, documents: Sequence[SearchDocument]) -> None:
        """Have the documents taken out once the transaction is committed."""
        self._later([document.pk for document in documents])

    def _later(self, keys: list[int]) -> None:
        generation = int(self._name.rpartition("-")[2])
        for start in range(0, len(keys), _BATCH):
            transaction.on_commit(
                partial(bring_up_to_date.enqueue, generation, keys[start : start + _BATCH])
            )

    def bring_up_to_date(self, keys: Sequence[int]) -> None:
        """Index those of the documents that are stored, and take out the others."""
        stored = SearchDocument.objects.in_bulk(keys)
        self._send([_put(stored[key]) if key in stored else _drop(key) for key in keys])

    def _send(self, actions: list[list[dict[str, Any]]]) -> None:
        if not actions:
            return
        lines = [line for action in actions for line in action]
        with _Answered():
            answer = _client().bulk(index=self._name, body=lines, params={"request_timeout": 60})
        failed = [item for item in answer["items"] if _failed(item)]
        if failed:
            raise SearchUnavailable(
                _("The search service refused %(count)s pieces: %(first)s")
                % {"count": len(failed), "first": failed[0]}
            )

    def numbers(self) -> set[int]:
        """Return the primary keys of all documents in the index."""
        found: set[int] = set()
        after: list[int] = []
        while True:
            body: dict[str, Any] = {"size": _DEEPEST, "_source": False, "sort": [{"key": "asc"}]}
            hits = self._search(body | ({"search_after": after} if after else {}))["hits"]["hits"]
            if not hits:
                return found
            found.update(int(hit["_id"]) for hit in hits)
            after = hits[-1]["sort"]

    def count(self, query: Query, *, at_most: int | None = None) -> int:
        """Return how many documents answer ``query``."""
        answer = self._search(
            {
                "size": 0,
                "query": _asked(query),
                "track_total_hits": True if at_most is None else at_most + 1,
            }
        )
        return int(answer["hits"]["total"]["value"])

    def find(
        self, query: Query, *, total: int, by_date: bool, limit: int, offset: int
    ) -> list[int]:
        """Return the primary keys of the answers, the best or the newest first."""
        del total
        if offset + limit > _DEEPEST:
            limit = max(0, _DEEPEST - offset)
        if not limit:
            return []
        answer = self._search(
            {
                "from": offset,
                "size": limit,
                "_source": False,
                "track_total_hits": False,
                "query": _asked(query),
                "sort": [*([] if by_date else ["_score"]), {"key": "desc"}],
            }
        )
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    def tally(self, query: Query) -> Counter[str]:
        """Return how many of the answers, ``TALLIED`` at most, carry each mark."""
        answer = self._search(
            {
                "size": 0,
                "terminate_after": TALLIED,
                "query": _asked(query),
                "aggs": {"marks": {"terms": {"field": "marks", "size": _MARKS_COUNTED}}},
            }
        )
        buckets = answer["aggregations"]["marks"]["buckets"]
        return Counter({bucket["key"]: bucket["doc_count"] for bucket in buckets})

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        with _Answered():
            answer: dict[str, Any] = _client().search(index=self._name, body=body)
        return answer


@task()
def bring_up_to_date(generation: int, keys: list[int], attempt: int = 1) -> None:
    """Make the node hold these documents as the database does; try again where it is away.

    A backend that can wait tries ``_ATTEMPTS`` times, at growing intervals; after that, and with
    a backend that cannot, the difference is left to ``rebuild_search_index``.
    """
    try:
        OpenSearchEngine(generation).bring_up_to_date(keys)
    except SearchUnavailable:
        if attempt >= _ATTEMPTS or not default_task_backend.supports_defer:
            raise
        later = timezone.now() + timedelta(seconds=10 * 2**attempt)
        bring_up_to_date.using(run_after=later).enqueue(generation, keys, attempt + 1)


@lru_cache(maxsize=1)
def _client_at(url: str) -> OpenSearch:
    try:
        from opensearchpy import OpenSearch  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise ImproperlyConfigured(
            "SEARCH_ENGINE=opensearch 需要安装 opensearch-py：pip install 'cppcc-cms[opensearch]'。"
        ) from error
    return OpenSearch(url, timeout=_TIMEOUT, max_retries=0)


def _client() -> OpenSearch:
    return _client_at(settings.OPENSEARCH_URL)


class _Answered:
    """Turns whatever the client raises into SearchUnavailable."""

    def __enter__(self) -> None:
        _client()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from opensearchpy.exceptions import OpenSearchException  # noqa: PLC0415 - optional

        if isinstance(error, OpenSearchException):
            raise SearchUnavailable(
                _("The search service at %(url)s does not answer: %(error)s")
                % {"url": settings.OPENSEARCH_URL.rpartition("@")[2], "error": error}
            ) from error


def _put(document: SearchDocument) -> list[dict[str, Any]]:
    return [
        {"index": {"_id": str(document.pk)}},
        {
            "title": " ".join(tokens(document.title)),
            "body": " ".join(tokens(document.body)),
            "marks": document.marks.split(" "),
            "key": document.pk,
        },
    ]


def _drop(key: int) -> list[dict[str, Any]]:
    return [{"delete": {"_id": str(key)}}]


def _failed(item: dict[str, Any]) -> bool:
    """Whether one action failed; deleting what is not there has not."""
    ((action, outcome),) = item.items()
    return outcome["status"] >= 300 and not (action == "delete" and outcome["status"] == 404)


def _asked(query: Query) -> dict[str, Any]:
    return {
        "bool": {
            "must": [_any_of([_phrase(phrase) for phrase in group]) for group in query.wanted],
            "must_not": [_phrase(phrase) for phrase in query.unwanted],
            "filter": [_any_of(list(map(_mark, group))) for group in query.marks],
        }
    }


def _any_of(queries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"dis_max": {"queries": queries}}


def _phrase(phrase: Phrase) -> dict[str, Any]:
    """The phrase in title or text; a title counts tenfold."""
    return _any_of(list(_in_fields(phrase)))


def _in_fields(phrase: Phrase) -> Iterator[dict[str, Any]]:
    found = phrase_tokens(phrase)
    for field in _FIELDS:
        boost = 10.0 if field == "title" else 1.0
        if len(phrase[-1]) > 1:
            asked: dict[str, Any] = {"query": " ".join(found), "boost": boost}
            yield {"match_phrase": {field: asked}}
        elif len(found) == 1:
            yield {"prefix": {field: {"value": found[0], "boost": boost}}}
        else:
            asked = {"query": " ".join(found), "boost": boost, "max_expansions": 1000}
            yield {"match_phrase_prefix": {field: asked}}


def _mark(mark: str) -> dict[str, Any]:
    if mark.endswith("*"):
        return {"prefix": {"marks": {"value": mark.removesuffix("*")}}}
    return {"term": {"marks": {"value": mark}}}
