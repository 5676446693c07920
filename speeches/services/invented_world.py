"""The bodies, people and topics that invented speeches refer to, stored once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from taggit.models import Tag

from organizations.enums import OrganizationKind
from organizations.models import Appointment, Organization, Speaker
from organizations.models.people import sort_key_of
from speeches.search import vocabulary
from speeches.services import invention
from speeches.services.accounts import unattended_account

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ACCOUNT = "seed_demo"
NOTE = "演示"
"""Tells the invented people from others of their name."""


@dataclass(frozen=True, slots=True)
class World:
    """The rows that every speech refers to, in the order of ``invention``.

    ``user`` is an account that cannot sign in.
    """

    user: User
    bodies: Sequence[Organization]
    posts: Sequence[Appointment]
    tags: dict[str, Tag]


@transaction.atomic
def invented_world() -> World:
    """Return the rows, added where they are missing."""
    user = unattended_account(username=ACCOUNT, name=NOTE, is_active=False)
    bodies = _bodies()
    return World(
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
    vocabulary.refresh_people(people.prefetch_related("variants"))
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
