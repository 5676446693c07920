"""What was published, corrected and withdrawn, in order: enough to keep a copy of the site.

A change is an edition that came or went, so nothing is stored for it. Changes are sorted by time,
and those of one moment by kind and number. A change is told once it is settled, that is, once no
transaction that might still add an earlier one is open: a reader who stays at a cursor misses none.
"""

import heapq
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field, TypeAdapter

from speeches.enums import ClosedAs, SearchKind
from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.public import selectors
from speeches.public.api import cursors, parameters, records, schemas
from speeches.public.api.paging import address_with, answered, link_header
from speeches.public.api.problems import Refused
from speeches.public.api.refusals import LIST

router = Router()
MODELS: dict[SearchKind, type[Edition]] = {
    SearchKind.MEETING: MeetingEdition,
    SearchKind.SPEECH: SpeechEdition,
    SearchKind.WORK_ITEM: WorkItemEdition,
}


class Event(StrEnum):
    """What happened to a piece."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Change(BaseModel):
    """Something that happened to a public piece."""

    at: datetime
    event: Event
    kind: SearchKind
    id: int
    edition: int = Field(description=gettext_lazy("Which edition this is, counted from 1."))
    edition_hash: str
    url: str = Field(description=gettext_lazy("What the piece answers to now; 410 once withdrawn."))
    record: schemas.Meeting | schemas.Speech | schemas.WorkItem | None = Field(
        description=gettext_lazy(
            "The piece as it is public now; null where full is not asked for, and where a later "
            "change replaced or withdrew this edition."
        )
    )


class Changes(BaseModel):
    """Some changes in order; ``cursor`` is where to go on, now or later."""

    cursor: str | None
    next: str | None
    results: list[Change]


class Place(NamedTuple):
    """Where a change stands; ``rank`` sorts those of one moment."""

    at: cursors.Moment
    rank: cursors.Whole
    number: cursors.Whole


_PLACE = TypeAdapter(Place)
_BEFORE_ALL = -1


@router.get(
    "changes",
    response={200: Changes, **LIST},
    summary=gettext_lazy("Changes"),
    description=gettext_lazy(
        "What was published, corrected and withdrawn, the oldest first. Keep the cursor of each "
        "answer and ask for what came since."
    ),
)
def changes(
    request: HttpRequest, asked: Annotated[parameters.ChangeParameters, Query()]
) -> HttpResponse:
    """List what happened since a cursor or a time."""
    since = _since(asked.since)
    found = list(_between(_Span(since, _settled_before(), asked.limit + 1)))
    is_more, found = len(found) > asked.limit, found[: asked.limit]
    last = found[-1].place if found else since
    cursor = cursors.written(_PLACE, last) if last else None
    following = address_with(request, since=cursor) if cursor and is_more else None
    response = answered(
        Changes(cursor=cursor, next=following, results=_told(found, full=asked.full))
    )
    if following:
        response.headers["Link"] = link_header({"next": following})
    return response


def _since(text: str | None) -> Place | None:
    """Return the place that a cursor or a time names; None for the beginning."""
    if text is None:
        return None
    try:
        return cursors.read(_PLACE, text)
    except Refused:
        moment = parameters.moment_or_none(text)
        if moment is None:
            raise
        return Place(moment, _BEFORE_ALL, 0)


class _Row(NamedTuple):
    """An edition that came or went."""

    place: Place
    event: Event
    kind: SearchKind
    edition: Edition


class _Span(NamedTuple):
    """Which changes are wanted: after a place, before a moment, so many at most."""

    since: Place | None
    until: datetime | None
    limit: int


def _between(wanted: _Span) -> Iterator[_Row]:
    """Yield the changes that are wanted; takes six queries."""
    sources = [
        _came_or_went(kind, column, rank, wanted)
        for column, start in (("published_at", 0), ("closed_at", len(MODELS)))
        for rank, kind in enumerate(MODELS, start)
    ]
    merged = heapq.merge(*sources, key=lambda row: row.place)
    for _number, row in zip(range(wanted.limit), merged, strict=False):
        yield row


def _came_or_went(kind: SearchKind, column: str, rank: int, wanted: _Span) -> list[_Row]:
    model = MODELS[kind]
    found: QuerySet[Any] = model.objects.order_by(column, "pk")
    if column == "closed_at":
        found = found.filter(closed_as=ClosedAs.WITHDRAWN)
    if wanted.since is not None:
        found = found.filter(_after(wanted.since, column, rank))
    if wanted.until is not None:
        found = found.filter(**{f"{column}__lt": wanted.until})
    rows = found.annotate(is_correction=_is_correction(model)).only(*_columns(model))
    return [
        _Row(
            Place(getattr(edition, column), rank, edition.pk),
            _event(edition, column),
            kind,
            edition,
        )
        for edition in rows[: wanted.limit]
    ]


def _after(since: Place, column: str, rank: int) -> Q:
    at, _rank, number = since
    if rank < since.rank:
        return Q(**{f"{column}__gt": at})
    later = Q(**{f"{column}__gte": at})
    return later & ~Q(**{column: at, "pk__lte": number}) if rank == since.rank else later


def _is_correction(model: type[Edition]) -> Exists:
    """Whether the edition took the place of another; one after a withdrawal is published anew."""
    before = {model.DRAFT_FIELD: OuterRef(model.DRAFT_FIELD), "closed_at": OuterRef("published_at")}
    return Exists(model.objects.filter(**before, closed_as=ClosedAs.SUPERSEDED))


def _columns(model: type[Edition]) -> list[str]:
    slug = ["slug"] if model is MeetingEdition else []
    shared = ("number", "content_hash", "published_at", "closed_at")
    return [*shared, model.DRAFT_FIELD, *slug]


def _event(edition: Any, column: str) -> Event:
    if column == "closed_at":
        return Event.WITHDRAWN
    return Event.CORRECTED if edition.is_correction else Event.PUBLISHED


def _settled_before() -> datetime | None:
    """Return the start of the oldest transaction that is writing; None where all is settled.

    An edition is stamped after its transaction began to write. SQLite lets one write at a time, so
    that stamps come in the order of the transactions; on PostgreSQL the server is asked.
    """
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(min(xact_start), clock_timestamp()) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_xid IS NOT NULL"
            " AND pid <> pg_backend_pid()"
        )
        (start,) = cursor.fetchone()
    return start


def _told(found: list[_Row], *, full: bool) -> list[Change]:
    shown = _shown(found) if full else {}
    return [
        Change(
            at=row.place.at,
            event=row.event,
            kind=row.kind,
            id=row.edition.draft_id,
            edition=row.edition.number,
            edition_hash=row.edition.content_hash,
            url=_address(row.edition, row.kind),
            record=shown.get((row.kind, row.edition.draft_id, row.edition.number)),
        )
        for row in found
    ]


def _address(edition: Any, kind: SearchKind) -> str:
    key = edition.slug if kind is SearchKind.MEETING else edition.draft_id
    return records.address(kind.value, key)


def _shown(found: list[_Row]) -> dict[tuple[SearchKind, int, int], Any]:
    """Return what is public of these editions, by kind, number and edition."""

    def editions(kind: SearchKind) -> list[int]:
        return [row.edition.pk for row in found if row.kind is kind and row.edition.is_current()]

    told = {
        SearchKind.MEETING: records.meetings(
            selectors.meetings().filter(pk__in=editions(SearchKind.MEETING))
        ),
        SearchKind.SPEECH: records.speeches(
            selectors.speeches().filter(pk__in=editions(SearchKind.SPEECH))
        ),
        SearchKind.WORK_ITEM: records.work_items(
            selectors.work_items().filter(pk__in=editions(SearchKind.WORK_ITEM))
        ),
    }
    return {
        (kind, record.id, record.edition): record for kind, rows in told.items() for record in rows
    }
