"""What pages read: current editions, never drafts.

An edition's foreign key to a draft is its stable identity; its number may be read, the row behind
it never. Every queryset here is one query, whatever the size of the list and whatever hangs on it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from taggit.models import Tag, TaggedItem

from organizations.models import Speaker
from speeches.models.content import Indicator
from speeches.models.editions import (
    Edition,
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)
from speeches.public.packing import Pack, as_attribute, as_prefetched, of_owner, packed, prepared

NEWEST = ("-first_published_at", "-pk")
AS_SPOKEN = ("meeting_id", "position", "speech_id")
AS_FEATURED = ("-featured", "position", "-work_item_id")


def _placed(row: Any) -> tuple[int, int]:
    return row.position, row.pk


def _numbered(edition: Edition) -> int:
    return edition.number


def tag_items(model: type[Edition]) -> QuerySet[TaggedItem]:
    """Return what ties tags to editions of one kind."""
    kind = {"content_type__app_label": "speeches", "content_type__model": model._meta.model_name}
    return TaggedItem.objects.filter(**kind)


def _topics(model: type[Edition]) -> Pack:
    def attach(edition: Any, items: list[TaggedItem]) -> None:
        as_prefetched("tags")(edition, [item.tag for item in items])

    return Pack(
        rows=lambda: tag_items(model).filter(**of_owner("object_id")),
        group="object_id",
        columns=("id",),
        related={"tag": (Tag, ("id", "name", "slug"))},
        order=lambda item: item.tag.name,
        attach=attach,
    )


_CREDITS = Pack(
    rows=lambda: SpeechEditionSpeaker.objects.filter(**of_owner("edition")),
    group="edition",
    columns=("id", "edition_id", "position", "speaker_id", "name_printed", "appointment_id"),
    related={"speaker": (Speaker, ("id", "name"))},
    order=_placed,
    attach=as_prefetched("credits"),
)
_FIGURES = Pack(
    rows=lambda: FigureEdition.objects.filter(**of_owner("edition")),
    group="edition",
    columns=(
        *("id", "edition_id", "position", "printed", "low", "high", "bound", "unit", "object"),
        *("claim", "indicator_id", "start", "end", "verified"),
    ),
    related={"indicator": (Indicator, ("id", "name", "unit"))},
    order=_placed,
    attach=as_prefetched("figures"),
)
_MEETING = Pack(
    rows=lambda: MeetingEdition.objects.current().filter(**of_owner("meeting", "meeting_id")),
    group="meeting",
    columns=("id", "meeting_id", "slug", "title", "start_date", "source_newspaper"),
    attach=as_attribute("public_meeting", single=True),
)
_SPEECH = Pack(
    rows=lambda: SpeechEdition.objects.current().filter(**of_owner("speech", "speech_id")),
    group="speech",
    columns=("id", "speech_id", "title", "source"),
    attach=as_attribute("public_speech", single=True),
)
_EARLIER = Pack(
    rows=lambda: SpeechEdition.objects.filter(
        **of_owner("speech", "speech_id"), number__lt=OuterRef("number")
    ),
    group="speech",
    columns=("id", "number", "title", "byline", "body", "published_at", "closed_as"),
    order=_numbered,
    attach=as_attribute("earlier"),
)
_EARLIER_OF_MEETINGS = Pack(
    rows=lambda: MeetingEdition.objects.filter(
        **of_owner("meeting", "meeting_id"), number__lt=OuterRef("number")
    ),
    group="meeting",
    columns=(
        *("id", "number", "kicker", "title", "subtitle", "start_date", "end_date", "place"),
        *("editors_note", "published_at", "closed_as"),
    ),
    order=_numbered,
    attach=as_attribute("earlier"),
)
_OF_SPEECHES = {"credits": _CREDITS, "topics": _topics(SpeechEdition), "meeting": _MEETING}
_OF_WORK = {"figures": _FIGURES, "topics": _topics(WorkItemEdition), "speech": _SPEECH}


@prepared
def meetings() -> QuerySet[MeetingEdition]:
    """Public meetings, each with its ``speech_count``, the newest first, the undated last."""
    spoken = SpeechEdition.objects.current().filter(**of_owner("meeting", "meeting_id"))
    return (
        MeetingEdition.objects.current()
        .select_related("host")
        .annotate(speech_count=count_of(spoken, "meeting"))
        .order_by(F("start_date").desc(nulls_last=True), "-pk")
    )


def count_of(rows: QuerySet[Any], group: str) -> Coalesce:
    """Return the number of ``rows``, which must all have one ``group``."""
    counted = rows.order_by().values(group).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


@prepared
def meetings_with_history() -> QuerySet[MeetingEdition]:
    """Public meetings that know their earlier editions, the first first, as ``earlier``."""
    return packed(meetings(), {"earlier": _EARLIER_OF_MEETINGS})


@prepared
def speeches() -> QuerySet[SpeechEdition]:
    """Public speeches with text, body, speakers, topics and public meeting; the newest first."""
    current = SpeechEdition.objects.current().select_related("organization").order_by(*NEWEST)
    return packed(current, _OF_SPEECHES)


@prepared
def speeches_with_history() -> QuerySet[SpeechEdition]:
    """Public speeches that know their earlier editions, the first first, as ``earlier``."""
    current = SpeechEdition.objects.current().select_related("organization")
    return packed(current, {**_OF_SPEECHES, "earlier": _EARLIER})


@prepared
def listed_speeches() -> QuerySet[SpeechEdition]:
    """Public speeches as lists show them: without the text."""
    return speeches().defer("body", "organization__introduction")


def spoken_by(number: int) -> Q:
    """Return the condition that a speech is one of the person of this number."""
    credited = SpeechEditionSpeaker.objects.filter(speaker_id=number).order_by()
    return Q(pk__in=credited.values("edition_id"))


@prepared
def work_items() -> QuerySet[WorkItemEdition]:
    """Public highlighted work with figures, topics and its speech, in the order of the editors."""
    current = WorkItemEdition.objects.current().select_related("organization")
    return packed(current.order_by(*AS_FEATURED), _OF_WORK)


def earlier_of_work(edition: WorkItemEdition) -> QuerySet[WorkItemEdition]:
    """Return the earlier editions of a piece of work with their figures, the first first."""
    earlier = WorkItemEdition.objects.filter(
        work_item_id=edition.work_item_id, number__lt=edition.number
    )
    return packed(earlier.order_by("number"), {"figures": _FIGURES})


@prepared
def listed_work_items() -> QuerySet[WorkItemEdition]:
    """Public highlighted work as lists show it: without the text."""
    return work_items().defer("body", "organization__introduction")


def speeches_of(editions: Iterable[WorkItemEdition]) -> dict[int, SpeechEdition]:
    """Return the public speeches that this work comes from, by the number of the speech."""
    numbers = {edition.speech_id for edition in editions if edition.speech_id}
    found = SpeechEdition.objects.current().filter(speech_id__in=numbers).order_by()
    return {edition.speech_id: edition for edition in found.only("speech_id", "title", "source")}


def credits_of(people: Iterable[Speaker]) -> dict[int, list[SpeechEdition]]:
    """Return the public speeches of each of these people, the newest first, by their number."""
    found = (
        SpeechEditionSpeaker.objects.filter(
            speaker__in=list(people), edition__closed_at__isnull=True
        )
        .select_related("edition__organization")
        .defer("edition__body", "edition__summary", "edition__organization__introduction")
        .order_by("-edition__first_published_at", "-edition_id")
    )
    by_person: dict[int, list[SpeechEdition]] = {}
    for credit in found:
        by_person.setdefault(credit.speaker_id, []).append(credit.edition)
    return by_person


def speakers() -> QuerySet[Speaker]:
    """People with at least one public speech, by pinyin."""
    spoke = SpeechEditionSpeaker.objects.filter(edition__closed_at__isnull=True)
    return Speaker.objects.filter(pk__in=spoke.order_by().values("speaker_id")).order_by(
        "sort_key", "pk"
    )
