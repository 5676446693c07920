"""From the current editions of a meeting to the one document that every export is made from."""

from collections.abc import Iterable

from django.urls import reverse

from speeches import textblocks
from speeches.exporting.document import (
    DigestDocument,
    DigestFigure,
    DigestSpeech,
    DigestWorkItem,
)
from speeches.models.editions import FigureEdition, MeetingEdition, SpeechEdition, WorkItemEdition


def digest_of(meeting: MeetingEdition) -> DigestDocument:
    """Return everything public of a meeting, in the order of its digest; a constant of queries."""
    speeches = list(_speeches(meeting))
    work_items = _work_items([speech.speech_id for speech in speeches])
    return DigestDocument(
        slug=meeting.slug,
        title=meeting.title,
        url=meeting.get_absolute_url(),
        speeches=tuple(_speech(speech) for speech in speeches),
        kicker=meeting.kicker,
        subtitle=meeting.subtitle,
        start_date=meeting.start_date,
        end_date=meeting.end_date,
        term=meeting.term,
        session=meeting.session,
        host=meeting.host.name if meeting.host else "",
        place=meeting.place,
        editors_note=meeting.editors_note,
        source=" ".join(
            filter(None, (meeting.source_newspaper, meeting.source_issue, meeting.source_page))
        ),
        work_items=tuple(_work_item(item) for item in work_items),
        edition_hash=meeting.content_hash,
        published_on=meeting.published_at.astimezone().date(),
    )


def _speeches(meeting: MeetingEdition) -> Iterable[SpeechEdition]:
    found: Iterable[SpeechEdition] = (
        SpeechEdition.objects.current()
        .filter(meeting_id=meeting.meeting_id)
        .select_related("organization")
        .prefetch_related("credits__speaker")
        .order_by("position", "speech_id")
    )
    return found


def _work_items(speech_ids: Iterable[int]) -> Iterable[WorkItemEdition]:
    found: Iterable[WorkItemEdition] = (
        WorkItemEdition.objects.current()
        .filter(speech_id__in=speech_ids)
        .select_related("organization")
        .prefetch_related("figures__indicator")
        .order_by("position", "work_item_id")
    )
    return found


def _speech(edition: SpeechEdition) -> DigestSpeech:
    return DigestSpeech(
        id=edition.speech_id,
        title=edition.title,
        byline=edition.byline,
        organization=edition.organization_name,
        posts=tuple(edition.posts_printed),
        speakers=tuple(str(credit) for credit in edition.credits.all()),
        blocks=textblocks.blocks(edition.body),
        url=edition.get_absolute_url(),
        on_behalf_of=edition.on_behalf_of,
        summary=edition.summary,
        edition_hash=edition.content_hash,
        tags=tuple(edition.topics),
    )


def _work_item(edition: WorkItemEdition) -> DigestWorkItem:
    return DigestWorkItem(
        id=edition.work_item_id,
        title=edition.title,
        organization=str(edition.organization or ""),
        summary=edition.summary,
        year=edition.year,
        url=reverse("work_item", args=[edition.work_item_id]),
        speech_id=edition.speech_id,
        figures=tuple(_figure(figure) for figure in edition.figures.all()),
        tags=tuple(edition.topics),
    )


def _figure(figure: FigureEdition) -> DigestFigure:
    return DigestFigure(
        printed=figure.printed,
        object=figure.object,
        unit=figure.unit,
        low=None if figure.low is None else float(figure.low),
        high=None if figure.high is None else float(figure.high),
        bound=figure.bound,
        claim=figure.claim,
        indicator=figure.indicator.name if figure.indicator else "",
    )
