"""Which addresses the site has, and which of them a change touches: the one place that says so.

It names more than there may be: what answers 404 becomes no file, and what answers as before is not
written again. What matters is that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from taggit.models import Tag

from organizations.models import Organization
from speeches.models.content import Indicator
from speeches.models.editions import (
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)
from speeches.site import site

SITEMAP_SECTIONS = (
    *("columns", "meetings", "speeches", "work"),
    *("speakers", "organizations", "topics"),
)
SITEMAP_LIMIT = 20_000
"""Addresses in a file of the site map for search engines."""
LISTS = ("meetings", "work_items", "speakers", "organizations", "topics")
MACHINE_PAGES = ("opensearch", "manifest", "security", "robots", "api_guide", "api:openapi-json")
"""What depends on code and settings alone."""


@dataclass(frozen=True, slots=True)
class Address:
    """A decoded address; that of a list stands for its later pages too."""

    path: str
    is_list: bool = False

    def numbered(self, number: int) -> str:
        """Return the address of a page of a list, from 1."""
        return self.path if number == 1 else f"{self.path}?page={number}"


@dataclass(slots=True)
class Pieces:
    """What has pages of its own, by number; meetings and topics by slug.

    ``pictured`` are those whose picture for shared links, which is costly, may be another.
    """

    meetings: set[str] = field(default_factory=set)
    pictured_meetings: set[str] = field(default_factory=set)
    speeches: set[int] = field(default_factory=set)
    pictured: set[int] = field(default_factory=set)
    corrected: set[int] = field(default_factory=set)
    work: set[int] = field(default_factory=set)
    indicators: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    speakers: set[int] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)

    def addresses(self, *, with_digests: bool) -> Iterator[Address]:
        """Yield every address of these pieces, and the lists that may name them, lists last."""
        yield from (_one("speech", number) for number in sorted(self.speeches))
        for number in sorted(self.pictured):
            yield from (_one(name, number) for name in ("speech_card", "speech_qr"))
        yield from (_one("corrections", number) for number in sorted(self.corrected))
        yield from (_one("work_item", number) for number in sorted(self.work))
        yield from (_one("indicator", number) for number in sorted(self.indicators))
        for slug in sorted(self.meetings):
            yield from (_one(name, slug) for name in ("meeting", "meeting_in_full", "meeting_feed"))
        yield from (_one("meeting_card", slug) for slug in sorted(self.pictured_meetings))
        for name, keys in (
            ("organization", self.bodies),
            ("speaker", self.speakers),
            ("topic", self.topics),
        ):
            for key in sorted(keys):
                yield _list(name, key)
                yield _one(f"{name}_feed", key)
        yield from _lists()
        if with_digests:
            for slug in sorted(self.meetings):
                for form in settings.PUBLIC_EXPORTS:
                    yield Address(_path("digest", slug, form))


def every_address(*, with_digests: bool) -> Iterator[Address]:
    """Yield every address that is or ever was public."""
    bodies = _with_ancestors(
        {*_values(SpeechEdition, "organization_id"), *_values(WorkItemEdition, "organization_id")}
    )
    slugs, speeches = _values(MeetingEdition, "slug"), _values(SpeechEdition, "speech_id")
    pieces = Pieces(
        meetings=slugs,
        pictured_meetings=slugs,
        speeches=speeches,
        pictured=speeches,
        corrected=_values(SpeechEdition.objects.filter(number__gt=1), "speech_id"),
        work=_values(WorkItemEdition, "work_item_id"),
        indicators=_values(Indicator, "pk"),
        bodies=bodies,
        speakers=_values(SpeechEditionSpeaker, "speaker_id"),
        topics=_values(Tag, "slug"),
    )
    for name in ("about", *MACHINE_PAGES):
        yield Address(_path(name))
    yield Address(_path("site_colours", site().colour.lower().removeprefix("#")))
    yield from pieces.addresses(with_digests=with_digests)


@dataclass(slots=True)
class Touched:
    """What was published, corrected, withdrawn or edited, by number of the draft or record."""

    meetings: set[int] = field(default_factory=set)
    speeches: set[int] = field(default_factory=set)
    work: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    speakers: set[int] = field(default_factory=set)

    def pieces(self) -> Pieces:
        """Return all that may look different now.

        Every edition of a piece counts, the closed ones too: a correction may have moved it from
        one meeting, body, speaker, topic or address to another.
        """
        self._add_what_names_them()
        spoken = SpeechEdition.objects.filter(speech_id__in=self.speeches).order_by()
        worked = WorkItemEdition.objects.filter(work_item_id__in=self.work).order_by()
        of_work = _values(worked, "speech_id")
        meetings = {
            *self.meetings,
            *_values(spoken, "meeting_id"),
            *_values(SpeechEdition.objects.filter(speech_id__in=of_work), "meeting_id"),
        }
        bodies = {
            *self.bodies,
            *_values(spoken, "organization_id"),
            *_values(worked, "organization_id"),
        }
        return Pieces(
            meetings=_slugs(meetings),
            pictured_meetings=_slugs(self.meetings),
            pictured=self.speeches,
            speeches={*self.speeches, *of_work, *_neighbours(spoken)},
            corrected=_values(spoken.filter(number__gt=1), "speech_id"),
            work=self.work,
            indicators=_values(FigureEdition.objects.filter(edition__in=worked), "indicator_id"),
            bodies=_with_ancestors(bodies),
            speakers={
                *self.speakers,
                *_values(SpeechEditionSpeaker.objects.filter(edition__in=spoken), "speaker_id"),
            },
            topics=_topics(spoken) | _topics(worked),
        )

    def _add_what_names_them(self) -> None:
        """Add the current speeches and work that name a touched meeting, body, person or speech."""
        if self.bodies:
            hosted = MeetingEdition.objects.current().filter(host_id__in=self.bodies)
            self.meetings |= _values(hosted, "meeting_id")
            self.bodies |= _descendants(self.bodies)
        naming = Q(meeting_id__in=self.meetings) | Q(organization_id__in=self.bodies)
        spoken = SpeechEdition.objects.current().order_by()
        self.speeches |= _values(spoken.filter(naming), "speech_id")
        if self.speakers:
            credited = SpeechEditionSpeaker.objects.filter(speaker_id__in=self.speakers)
            editions = credited.order_by().values("edition_id")
            self.speeches |= _values(spoken.filter(pk__in=editions), "speech_id")
        naming = Q(speech_id__in=self.speeches) | Q(organization_id__in=self.bodies)
        worked = WorkItemEdition.objects.current().order_by()
        self.work |= _values(worked.filter(naming), "work_item_id")


def _lists() -> Iterator[Address]:
    yield from (_list(name) for name in LISTS)
    for name in ("indicators", "site_map", "feed", "work_feed"):
        yield Address(_path(name))
    yield Address(_path("home"))
    sizes = {"meetings": MeetingEdition, "speeches": SpeechEdition, "work": WorkItemEdition}
    for name in SITEMAP_SECTIONS:
        most = sizes[name].objects.count() if name in sizes else 0
        for number in range(1, most // SITEMAP_LIMIT + 2):
            yield Address(_path("sitemap_section", name, number))
    yield Address(_path("sitemap"))


def _neighbours(spoken: Any) -> set[int]:
    """Return the public speeches right before and after the places that speeches have or had."""
    found: set[int] = set()
    for meeting_id, position, number in set(
        spoken.values_list("meeting_id", "position", "speech_id")
    ):
        others = SpeechEdition.objects.current().filter(meeting_id=meeting_id)
        order = ("position", "speech_id")
        before = Q(position__lt=position) | Q(position=position, speech_id__lt=number)
        after = Q(position__gt=position) | Q(position=position, speech_id__gt=number)
        numbers = others.values_list("speech_id", flat=True)
        found.update(numbers.filter(before).order_by("-position", "-speech_id")[:1])
        found.update(numbers.filter(after).order_by(*order)[:1])
    return found


def _slugs(meetings: set[int]) -> set[str]:
    return _values(MeetingEdition.objects.filter(meeting_id__in=meetings), "slug")


def _topics(editions: Any) -> set[str]:
    return {slug for slug in editions.values_list("tags__slug", flat=True) if slug}


def _with_ancestors(bodies: set[int]) -> set[int]:
    parents = dict(Organization.objects.order_by().values_list("pk", "parent_id"))
    found: set[int] = set()
    for body in bodies:
        number: int | None = body
        while number is not None and number not in found:
            found.add(number)
            number = parents.get(number)
    return found


def _descendants(bodies: set[int]) -> set[int]:
    found = set(bodies)
    while below := _values(Organization.objects.filter(parent_id__in=found), "pk") - found:
        found |= below
    return found


def _values(source: Any, name: str) -> set[Any]:
    rows = source if hasattr(source, "values_list") else source.objects.all()
    return set(rows.order_by().values_list(name, flat=True)) - {None, ""}


def _one(name: str, key: int | str) -> Address:
    return Address(_path(name, key))


def _list(name: str, *key: int | str) -> Address:
    return Address(_path(name, *key), is_list=True)


def _path(name: str, *key: int | str) -> str:
    return unquote(reverse(name, args=key))
