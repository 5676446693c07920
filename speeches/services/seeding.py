"""Many invented speeches, published, by bulk writes: for trials of size and speed.

The editions are as real as any: numbered, hashed, on record. What bulk writes leave out is the
history of each draft, and the reviews, which nobody did; the record of the publication says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, reset_queries, transaction
from django.utils.translation import gettext as _
from taggit.models import Tag, TaggedItem

from speeches import richtext
from speeches.enums import MeetingKind, Stage
from speeches.exceptions import SpeechesError
from speeches.models import (
    Figure,
    Meeting,
    MeetingEdition,
    Speech,
    SpeechEdition,
    SpeechSpeaker,
    WorkItem,
    WorkItemEdition,
)
from speeches.services import invention
from speeches.services.first_editions import publish_first
from speeches.services.invented_world import World, invented_world
from speeches.signatures import signature

SPEECHES_IN_A_MEETING = 10
WORK_EVERY = 5
"""Every so many speeches one gives a piece of highlighted work."""
CHUNK = 25
"""Meetings written in one transaction."""
MOST = 100_000


class SeedRefused(SpeechesError):
    """That many speeches are not made."""


@dataclass(slots=True)
class Seeded:
    """How many rows were added, and how many speeches were there already."""

    meetings: int = 0
    speeches: int = 0
    work_items: int = 0
    editions: int = 0
    skipped: int = 0


def seed(*, speeches: int, seed: int, tell: Callable[[str], None]) -> Seeded:
    """Publish ``speeches`` invented speeches, ten a meeting; those of an earlier run are skipped.

    ``tell`` is called after every transaction. Raises SeedRefused for a number below 1 or above
    ``MOST``.
    """
    if not 1 <= speeches <= MOST:
        raise SeedRefused(_("The number of speeches lies between 1 and %(most)s.") % {"most": MOST})
    world = invented_world()
    done = Seeded()
    meetings = -(-speeches // SPEECHES_IN_A_MEETING)
    for first in range(1, meetings + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, meetings + 1))
        _seed_chunk(world, seed, numbers, speeches, done)
        reset_queries()
        tell(
            _("%(count)s of %(total)s speeches")
            % {"count": done.speeches + done.skipped, "total": speeches}
        )
    return done


@transaction.atomic
def _seed_chunk(
    world: World, seed: int, numbers: Iterable[int], speeches: int, done: Seeded
) -> None:
    slugs = {number: f"demo-{seed}-{number}" for number in numbers}
    known = Meeting.objects.in_bulk(slugs.values(), field_name="slug")
    new = [
        _meeting(world, invention.meeting(seed=seed, number=number), slug)
        for number, slug in slugs.items()
        if slug not in known
    ]
    Meeting.objects.bulk_create(new)
    done.meetings += len(new)
    done.editions += len(publish_first(drafts=new, model=MeetingEdition, user=world.user))
    meetings = {**known, **{meeting.slug: meeting for meeting in new}}
    there = set(
        Speech.objects.filter(meeting__in=known.values()).values_list("meeting_id", "position")
    )
    missing = []
    for number, slug in slugs.items():
        before = (number - 1) * SPEECHES_IN_A_MEETING
        for position in range(1, min(SPEECHES_IN_A_MEETING, speeches - before) + 1):
            if (meetings[slug].pk, position) in there:
                done.skipped += 1
            else:
                invented = invention.speech(seed=seed, number=before + position)
                missing.append((invented, meetings[slug], position))
    _seed_speeches(world, missing, done)


def _meeting(world: World, invented: invention.InventedMeeting, slug: str) -> Meeting:
    return Meeting(
        slug=slug,
        title=invented.title,
        subtitle="——发言摘登",
        kind=MeetingKind.CONSULTATION,
        start_date=invented.held_on,
        end_date=invented.held_on,
        host=world.bodies[0],
        place=invented.place,
        editors_note="编者按：本次会议及全部发言均为演示而虚构。",
        **_published(world),
    )


def _published(world: World) -> dict[str, Any]:
    return {"stage": Stage.PUBLISHED, "author": world.user, "review_round": 1}


def _seed_speeches(
    world: World,
    missing: Sequence[tuple[invention.InventedSpeech, Meeting, int]],
    done: Seeded,
) -> None:
    invented = [speech for speech, _meeting, _position in missing]
    drafts = Speech.objects.bulk_create(_speech(world, *one) for one in missing)
    SpeechSpeaker.objects.bulk_create(
        SpeechSpeaker(
            speech=draft,
            speaker_id=world.posts[speech.speaker].speaker_id,
            name_printed=invention.PEOPLE[speech.speaker].name,
            appointment=world.posts[speech.speaker],
        )
        for draft, speech in zip(drafts, invented, strict=True)
    )
    topics = [world.tags[speech.topic] for speech in invented]
    _tag(drafts, topics)
    editions = publish_first(
        drafts=drafts, model=SpeechEdition, user=world.user, parts=["credits", "tags"]
    )
    _tag(editions, topics)
    done.speeches += len(drafts)
    done.editions += len(editions)
    telling = range(0, len(drafts), WORK_EVERY)
    _seed_work(world, [(invented[index], drafts[index]) for index in telling], done)


def _speech(
    world: World, invented: invention.InventedSpeech, meeting: Meeting, position: int
) -> Speech:
    person = invention.PEOPLE[invented.speaker]
    body = world.bodies[person.body]
    return Speech(
        meeting=meeting,
        position=position,
        title=invented.title,
        byline=signature(body.name, person.posts, [person.name]),
        organization_printed=body.name,
        posts_printed=list(person.posts),
        organization=body,
        body=richtext.from_paragraphs(invented.paragraphs),
        **_published(world),
    )


def _seed_work(
    world: World, telling: Sequence[tuple[invention.InventedSpeech, Speech]], done: Seeded
) -> None:
    drafts = WorkItem.objects.bulk_create(
        WorkItem(
            title=f"{speech.organization_printed}{invented.work}",
            organization_id=speech.organization_id,
            speech=speech,
            paragraph=f"p{invented.results + 1}",
            year=speech.meeting.start_date.year if speech.meeting.start_date else None,
            body=richtext.from_paragraphs([invented.paragraphs[invented.results]]),
            **_published(world),
        )
        for invented, speech in telling
    )
    Figure.objects.bulk_create(
        _figure(draft, position, figure)
        for draft, (invented, _speech) in zip(drafts, telling, strict=True)
        for position, figure in enumerate(invented.figures)
    )
    topics = [world.tags[invented.topic] for invented, _speech in telling]
    _tag(drafts, topics)
    editions = publish_first(
        drafts=drafts, model=WorkItemEdition, user=world.user, parts=["figures", "tags"]
    )
    _tag(editions, topics)
    done.work_items += len(drafts)
    done.editions += len(editions)


def _figure(draft: WorkItem, position: int, figure: invention.InventedFigure) -> Figure:
    columns = asdict(figure)
    value = Decimal(columns.pop("value"))
    return Figure(work_item=draft, position=position, low=value, high=value, **columns)


def _tag(rows: Sequence[models.Model], tags: Sequence[Tag]) -> None:
    if rows:
        kind = ContentType.objects.get_for_model(rows[0])
        TaggedItem.objects.bulk_create(
            TaggedItem(tag=tag, content_type=kind, object_id=row.pk)
            for row, tag in zip(rows, tags, strict=True)
        )
