"""From the current editions of a meeting to the one document that every export is made from."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from organizations.models import Organization
from speeches import textblocks
from speeches.exporting.document import (
    DigestBody,
    DigestCredit,
    DigestDocument,
    DigestFigure,
    DigestSpeech,
    DigestWorkItem,
)
from speeches.models.editions import (
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)


def digest_of(meeting: MeetingEdition) -> DigestDocument:
    """Return everything public of a meeting, in the order of its digest; a constant of queries."""
    speeches = list(current_speeches(meeting_id=meeting.meeting_id))
    return DigestDocument(
        slug=meeting.slug,
        title=meeting.title,
        url=meeting.get_absolute_url(),
        speeches=tuple(digest_speech(speech) for speech in speeches),
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
        work_items=digest_work_items([speech.speech_id for speech in speeches]),
        edition_hash=meeting.content_hash,
        published_on=meeting.published_at.astimezone().date(),
        host_body=_body(meeting.host),
    )


def current_speeches(**lookups: Any) -> QuerySet[SpeechEdition]:
    """Return the public speeches that meet ``lookups``, ready for ``digest_speech``."""
    found: QuerySet[SpeechEdition] = (
        SpeechEdition.objects.current()
        .filter(**lookups)
        .select_related("organization")
        .prefetch_related(Prefetch("credits", _credits()))
        .order_by("position", "speech_id")
    )
    return found


def _credits() -> QuerySet[SpeechEditionSpeaker]:
    return SpeechEditionSpeaker.objects.select_related("speaker", "appointment__organization")


def digest_work_items(speech_ids: Iterable[int]) -> tuple[DigestWorkItem, ...]:
    """Return the public highlighted work that speeches tell of."""
    found: Iterable[WorkItemEdition] = (
        WorkItemEdition.objects.current()
        .filter(speech_id__in=speech_ids)
        .select_related("organization")
        .prefetch_related("figures__indicator")
        .order_by("position", "work_item_id")
    )
    return tuple(_work_item(item) for item in found)


def digest_speech(edition: SpeechEdition) -> DigestSpeech:
    """Return one speech of a document."""
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
        body=_body(edition.organization),
        credits=tuple(_credit(credit) for credit in edition.credits.all()),
    )


def _body(body: Organization | None) -> DigestBody | None:
    return DigestBody(body.pk, body.name) if body else None


def _credit(credit: SpeechEditionSpeaker) -> DigestCredit:
    post = credit.appointment
    return DigestCredit(
        person_id=credit.speaker_id,
        name=credit.speaker.name,
        printed=str(credit),
        post=post.post_title if post else "",
        body=_body(post.organization) if post else None,
        start_date=post.start_date if post else None,
        end_date=post.end_date if post else None,
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
