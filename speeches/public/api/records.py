"""From public editions, bodies and people to the records of the interface.

Each function takes a constant number of queries, whatever the number of rows.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.urls import reverse

from organizations.models import Organization
from speeches.exporting.sheets import text_of
from speeches.figures import meaning
from speeches.models.editions import (
    Edition,
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    WorkItemEdition,
)
from speeches.public import selectors
from speeches.public.api import schemas
from speeches.public.entries import (
    SpeechEntry,
    WorkEntry,
    meeting_entries,
    speech_entries,
    work_entries,
)
from speeches.public.pages import absolute
from speeches.public.topics import Topic, topics_of
from speeches.textblocks import blocks


def address(name: str, key: int | str) -> str:
    """Return the full address of the record ``key`` of the operation ``name``."""
    return absolute(_path(name, key))


@lru_cache(maxsize=10_000)
def _path(name: str, key: int | str) -> str:
    """The path, kept: a list names a hundred, and most of them again and again."""
    return reverse(f"api:{name}", args=[key])


def page_of(path: str, note: str = "") -> schemas.Source:
    """Return the page at ``path`` as a source."""
    return schemas.Source(url=absolute(path), note=note)


def meetings(editions: Iterable[MeetingEdition]) -> list[schemas.Meeting]:
    """Return public meetings; their hosts must be fetched."""
    return [
        schemas.Meeting(
            **_published(entry.edition, address("meeting", entry.edition.slug)),
            sources=[page_of(entry.edition.get_absolute_url(), _printed_in(entry.edition))],
            slug=entry.edition.slug,
            name=entry.edition.title,
            kicker=entry.edition.kicker,
            subtitle=entry.edition.subtitle,
            classification=entry.edition.kind,
            description=entry.edition.editors_note,
            start_date=entry.edition.start_date,
            end_date=entry.edition.end_date,
            term=entry.edition.term,
            session=entry.edition.session,
            location=entry.edition.place,
            organization_id=entry.edition.host_id,
            organization=body_reference(entry.edition.host),
            speech_count=entry.speeches,
        )
        for entry in meeting_entries(editions)
    ]


def _printed_in(edition: MeetingEdition) -> str:
    printed = (edition.source_newspaper, edition.source_issue, edition.source_page)
    return " ".join(filter(None, printed))


def speeches(editions: Iterable[SpeechEdition], *, full: bool = True) -> list[schemas.Speech]:
    """Return public speeches, with their texts where they are ``full``."""
    return [_speech(entry, full=full) for entry in speech_entries(editions)]


def _speech(entry: SpeechEntry, *, full: bool) -> schemas.Speech:
    edition, meeting = entry.edition, entry.meeting
    speakers = [
        schemas.SpeechSpeaker(
            person_id=credit.speaker_id,
            name=str(credit),
            url=address("speaker", credit.speaker_id),
        )
        for credit in edition.credits.all()
    ]
    people = [speaker.person_id for speaker in speakers]
    return schemas.Speech(
        **_published(edition, address("speech", edition.speech_id)),
        sources=[page_of(edition.get_absolute_url(), entry.source)],
        title=edition.title,
        event_id=meeting.meeting_id if meeting else None,
        event=_meeting_reference(meeting),
        position=edition.position,
        date=meeting.start_date if meeting else None,
        creator_id=people[0] if len(people) == 1 else None,
        contributor_ids=people if len(people) > 1 else [],
        speakers=speakers,
        organization_id=edition.organization_id,
        organization=body_reference(edition.organization),
        role="、".join(edition.posts_printed),
        attribution_text=entry.signature,
        on_behalf_of=edition.on_behalf_of,
        classification=edition.kind,
        summary=edition.summary,
        topics=_topic_references(topics_of(edition)),
        **_text(edition, full=full),
    )


def work_items(editions: Iterable[WorkItemEdition], *, full: bool = True) -> list[schemas.WorkItem]:
    """Return public highlighted work with its figures, with its text where it is ``full``."""
    return [_work_item(entry, full=full) for entry in work_entries(editions)]


def _work_item(entry: WorkEntry, *, full: bool) -> schemas.WorkItem:
    edition, speech = entry.edition, entry.speech
    return schemas.WorkItem(
        **_published(edition, address("work_item", edition.work_item_id)),
        sources=_work_sources(entry),
        title=edition.title,
        summary=edition.summary,
        organization_id=edition.organization_id,
        organization=body_reference(edition.organization),
        speech_id=speech.speech_id if speech else None,
        speech=schemas.Reference(
            id=speech.speech_id, name=speech.title, url=address("speech", speech.speech_id)
        )
        if speech
        else None,
        paragraph=edition.paragraph if speech else "",
        period=_period(edition),
        featured=edition.featured,
        topics=_topic_references(entry.topics),
        figures=[_figure(figure, entry) for figure in edition.figures.all()],
        **_text(edition, full=full),
    )


def figures(rows: Sequence[FigureEdition]) -> list[schemas.Figure]:
    """Return figures of public work; their editions must be fetched with the bodies."""
    editions = {row.edition_id: row.edition for row in rows}
    speeches = selectors.speeches_of(editions.values())
    entries = {
        key: WorkEntry(edition, speeches.get(edition.speech_id or 0))
        for key, edition in editions.items()
    }
    return [_figure(row, entries[row.edition_id]) for row in rows]


def _figure(row: FigureEdition, entry: WorkEntry) -> schemas.Figure:
    edition = entry.edition
    return schemas.Figure(
        work_item_id=edition.work_item_id,
        position=row.position,
        printed=row.printed,
        object=row.object,
        low=row.low,
        high=row.high,
        unit=row.unit,
        bound=row.bound,
        meaning=meaning(row.low, row.high, row.bound, row.unit),
        claim=row.claim,
        indicator=row.indicator.name if row.indicator else "",
        period=_period(edition),
        verified=row.verified,
        organization=body_reference(edition.organization),
        work_item=schemas.Reference(
            id=edition.work_item_id,
            name=edition.title,
            url=address("work_item", edition.work_item_id),
        ),
        sources=_work_sources(entry),
    )


def _work_sources(entry: WorkEntry) -> list[schemas.Source]:
    paths = (entry.edition.get_absolute_url(), entry.source_url)
    return [page_of(path) for path in paths if path]


def _period(edition: WorkItemEdition) -> str:
    return str(edition.year or "")


def body_reference(body: Organization | None) -> schemas.Reference | None:
    """Return a body that a public piece names: by its address only where it has a page."""
    if body is None:
        return None
    url = address("organization", body.pk) if body.is_public else None
    return schemas.Reference(id=body.pk, name=body.name, url=url)


def _meeting_reference(meeting: MeetingEdition | None) -> schemas.MeetingReference | None:
    if meeting is None:
        return None
    return schemas.MeetingReference(
        id=meeting.meeting_id,
        slug=meeting.slug,
        name=meeting.title,
        url=address("meeting", meeting.slug),
    )


def _topic_references(topics: Iterable[Topic]) -> list[schemas.TopicReference]:
    return [
        schemas.TopicReference(
            id=topic.slug,
            name=topic.name,
            url=address("topic", topic.slug) if topic.slug else None,
        )
        for topic in topics
    ]


def _published(edition: Edition, url: str) -> dict[str, Any]:
    return {
        "id": edition.draft_id,
        "url": url,
        "edition": edition.number,
        "edition_hash": edition.content_hash,
        "created_at": edition.first_published_at,
        "updated_at": edition.published_at,
    }


def _text(edition: SpeechEdition | WorkItemEdition, *, full: bool) -> dict[str, str | None]:
    if not full:
        return {"text": None, "html": None}
    return {"text": text_of(blocks(edition.body)), "html": edition.body}
