"""Many invented speeches, published, by bulk writes: for trials of size and speed.

The editions are as real as any: numbered, hashed, on record. What bulk writes leave out is the
history of each draft, and the reviews, which nobody did; the record of the publication says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, reset_queries, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag, TaggedItem

from organizations.enums import OrganizationKind
from organizations.models import Appointment, Organization, Speaker
from organizations.models.people import sort_key_of
from speeches import richtext
from speeches.enums import Action, MeetingKind, Stage
from speeches.exceptions import SpeechesError
from speeches.models import (
    Draft,
    Edition,
    Figure,
    FigureEdition,
    Meeting,
    MeetingEdition,
    ReviewRecord,
    Speech,
    SpeechEdition,
    SpeechEditionSpeaker,
    SpeechSpeaker,
    WorkItem,
    WorkItemEdition,
)
from speeches.models.content import SpeakerCredit
from speeches.models.editions import hash_of
from speeches.services import invention

SPEECHES_IN_A_MEETING = 10
WORK_EVERY = 5
"""Every so many speeches one gives a piece of highlighted work."""
CHUNK = 25
"""Meetings written in one transaction."""
MOST = 100_000
ACCOUNT = "seed_demo"
NOTE = "演示"


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


@dataclass(frozen=True, slots=True)
class _World:
    """The rows that every speech refers to, by the numbers of ``invention``."""

    user: AbstractUser
    bodies: Sequence[Organization]
    posts: Sequence[Appointment]
    tags: dict[str, Tag]


def seed(*, speeches: int, seed: int, tell: Callable[[str], None]) -> Seeded:
    """Publish ``speeches`` invented speeches, ten a meeting; those of an earlier run are skipped.

    ``tell`` is called after every transaction. Raises SeedRefused for a number below 1 or above
    ``MOST``.
    """
    if not 1 <= speeches <= MOST:
        raise SeedRefused(_("The number of speeches lies between 1 and %(most)s.") % {"most": MOST})
    world = _world()
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
def _world() -> _World:
    user, is_new = get_user_model().objects.get_or_create(
        username=ACCOUNT, defaults={"is_active": False, "first_name": NOTE}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    bodies = _bodies()
    return _World(
        user=user,
        bodies=bodies,
        posts=_posts(bodies),
        tags={name: Tag.objects.get_or_create(name=name)[0] for name in invention.TOPICS},
    )


def _bodies() -> list[Organization]:
    found: dict[str, Organization] = {}
    for body in invention.BODIES:
        found[body.name], _is_new = Organization.objects.get_or_create(
            name=body.name,
            defaults={
                "kind": OrganizationKind.COMMITTEE,
                "level": body.level,
                "parent": found.get(body.parent),
            },
        )
    return list(found.values())


def _posts(bodies: Sequence[Organization]) -> list[Appointment]:
    invented = invention.PEOPLE
    names = [person.name for person in invented]
    people = Speaker.objects.filter(name__in=names, note=NOTE)
    known = set(people.values_list("name", flat=True))
    Speaker.objects.bulk_create(
        Speaker(name=name, note=NOTE, sort_key=sort_key_of(name))
        for name in names
        if name not in known
    )
    ids = dict(people.values_list("name", "pk"))
    held = Appointment.objects.filter(speaker__in=ids.values(), organization__in=bodies)
    known_posts = set(held.values_list("speaker_id", flat=True))
    Appointment.objects.bulk_create(
        Appointment(
            speaker_id=ids[person.name],
            organization=bodies[person.body],
            post_title=person.posts[-1],
        )
        for person in invented
        if ids[person.name] not in known_posts
    )
    by_speaker = {post.speaker_id: post for post in held.order_by("-pk")}
    return [by_speaker[ids[name]] for name in names]


@transaction.atomic
def _seed_chunk(
    world: _World, seed: int, numbers: Iterable[int], speeches: int, done: Seeded
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
    done.editions += len(_publish(new, MeetingEdition, world.user))
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


def _meeting(world: _World, invented: invention.InventedMeeting, slug: str) -> Meeting:
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
        **_published_by(world.user),
    )


def _published_by(user: AbstractUser) -> dict[str, Any]:
    return {"stage": Stage.PUBLISHED, "author": user, "review_round": 1}


def _seed_speeches(
    world: _World,
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
    editions = _publish(drafts, SpeechEdition, world.user, "credits", "tags")
    _tag(editions, topics)
    done.speeches += len(drafts)
    done.editions += len(editions)
    telling = range(0, len(drafts), WORK_EVERY)
    _seed_work(world, [(invented[index], drafts[index]) for index in telling], done)


def _speech(
    world: _World, invented: invention.InventedSpeech, meeting: Meeting, position: int
) -> Speech:
    person = invention.PEOPLE[invented.speaker]
    body = world.bodies[person.body]
    return Speech(
        meeting=meeting,
        position=position,
        title=invented.title,
        byline=f"{body.name}{'、'.join(person.posts)}　{person.name}",
        organization_printed=body.name,
        posts_printed=list(person.posts),
        organization=body,
        body=richtext.from_paragraphs(invented.paragraphs),
        **_published_by(world.user),
    )


def _seed_work(
    world: _World, telling: Sequence[tuple[invention.InventedSpeech, Speech]], done: Seeded
) -> None:
    drafts = WorkItem.objects.bulk_create(
        WorkItem(
            title=f"{speech.organization_printed}{invented.work}",
            organization_id=speech.organization_id,
            speech=speech,
            paragraph=f"p{invented.results + 1}",
            year=speech.meeting.start_date.year if speech.meeting.start_date else None,
            body=richtext.from_paragraphs([invented.paragraphs[invented.results]]),
            **_published_by(world.user),
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
    editions = _publish(drafts, WorkItemEdition, world.user, "figures", "tags")
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


def _publish(
    drafts: Sequence[Draft], model: type[Edition], user: AbstractUser, *parts: str
) -> list[Any]:
    """Store the first edition of every draft, its ``parts`` and the record of its publication."""
    models.prefetch_related_objects(list(drafts), *parts)
    now = timezone.now()
    editions = model.objects.bulk_create(
        _first_edition(draft, model, user, now) for draft in drafts
    )
    pairs = list(zip(drafts, editions, strict=True))
    if model is SpeechEdition:
        SpeechEditionSpeaker.objects.bulk_create(_credits(pairs))
    elif model is WorkItemEdition:
        FigureEdition.objects.bulk_create(_figures(pairs))
    opinion = _("Invented for trials; nobody reviewed it.")
    ReviewRecord.objects.bulk_create(
        ReviewRecord(
            content_type=ContentType.objects.get_for_model(draft),
            object_id=draft.pk,
            action=Action.PUBLISH,
            source=Stage.APPROVED,
            target=Stage.PUBLISHED,
            round=draft.review_round,
            actor=user,
            opinion=opinion,
            edition_hash=edition.content_hash,
        )
        for draft, edition in pairs
    )
    return editions


def _first_edition(
    draft: Draft, model: type[Edition], user: AbstractUser, now: datetime
) -> Edition:
    identity: dict[str, Any] = {"number": 1, "previous_hash": "", "published_at": now}
    return model(
        **{model.DRAFT_FIELD: draft},
        **_columns(draft, draft.content_fields()),
        **identity,
        first_published_at=now,
        published_by=user,
        content_hash=hash_of(
            kind=model._meta.model_name, draft_id=draft.pk, content=draft.content(), **identity
        ),
    )


def _columns(row: models.Model, fields: Iterable[models.Field[Any, Any]]) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in fields}


def _credits(pairs: Iterable[tuple[Any, Any]]) -> Iterator[SpeechEditionSpeaker]:
    for draft, edition in pairs:
        for credit in draft.credits.all():
            columns = _columns(credit, SpeakerCredit._meta.local_fields)
            yield SpeechEditionSpeaker(edition=edition, **columns)


def _figures(pairs: Iterable[tuple[Any, Any]]) -> Iterator[FigureEdition]:
    for draft, edition in pairs:
        for figure in draft.figures.all():
            columns = _columns(figure, figure.content_fields())
            yield FigureEdition(edition=edition, verified=figure.verified, **columns)
