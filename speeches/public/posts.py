"""Posts over time, as published speeches tell them.

A post is shown once a speech that names it is public: in the words that were printed, and dated by
the appointment it was resolved to or, where that has no dates, by the meetings at which it was
printed. What the office merely keeps of people is not shown.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject, TruncDate
from django.urls import reverse

from speeches.models.editions import MeetingEdition, SpeechEditionSpeaker
from speeches.public.entries import Link
from speeches.public.packing import JSONRows, of_owner, packed_field
from speeches.signatures import post_line


@dataclass(frozen=True, slots=True)
class Post:
    """A post of one person in one body; ``start`` and ``end`` are days of the appointment.

    ``first`` and ``last`` are the years in which speeches name it.
    """

    person: Link
    body: Link
    title: str
    start: date | None
    end: date | None
    first: int
    last: int
    speeches: int


def posts_in(field: str) -> Subquery:
    """Return the posts that public speeches name, as JSON: of a body or of a speaker.

    ``field`` leads from a speaker of a speech to the row whose posts are asked for.
    """
    day = MeetingEdition.objects.current().filter(meeting=OuterRef("edition__meeting_id"))
    columns = {
        "speaker": F("speaker_id"),
        "speaker_name": F("speaker__name"),
        "body": F("edition__organization_id"),
        "body_printed": F("edition__organization_printed"),
        "body_name": F("edition__organization__name"),
        "body_public": F("edition__organization__is_public"),
        "printed": F("edition__posts_printed"),
        "held_in": F("appointment__organization_id"),
        "held_as": F("appointment__post_title"),
        "start": F("appointment__start_date"),
        "end": F("appointment__end_date"),
        "met": Subquery(day.order_by().values("start_date")[:1]),
        "published": TruncDate("edition__first_published_at"),
    }
    named = SpeechEditionSpeaker.objects.filter(
        Q(**of_owner(field)), edition__closed_at__isnull=True
    )
    rows = named.order_by().values(field).annotate(packed=JSONRows(JSONObject(**columns)))
    return Subquery(rows.values("packed"), output_field=packed_field())


def posts_of(records: Iterable[dict[str, Any]] | None) -> list[Post]:
    """Return the posts of ``posts_in``, the latest first; speeches that name one post are one."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for record in records or ():
        title = _title(record)
        if title:
            dated = _dates(record)
            key = (record["speaker"], _body_name(record), title, *dated)
            groups.setdefault(key, []).append(record)
    posts = [_post(key, found) for key, found in groups.items()]
    return sorted(posts, key=_latest_first)


def _post(key: tuple[Any, ...], found: list[dict[str, Any]]) -> Post:
    number, body, title, start, end = key
    record = found[0]
    years = sorted(date.fromisoformat(row["met"] or row["published"]).year for row in found)
    has_page = record["body"] and record["body_public"]
    return Post(
        person=Link(record["speaker_name"], reverse("speaker", args=[number])),
        body=Link(body, reverse("organization", args=[record["body"]]) if has_page else ""),
        title=title,
        start=start,
        end=end,
        first=years[0],
        last=years[-1],
        speeches=len(found),
    )


def _title(record: dict[str, Any]) -> str:
    printed = record["printed"]
    titles = json.loads(printed) if isinstance(printed, str) else printed
    return post_line("", titles) or record["held_as"] or ""


def _body_name(record: dict[str, Any]) -> str:
    return record["body_printed"] or record["body_name"] or ""


def _dates(record: dict[str, Any]) -> tuple[date | None, date | None]:
    if not record["body"] or record["held_in"] != record["body"]:
        return None, None
    return tuple(record[end] and date.fromisoformat(record[end]) for end in ("start", "end"))


def _latest_first(post: Post) -> tuple[Any, ...]:
    until = post.end.year if post.end else post.last
    since = post.start.year if post.start else post.first
    return (-until, -since, -post.speeches, post.body.label, post.person.label, post.title)
