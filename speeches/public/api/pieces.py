"""Meetings, speeches, highlighted work and figures: the lists, and each by its address."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Router
from taggit.models import Tag

from speeches.models.editions import (
    Edition,
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    WorkItemEdition,
)
from speeches.public import selectors
from speeches.public.api import parameters, records, schemas
from speeches.public.api.cursors import Day, Moment, Whole
from speeches.public.api.paging import Order, answered, keyset, listed
from speeches.public.api.problems import Withdrawn
from speeches.public.api.refusals import ITEM, LIST, MOVED_ITEM
from speeches.public.topics import tagged

router = Router()
PathNumber = Annotated[
    parameters.Number, Path(description=gettext_lazy("The number of the piece."))
]
PathWord = Annotated[parameters.Text, Path(description=gettext_lazy("The slug."))]

RECENT = {
    "created_at": Order({"first_published_at": Moment, "pk": Whole}),
    "-created_at": Order({"first_published_at": Moment, "pk": Whole}, descending=True),
    "updated_at": Order({"published_at": Moment, "pk": Whole}),
    "-updated_at": Order({"published_at": Moment, "pk": Whole}, descending=True),
}
MEETING_ORDERS = {
    "start_date": Order({"day": Day, "pk": Whole}),
    "-start_date": Order({"day": Day, "pk": Whole}, descending=True),
    **RECENT,
}
_AS_SPOKEN = {"meeting_id": Whole, "position": Whole, "speech_id": Whole}
SPEECH_ORDERS = {
    "position": Order(_AS_SPOKEN),
    "-position": Order(_AS_SPOKEN, descending=True),
    **RECENT,
}
FIGURE_ORDER = Order({"edition__first_published_at": Moment, "pk": Whole}, descending=True)


@router.get(
    "meetings",
    response={200: schemas.Page[schemas.Meeting], **LIST},
    summary=gettext_lazy("Meetings"),
    description=gettext_lazy("Meetings with a public digest; organization is the host."),
)
def meetings(
    request: HttpRequest, asked: Annotated[parameters.MeetingParameters, Query()]
) -> HttpResponse:
    """List public meetings."""
    found = _published_within(selectors.meetings(), asked, organization="host_id")
    found = found.annotate(day=Coalesce("start_date", Value(date.min, output_field=DateField())))
    found = _narrowed(found, kind=asked.kind, start_date__year=asked.year)
    return listed(
        request, schemas.Meeting, _ordered(found, asked, MEETING_ORDERS), records.meetings
    )


@router.get(
    "meetings/{slug}",
    response={200: schemas.Meeting, **MOVED_ITEM},
    summary=gettext_lazy("A meeting"),
    description=gettext_lazy("A meeting by the slug of its page; a former slug redirects."),
)
def meeting(request: HttpRequest, slug: PathWord) -> HttpResponse:
    """Answer with a meeting, or where it went."""
    edition = selectors.meetings().filter(slug=slug).first()
    if edition is not None:
        return answered(*records.meetings([edition]))
    current = selectors.meetings().filter(meeting_id__in=meeting_numbers(slug)).first()
    if current is not None:
        return HttpResponsePermanentRedirect(records.address("meeting", current.slug))
    if MeetingEdition.objects.filter(slug=slug).exists():
        raise Withdrawn
    raise Http404(_("There is no such meeting."))


@router.get(
    "speeches",
    response={200: schemas.Page[schemas.Speech], **LIST},
    summary=gettext_lazy("Speeches"),
    description=gettext_lazy("Speeches without their texts, unless full=true asks for them."),
)
def speeches(
    request: HttpRequest, asked: Annotated[parameters.SpeechParameters, Query()]
) -> HttpResponse:
    """List public speeches."""
    shown = selectors.speeches() if asked.full else selectors.listed_speeches()
    found = _published_within(shown, asked)
    found = _in_meeting(found, asked.meeting)
    if asked.speaker is not None:
        found = found.filter(
            pk__in=SpeechEdition.objects.filter(credits__speaker_id=asked.speaker).values("pk")
        )
    if asked.year is not None:
        held = MeetingEdition.objects.current().filter(start_date__year=asked.year)
        found = found.filter(meeting_id__in=held.order_by().values("meeting_id"))
    found = _narrowed(_on_topic(found, asked.topic), kind=asked.kind)
    return listed(
        request,
        schemas.Speech,
        _ordered(found, asked, SPEECH_ORDERS),
        partial(records.speeches, full=asked.full),
    )


@router.get(
    "speeches/{int:number}",
    response={200: schemas.Speech, **ITEM},
    summary=gettext_lazy("A speech"),
    description=gettext_lazy("A speech with its text, by the number of its page."),
)
def speech(request: HttpRequest, number: PathNumber) -> HttpResponse:
    """Answer with a speech."""
    found = selectors.speeches().filter(speech_id=number)
    edition = the_one(found, SpeechEdition.objects.filter(speech_id=number))
    return answered(*records.speeches([edition]))


@router.get(
    "work-items",
    response={200: schemas.Page[schemas.WorkItem], **LIST},
    summary=gettext_lazy("Highlighted work"),
    description=gettext_lazy("Highlighted work with its figures."),
)
def work_items(
    request: HttpRequest, asked: Annotated[parameters.WorkItemParameters, Query()]
) -> HttpResponse:
    """List public highlighted work."""
    shown = selectors.work_items() if asked.full else selectors.listed_work_items()
    found = _published_within(shown, asked)
    found = _of_speeches(_on_topic(found, asked.topic), asked.meeting, "speech_id")
    found = _narrowed(found, year=asked.year, speech_id=asked.speech)
    return listed(
        request,
        schemas.WorkItem,
        _ordered(found, asked, RECENT),
        partial(records.work_items, full=asked.full),
    )


@router.get(
    "work-items/{int:number}",
    response={200: schemas.WorkItem, **ITEM},
    summary=gettext_lazy("A piece of highlighted work"),
    description=gettext_lazy("A piece of highlighted work with its text and its figures."),
)
def work_item(request: HttpRequest, number: PathNumber) -> HttpResponse:
    """Answer with a piece of highlighted work."""
    found = selectors.work_items().filter(work_item_id=number)
    edition = the_one(found, WorkItemEdition.objects.filter(work_item_id=number))
    return answered(*records.work_items([edition]))


@router.get(
    "figures",
    response={200: schemas.Page[schemas.Figure], **LIST},
    summary=gettext_lazy("Figures"),
    description=gettext_lazy(
        "Every figure of public work: the printed words, what they mean, and their paragraph."
    ),
)
def figures(
    request: HttpRequest, asked: Annotated[parameters.FigureParameters, Query()]
) -> HttpResponse:
    """List the figures of public work, those of the newest work first."""
    work = _on_topic(WorkItemEdition.objects.current().order_by(), asked.topic)
    work = _of_speeches(work, asked.meeting, "speech_id")
    work = _narrowed(
        work, organization_id=asked.organization, speech_id=asked.speech, year=asked.year
    )
    found = _narrowed(
        FigureEdition.objects.filter(edition__in=work)
        .select_related("indicator", "edition__organization")
        .defer("edition__body", "edition__organization__introduction"),
        unit=asked.unit,
        indicator__name=asked.indicator,
        claim=asked.claim,
        verified=asked.verified,
    )
    part = keyset(found, FIGURE_ORDER, name="figures", limit=asked.limit, cursor=asked.cursor)
    return listed(request, schemas.Figure, part, records.figures)


def _ordered(found: QuerySet[Any], asked: Any, orders: Mapping[str, Order]) -> Any:
    return keyset(
        found,
        orders[asked.ordering],
        name=asked.ordering,
        limit=asked.limit,
        cursor=asked.cursor,
    )


def _narrowed(found: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:
    """Return those of ``found`` that are as ``wanted``; None asks for nothing."""
    return found.filter(**{name: value for name, value in wanted.items() if value is not None})


def _published_within(
    found: QuerySet[Any],
    asked: parameters.PublishedParameters,
    organization: str = "organization_id",
) -> QuerySet[Any]:
    wanted: dict[str, int | datetime | None] = {
        organization: asked.organization,
        "first_published_at__gte": asked.published_since,
        "first_published_at__lt": asked.published_until,
        "published_at__gte": asked.updated_since,
    }
    return _narrowed(found, **wanted)


def meeting_numbers(slug: str) -> QuerySet[Any]:
    """Return the numbers of the meetings that have, or once had, this slug.

    Where a public meeting has it now, no other is meant.
    """
    now = MeetingEdition.objects.current().filter(slug=slug)
    named = MeetingEdition.objects.filter(slug=slug).filter(
        Q(closed_at__isnull=True) | ~Q(slug__in=now.order_by().values("slug"))
    )
    return named.order_by().values("meeting_id")


def _in_meeting(found: QuerySet[Any], slug: str | None) -> QuerySet[Any]:
    return found if slug is None else found.filter(meeting_id__in=meeting_numbers(slug))


def _of_speeches(found: QuerySet[Any], slug: str | None, column: str) -> QuerySet[Any]:
    if slug is None:
        return found
    inside = _in_meeting(SpeechEdition.objects.current().order_by(), slug)
    return found.filter(**{f"{column}__in": inside.values("speech_id")})


def _on_topic(found: QuerySet[Any], slug: str | None) -> QuerySet[Any]:
    if slug is None:
        return found
    tag = Tag.objects.filter(slug=slug).first() if slug else None
    return found.none() if tag is None else tagged(found, tag)


def the_one(current: QuerySet[Any], ever: QuerySet[Any]) -> Any:
    """Return the public edition; raise Withdrawn where there once was one, Http404 else."""
    edition: Edition | None = current.first()
    if edition is not None:
        return edition
    if ever.exists():
        raise Withdrawn
    raise Http404(_("There is no such piece."))
