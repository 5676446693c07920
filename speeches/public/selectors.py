"""What pages read: current editions, never drafts.

An edition's foreign key to a draft is its stable identity; its number may be read, the row behind
it never. Every function here is a constant number of queries, whatever the size of the list.
"""

from collections.abc import Iterable

from django.db.models import Count, F, Prefetch, QuerySet

from organizations.models import Speaker
from speeches.models.editions import (
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)

_CREDITS = Prefetch(
    "credits",
    SpeechEditionSpeaker.objects.select_related("speaker")
    .defer("speaker__biography")
    .order_by("position", "pk"),
)
_FIGURES = Prefetch(
    "figures", FigureEdition.objects.select_related("indicator").order_by("position", "pk")
)
NEWEST = ("-first_published_at", "-pk")
AS_SPOKEN = ("meeting_id", "position", "speech_id")
AS_FEATURED = ("-featured", "position", "-work_item_id")


def meetings() -> QuerySet[MeetingEdition]:
    """Public meetings, the newest first; those without a date come last."""
    return (
        MeetingEdition.objects.current()
        .select_related("host")
        .order_by(F("start_date").desc(nulls_last=True), "-pk")
    )


def speeches() -> QuerySet[SpeechEdition]:
    """Public speeches with their text, bodies and speakers; the newest first."""
    return (
        SpeechEdition.objects.current()
        .select_related("organization")
        .prefetch_related(_CREDITS)
        .order_by(*NEWEST)
    )


def listed_speeches() -> QuerySet[SpeechEdition]:
    """Public speeches as lists show them: without the text."""
    return speeches().defer("body", "organization__introduction")


def work_items() -> QuerySet[WorkItemEdition]:
    """Public highlighted work with its figures and topics, in the order of the editors."""
    return (
        WorkItemEdition.objects.current()
        .select_related("organization")
        .prefetch_related(_FIGURES, "tags")
        .order_by(*AS_FEATURED)
    )


def listed_work_items() -> QuerySet[WorkItemEdition]:
    """Public highlighted work as lists show it: without the text."""
    return work_items().defer("body", "organization__introduction")


def work_on_cards() -> QuerySet[WorkItemEdition]:
    """Public highlighted work with its figures and no more, as a card shows it."""
    return listed_work_items().prefetch_related(None).prefetch_related(_FIGURES)


def meetings_of(editions: Iterable[SpeechEdition]) -> dict[int, MeetingEdition]:
    """Return the public meetings of these speeches, by the number of the meeting."""
    numbers = {edition.meeting_id for edition in editions}
    found = MeetingEdition.objects.current().filter(meeting_id__in=numbers).defer("editors_note")
    return {edition.meeting_id: edition for edition in found.order_by()}


def speeches_of(editions: Iterable[WorkItemEdition]) -> dict[int, SpeechEdition]:
    """Return the public speeches that this work comes from, by the number of the speech."""
    numbers = {edition.speech_id for edition in editions if edition.speech_id}
    found = listed_speeches().filter(speech_id__in=numbers)
    return {edition.speech_id: edition for edition in found}


def speech_counts(editions: Iterable[MeetingEdition]) -> dict[int, int]:
    """Return how many public speeches each of these meetings has, by its number."""
    numbers = [edition.meeting_id for edition in editions]
    rows = SpeechEdition.objects.current().filter(meeting_id__in=numbers).order_by()
    return dict(rows.values_list("meeting_id").annotate(Count("pk")))


def speakers() -> QuerySet[Speaker]:
    """People with at least one public speech, by pinyin."""
    spoke = SpeechEditionSpeaker.objects.filter(edition__closed_at__isnull=True)
    return Speaker.objects.filter(pk__in=spoke.order_by().values("speaker_id")).order_by(
        "sort_key", "pk"
    )


def credits_of(people: Iterable[Speaker]) -> dict[int, list[SpeechEdition]]:
    """Return the public speeches of each of these people, the newest first, by their number."""
    found = (
        SpeechEditionSpeaker.objects.filter(
            speaker__in=list(people), edition__closed_at__isnull=True
        )
        .select_related("edition")
        .defer("edition__body", "edition__summary")
        .order_by("-edition__first_published_at", "-edition_id")
    )
    by_person: dict[int, list[SpeechEdition]] = {}
    for credit in found:
        by_person.setdefault(credit.speaker_id, []).append(credit.edition)
    return by_person
