"""Bodies, people and topics as records: what public editions print of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from taggit.models import Tag

from organizations.models import Organization, Speaker
from speeches.models.editions import SpeechEdition, SpeechEditionSpeaker
from speeches.public.api import schemas
from speeches.public.api.records import address, body_reference, page_of
from speeches.public.bodies import BodyTree
from speeches.public.topics import Topic


def organizations(rows: Sequence[Organization], tree: BodyTree) -> list[schemas.Organization]:
    """Return bodies that have a page in ``tree``, also by the names that speeches print."""
    printed = (
        SpeechEdition.objects.current()
        .filter(organization__in=rows)
        .exclude(organization_printed="")
        .order_by("organization_printed")
        .values_list("organization_id", "organization_printed")
        .distinct()
    )
    names = _others(rows, printed)
    return [
        schemas.Organization(
            id=row.pk,
            url=address("organization", row.pk),
            sources=[page_of(row.get_absolute_url())],
            name=row.name,
            other_names=names[row.pk],
            classification=row.kind,
            level=row.level or None,
            parent_id=row.parent_id if row.parent_id and tree.has_page(row.parent_id) else None,
            description=row.introduction,
            speech_count=tree[row.pk].speeches,
            work_item_count=tree[row.pk].work,
        )
        for row in rows
    ]


def speakers(rows: Sequence[Speaker]) -> list[schemas.Speaker]:
    """Return people who spoke, with the posts that public speeches name."""
    printed = (
        SpeechEditionSpeaker.objects.filter(speaker__in=rows, edition__closed_at__isnull=True)
        .order_by("speaker_id", "name_printed")
        .values_list("speaker_id", "name_printed")
        .exclude(name_printed="")
        .distinct()
    )
    names = _others(rows, printed)
    posts = _memberships(rows)
    return [
        schemas.Speaker(
            id=row.pk,
            url=address("speaker", row.pk),
            sources=[page_of(row.get_absolute_url())],
            name=row.name,
            other_names=names[row.pk],
            sort_name=row.sort_key,
            biography=row.biography,
            memberships=posts[row.pk],
        )
        for row in rows
    ]


def topics(rows: Iterable[Tag], found: dict[str, Topic]) -> list[schemas.Topic]:
    """Return topics with the counts of ``found``, by slug."""
    return [
        schemas.Topic(
            id=row.slug,
            name=row.name,
            url=address("topic", row.slug),
            sources=[page_of(reverse("topic", args=[row.slug]))],
            speech_count=found[row.slug].speeches,
            work_item_count=found[row.slug].work,
        )
        for row in rows
    ]


def _others(
    rows: Sequence[Organization | Speaker], printed: Iterable[tuple[int, str]]
) -> dict[int, list[schemas.OtherName]]:
    names = {row.pk: row.name for row in rows}
    others: dict[int, list[schemas.OtherName]] = {row.pk: [] for row in rows}
    for number, name in printed:
        if name != names[number]:
            others[number].append(schemas.OtherName(name=name))
    return others


def _memberships(people: Sequence[Speaker]) -> dict[int, list[schemas.Membership]]:
    """Return the posts of people, each once; those on record have their dates.

    As in the Popolo export, the record of a post adds its dates to what is printed.
    """
    found: dict[int, dict[tuple[int, str], schemas.Membership]] = {row.pk: {} for row in people}
    for person, membership in _posts(people):
        key = membership.organization_id, membership.role
        known = found[person].get(key)
        if known is None or (known.start_date, known.end_date) == (None, None):
            found[person][key] = membership
    return {person: list(posts.values()) for person, posts in found.items()}


def _posts(people: Sequence[Speaker]) -> Iterator[tuple[int, schemas.Membership]]:
    printed = SpeechEditionSpeaker.objects.filter(
        speaker__in=people, edition__closed_at__isnull=True
    )
    columns = ("speaker_id", "edition__organization_id", "edition__posts_printed")
    appointment = tuple(
        f"appointment__{name}"
        for name in ("organization_id", "post_title", "start_date", "end_date")
    )
    rows = list(printed.order_by(*columns).values_list(*columns, *appointment).distinct())
    bodies = Organization.objects.only("name", "is_public").in_bulk(
        {number for row in rows for number in (row[1], row[3]) if number}
    )

    def membership(body: int, role: str, *dates: Any) -> schemas.Membership:
        start, end = dates or (None, None)
        reference = body_reference(bodies[body])
        return schemas.Membership(
            role=role, organization_id=body, organization=reference, start_date=start, end_date=end
        )

    for person, body, posts, post_body, post, start, end in rows:
        for role in posts if body else ():
            yield person, membership(body, role)
        if post:
            yield person, membership(post_body, post, start, end)
