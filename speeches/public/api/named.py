"""Bodies, speakers and topics: the lists, and each by its address."""

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from taggit.models import Tag

from organizations.models import Organization, Speaker
from speeches.models.editions import SpeechEdition, SpeechEditionSpeaker
from speeches.public import selectors
from speeches.public.api import names, parameters, schemas
from speeches.public.api.cursors import Whole, Word
from speeches.public.api.paging import Order, answered, keyset, listed
from speeches.public.api.pieces import PathNumber, PathWord
from speeches.public.api.problems import Withdrawn
from speeches.public.api.refusals import ITEM, LIST
from speeches.public.bodies import BodyTree
from speeches.public.topics import Topic, was_ever_public
from speeches.public.topics import topics as current_topics

router = Router()
BY_OFFICE = Order({"position": Whole, "name": Word, "pk": Whole})
BY_PINYIN = Order({"sort_key": Word, "pk": Whole})
BY_SLUG = Order({"slug": Word, "pk": Whole})


@router.get(
    "organizations",
    response={200: schemas.Page[schemas.Organization], **LIST},
    summary=gettext_lazy("Organizations"),
    description=gettext_lazy("Bodies with a public page, in the order of the office."),
)
def organizations(
    request: HttpRequest, asked: Annotated[parameters.OrganizationParameters, Query()]
) -> HttpResponse:
    """List the bodies that have a page."""
    tree = BodyTree.current()
    found = Organization.objects.filter(pk__in=[body.number for body in tree.pages()])
    if asked.name is not None:
        found = found.filter(pk__in=Organization.objects.named(asked.name).values("pk"))
    part = keyset(found, BY_OFFICE, name="office", limit=asked.limit, cursor=asked.cursor)
    return listed(request, schemas.Organization, part, lambda rows: names.organizations(rows, tree))


@router.get(
    "organizations/{int:number}",
    response={200: schemas.Organization, **ITEM},
    summary=gettext_lazy("An organization"),
    description=gettext_lazy("A body, by the number of its page."),
)
def organization(request: HttpRequest, number: PathNumber) -> HttpResponse:
    """Answer with a body."""
    tree = BodyTree.current()
    row = Organization.objects.public().filter(pk=number).first()
    if row is not None and tree.has_page(number):
        return answered(*names.organizations([row], tree))
    if row is not None and BodyTree.ever().has_page(number):
        raise Withdrawn
    raise Http404(_("There is no such organization."))


@router.get(
    "speakers",
    response={200: schemas.Page[schemas.Speaker], **LIST},
    summary=gettext_lazy("Speakers"),
    description=gettext_lazy("Everybody who spoke, by pinyin, with the posts that were printed."),
)
def speakers(
    request: HttpRequest, asked: Annotated[parameters.SpeakerParameters, Query()]
) -> HttpResponse:
    """List everybody who spoke, or who spoke for a body."""
    found = selectors.speakers()
    if asked.name is not None:
        found = found.filter(pk__in=Speaker.objects.named(asked.name).values("pk"))
    if asked.organization is not None:
        spoken = SpeechEdition.objects.current().filter(organization_id=asked.organization)
        credited = SpeechEditionSpeaker.objects.filter(edition__in=spoken.order_by())
        found = found.filter(pk__in=credited.order_by().values("speaker_id"))
    part = keyset(found, BY_PINYIN, name="pinyin", limit=asked.limit, cursor=asked.cursor)
    return listed(request, schemas.Speaker, part, names.speakers)


@router.get(
    "speakers/{int:number}",
    response={200: schemas.Speaker, **ITEM},
    summary=gettext_lazy("A speaker"),
    description=gettext_lazy("A person who spoke, by the number of the page."),
)
def speaker(request: HttpRequest, number: PathNumber) -> HttpResponse:
    """Answer with a person who spoke."""
    person = selectors.speakers().filter(pk=number).first()
    if person is not None:
        return answered(*names.speakers([person]))
    if SpeechEditionSpeaker.objects.filter(speaker_id=number).exists():
        raise Withdrawn
    raise Http404(_("There is no such speaker."))


@router.get(
    "topics",
    response={200: schemas.Page[schemas.Topic], **LIST},
    summary=gettext_lazy("Topics"),
    description=gettext_lazy("Topics of public speeches and work, by slug."),
)
def topics(
    request: HttpRequest, asked: Annotated[parameters.PageParameters, Query()]
) -> HttpResponse:
    """List the topics that have a page."""
    found = _topics()
    part = keyset(
        Tag.objects.filter(slug__in=found),
        BY_SLUG,
        name="slug",
        limit=asked.limit,
        cursor=asked.cursor,
    )
    return listed(request, schemas.Topic, part, lambda rows: names.topics(rows, found))


@router.get(
    "topics/{slug}",
    response={200: schemas.Topic, **ITEM},
    summary=gettext_lazy("A topic"),
    description=gettext_lazy("A topic, by the slug of its page."),
)
def topic(request: HttpRequest, slug: PathWord) -> HttpResponse:
    """Answer with a topic."""
    found, tag = _topics(), Tag.objects.filter(slug=slug).first()
    if tag is not None and slug in found:
        return answered(*names.topics([tag], found))
    if tag is not None and was_ever_public(tag):
        raise Withdrawn
    raise Http404(_("There is no such topic."))


def _topics() -> dict[str, Topic]:
    return {topic.slug: topic for topic in current_topics()}
