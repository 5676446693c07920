"""The search as the interface offers it: the only place here that asks ``speeches.search``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.translation import gettext_lazy
from ninja import Query, Router

from speeches.enums import SearchKind
from speeches.models.editions import MeetingEdition
from speeches.public.api import parameters, schemas
from speeches.public.api.paging import Slice, in_pages, offset
from speeches.public.api.pieces import meeting_numbers
from speeches.public.api.records import address, page_of
from speeches.public.api.refusals import LIST
from speeches.public.api.throttling import ClientThrottle
from speeches.public.searching import Narrowing, narrowings
from speeches.search.engine import Order
from speeches.search.results import Hit, Results
from speeches.search.snippets import Segment

router = Router()


@router.get(
    "search",
    response={200: schemas.SearchPage, **LIST},
    throttle=[ClientThrottle("API_SEARCH_RATE")],
    summary=gettext_lazy("Search"),
    description=gettext_lazy(
        "Any word, name or figure that was said; sources lead to its paragraph."
    ),
)
def search(
    request: HttpRequest, asked: Annotated[parameters.SearchParameters, Query()]
) -> HttpResponse:
    """Answer a question, the best first or the newest."""
    order = _order(asked)
    if order is None:
        part, facets = Slice([], 0), []
    else:
        results = Results(asked.q, order)
        part = offset(results, limit=asked.limit, cursor=asked.cursor)
        facets = _facets(results, order) if asked.facets else []
    return in_pages(
        request,
        schemas.SearchPage,
        part,
        _hits(part.rows),
        facets=facets if asked.facets else None,
    )


def _order(asked: parameters.SearchParameters) -> Order | None:
    """How the answers are sorted and narrowed; None where there is no such meeting."""
    meeting = None
    if asked.meeting is not None:
        numbers = meeting_numbers(asked.meeting).values_list("meeting_id", flat=True)
        meeting = numbers.first()
        if meeting is None:
            return None
    return Order(
        by_date=asked.ordering == "-date",
        kind=asked.kind or "",
        organization=_written(asked.organization),
        speaker=_written(asked.speaker),
        year=_written(asked.year),
        topic=asked.topic or "",
        meeting=_written(meeting),
    )


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


def _facets(results: Results, order: Order) -> list[schemas.Facet]:
    return [
        schemas.Facet(
            name=name,
            values=[
                schemas.FacetValue(value=one.value, name=str(one.label), count=one.count)
                for one in (_by_slug(found) if name == "meeting" else found)
            ],
        )
        for name, found in narrowings(results, order).items()
    ]


def _by_slug(found: Sequence[Narrowing]) -> Iterator[Narrowing]:
    """Meetings by their slugs, as everywhere in the interface."""
    current = MeetingEdition.objects.current().filter(meeting_id__in=[one.value for one in found])
    slugs = dict(current.order_by().values_list("meeting_id", "slug"))
    for one in found:
        if slug := slugs.get(int(one.value)):
            yield replace(one, value=slug)


def _hits(found: Sequence[Hit]) -> list[schemas.Hit]:
    return [
        schemas.Hit(
            kind=hit.kind,
            id=hit.number,
            url=_address(hit),
            sources=[page_of(hit.url)],
            title=_marks(hit.title),
            snippet=_marks(hit.snippet),
            date=hit.day,
        )
        for hit in found
    ]


def _address(hit: Hit) -> str:
    if hit.kind is not SearchKind.MEETING:
        return address(hit.kind.value, hit.number)
    return address("meeting", resolve(hit.url.partition("#")[0]).kwargs["slug"])


def _marks(segments: Sequence[Segment]) -> list[schemas.Mark]:
    return [schemas.Mark(text=part.text, is_marked=part.is_marked) for part in segments]
