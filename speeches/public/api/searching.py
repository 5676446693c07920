"""The search as the interface offers it: the only place here that asks ``speeches.search``."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.translation import gettext_lazy
from ninja import Query, Router

from speeches.enums import SearchKind
from speeches.public.api import parameters, schemas
from speeches.public.api.paging import listed, offset
from speeches.public.api.records import address, page_of
from speeches.public.api.refusals import LIST
from speeches.public.api.throttling import ClientThrottle
from speeches.search.engine import Order
from speeches.search.results import Hit, Results
from speeches.search.snippets import Segment

router = Router()


@router.get(
    "search",
    response={200: schemas.Page[schemas.Hit], **LIST},
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
    order = Order(by_date=asked.ordering == "-date", kind=asked.kind or "")
    part = offset(Results(asked.q, order), limit=asked.limit, cursor=asked.cursor)
    return listed(request, schemas.Hit, part, _hits)


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
