"""Without an engine: the database compares every text. Slow, and always there."""

from collections import Counter
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from speeches.enums import SearchKind
from speeches.models.search import SearchDocument

from .documents import MODELS
from .query import Phrase, Query

_TEXTS = {
    SearchKind.SPEECH: ("byline", "summary", "body"),
    SearchKind.MEETING: ("subtitle", "editors_note"),
    SearchKind.WORK_ITEM: ("summary", "body"),
}


class PlainEngine:
    """The reading half of ``engine.Engine``, for the time in which a remote engine is away.

    It compares letters as they are stored: traditional and full-width forms are not folded.
    """

    def __init__(self, generation: int) -> None:
        self._documents = SearchDocument.objects.filter(generation=generation)

    def count(self, query: Query, *, at_most: int | None = None) -> int:
        """Return how many documents answer ``query``."""
        del at_most
        return self._matching(query).count()

    def find(
        self, query: Query, *, total: int, by_date: bool, limit: int, offset: int
    ) -> list[int]:
        """Return the primary keys of the answers, the newest first."""
        del total, by_date
        keys = self._matching(query).order_by("-pk").values_list("pk", flat=True)
        return list(keys[offset : offset + limit])

    def tally(self, query: Query) -> Counter[str]:
        """Return nothing: there is no time to count."""
        del query
        return Counter()

    def _matching(self, query: Query) -> QuerySet[SearchDocument]:
        found = self._documents
        for group in query.wanted:
            any_of = Q()
            for phrase in group:
                any_of |= _holds(phrase)
            found = found.filter(any_of)
        for phrase in query.unwanted:
            found = found.exclude(_holds(phrase))
        for marks in query.marks:
            any_of = Q()
            for mark in marks:
                any_of |= Q(marks__contains=mark.removesuffix("*"))
            found = found.filter(any_of)
        return found


def _holds(phrase: Phrase) -> Q:
    held = Q()
    for run in phrase:
        anywhere = Q()
        for kind, model in MODELS.items():
            fields = ("title", *_TEXTS[kind])
            any_of = reduce(or_, (Q(**{f"{field}__icontains": run}) for field in fields))
            found = model.objects.current().filter(any_of).order_by()
            anywhere |= Q(kind=kind, number__in=found.values(f"{model.DRAFT_FIELD}_id"))
        held &= anywhere
    return held
