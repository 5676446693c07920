"""Lists in pages that stay in place while rows are added before them."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any, Literal, TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, TypeAdapter

from speeches.public.api import cursors
from speeches.public.api.schemas import Page

Row = TypeVar("Row")
FORWARD, BACK = "next", "prev"


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list: its columns with the types of their values, the last one unique."""

    columns: Mapping[str, Any]
    descending: bool = False

    def sorted(self, found: QuerySet[Any], *, back: bool = False) -> QuerySet[Any]:
        """Return ``found`` in this order, or from its end."""
        sign = "-" if self.descending is not back else ""
        return found.order_by(*(f"{sign}{column}" for column in self.columns))

    def beyond(self, place: Sequence[Any], *, back: bool = False) -> Q:
        """Return the condition of the rows after ``place``, or of those before it."""
        step = "lt" if self.descending is not back else "gt"
        columns = list(self.columns)
        alternatives = [
            Q(**dict(zip(columns[:index], place, strict=False)), **{f"{column}__{step}": value})
            for index, (column, value) in enumerate(zip(columns, place, strict=True))
        ]
        bounded = Q(**{f"{columns[0]}__{step}e": place[0]})
        return bounded & reduce(operator.or_, alternatives)

    def place_of(self, row: Any) -> tuple[Any, ...]:
        """Return where ``row`` stands."""
        return tuple(reduce(getattr, column.split("__"), row) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a list of ``total``, and the cursors that lead on."""

    rows: Sequence[Any]
    total: int
    next: str | None = None
    previous: str | None = None


@cache
def _adapter(name: str, *columns: Any) -> TypeAdapter[Any]:
    """Return what reads and writes the cursors of an order: its name, the way, and the keys."""
    return TypeAdapter(tuple[Literal[name], Literal[FORWARD, BACK], tuple[*columns]])  # type: ignore[valid-type]


def keyset(
    found: QuerySet[Any], order: Order, *, name: str, limit: int, cursor: str | None
) -> Slice:
    """Return the ``limit`` rows of ``found`` at ``cursor``; takes two queries and those of rows.

    ``name`` is that of the order: a cursor of another is refused.
    """
    adapter = _adapter(name, *order.columns.values())
    direction, place = FORWARD, None
    if cursor is not None:
        _name, direction, place = cursors.read(adapter, cursor)
    back = direction == BACK
    wanted = order.sorted(found, back=back)
    if place is not None:
        wanted = wanted.filter(order.beyond(place, back=back))
    rows = list(wanted[: limit + 1])
    is_more, rows = len(rows) > limit, rows[:limit]
    if back:
        rows.reverse()

    def lead(direction: str, row: Any) -> str:
        return cursors.written(adapter, (name, direction, order.place_of(row)))

    has_next, has_previous = (back, is_more) if back else (is_more, place is not None)
    return Slice(
        rows,
        found.count(),
        next=lead(FORWARD, rows[-1]) if rows and has_next else None,
        previous=lead(BACK, rows[0]) if rows and has_previous else None,
    )


_OFFSET = TypeAdapter(tuple[Literal["offset"], cursors.Whole])


def offset(found: Sequence[Any], *, limit: int, cursor: str | None) -> Slice:
    """Return the ``limit`` rows of a list that is sorted by nothing that a cursor could hold."""
    start = max(cursors.read(_OFFSET, cursor)[1], 0) if cursor is not None else 0
    total = len(found)
    end = min(start + limit, total)
    return Slice(
        found[start:end] if start < total else [],
        total,
        next=cursors.written(_OFFSET, ("offset", end)) if end < total else None,
        previous=cursors.written(_OFFSET, ("offset", max(start - limit, 0))) if start else None,
    )


def listed(
    request: HttpRequest, model: type[BaseModel], part: Slice, records: Callable[..., Any]
) -> HttpResponse:
    """Return the answer with ``part`` of a list; ``records`` makes rows into those of ``model``."""
    return in_pages(request, Page[model], part, records(part.rows))  # type: ignore[valid-type]


def in_pages(
    request: HttpRequest, page: type[Page[Any]], part: Slice, results: Sequence[Any], **more: Any
) -> HttpResponse:
    """Return the answer with ``results``, which are those of ``part``, as a ``page`` with ``more``.

    The way on stands in body and Link header alike.
    """
    leads = {"next": part.next, "prev": part.previous}
    links = {rel: address_with(request, cursor=to) for rel, to in leads.items() if to}
    response = answered(
        page(
            total=part.total,
            next=links.get("next"),
            previous=links.get("prev"),
            results=results,
            **more,
        )
    )
    if links:
        response.headers["Link"] = link_header(links)
    return response


def answered(record: BaseModel) -> HttpResponse:
    """Return the answer with one record."""
    return HttpResponse(record.model_dump_json(), content_type="application/json")


def address_with(request: HttpRequest, **parameters: str) -> str:
    """Return the full address of the request with other ``parameters``."""
    query = request.GET.copy()
    for name, value in parameters.items():
        query[name] = value
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def link_header(links: Mapping[str, str]) -> str:
    """Return the value of a Link header (RFC 8288)."""
    return ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links.items())
