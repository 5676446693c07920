"""Which addresses the site has, and which of them a change touches: the one place that says so.

It names more than there may be: what answers 404 becomes no file, and what answers as before is not
written again. What matters is that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from taggit.models import Tag

from organizations.enums import RecordKind
from organizations.models import MergedRecord
from speeches.models.content import Indicator
from speeches.models.editions import (
    FigureEdition,
    MeetingEdition,
    SpeechEdition,
    SpeechEditionSpeaker,
    WorkItemEdition,
)
from speeches.publishing.kinship import (
    corrected_slugs,
    descendants,
    merged_into,
    neighbours,
    sharing,
    slugs,
    topics,
    values,
    with_ancestors,
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

    ``pictured`` are those whose picture for shared links, which is costly, may be another. What
    stands beside them: ``related`` speeches, which may have to name them, and the hashes of their
    ``editions``, by which pages are known that do.
    """

    meetings: set[str] = field(default_factory=set)
    pictured_meetings: set[str] = field(default_factory=set)
    corrected_meetings: set[str] = field(default_factory=set)
    speeches: set[int] = field(default_factory=set)
    pictured: set[int] = field(default_factory=set)
    corrected: set[int] = field(default_factory=set)
    work: set[int] = field(default_factory=set)
    corrected_work: set[int] = field(default_factory=set)
    indicators: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    speakers: set[int] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    related: set[int] = field(default_factory=set)
    editions: set[str] = field(default_factory=set)

    def addresses(self, *, with_digests: bool) -> Iterator[Address]:
        """Yield every address of these pieces, and the lists that may name them, lists last."""
        yield from (_one("speech", number) for number in sorted(self.speeches))
        for number in sorted(self.pictured):
            yield from (_one(name, number) for name in ("speech_card", "speech_qr"))
        yield from (_one("corrections", number) for number in sorted(self.corrected))
        yield from (_one("work_item", number) for number in sorted(self.work))
        yield from (_one("work_corrections", number) for number in sorted(self.corrected_work))
        yield from (_one("indicator", number) for number in sorted(self.indicators))
        for slug in sorted(self.meetings):
            yield from (_one(name, slug) for name in ("meeting", "meeting_in_full", "meeting_feed"))
        yield from (_one("meeting_corrections", slug) for slug in sorted(self.corrected_meetings))
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

    def beside(self) -> list[Address]:
        """Return the pages of ``related``."""
        return [_one("speech", number) for number in sorted(self.related)]


def every_address(*, with_digests: bool) -> Iterator[Address]:
    """Yield every address that is or ever was public."""
    bodies = with_ancestors(
        {*values(SpeechEdition, "organization_id"), *values(WorkItemEdition, "organization_id")}
    )
    names, speeches = values(MeetingEdition, "slug"), values(SpeechEdition, "speech_id")
    merged = MergedRecord.objects.all()
    pieces = Pieces(
        meetings=names,
        pictured_meetings=names,
        corrected_meetings=corrected_slugs(MeetingEdition.objects.all()),
        speeches=speeches,
        pictured=speeches,
        corrected=values(SpeechEdition.objects.filter(number__gt=1), "speech_id"),
        work=values(WorkItemEdition, "work_item_id"),
        corrected_work=values(WorkItemEdition.objects.filter(number__gt=1), "work_item_id"),
        indicators=values(Indicator, "pk"),
        bodies=bodies | values(merged.filter(kind=RecordKind.ORGANIZATION), "number"),
        speakers=values(SpeechEditionSpeaker, "speaker_id")
        | values(merged.filter(kind=RecordKind.SPEAKER), "number"),
        topics=values(Tag, "slug"),
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
        related = sharing(self.speeches, self.work)
        self._add_what_names_them()
        spoken = SpeechEdition.objects.filter(speech_id__in=self.speeches).order_by()
        worked = WorkItemEdition.objects.filter(work_item_id__in=self.work).order_by()
        of_work = values(worked, "speech_id")
        held = MeetingEdition.objects.filter(meeting_id__in=self.meetings).order_by()
        meetings = {
            *self.meetings,
            *values(spoken, "meeting_id"),
            *values(SpeechEdition.objects.filter(speech_id__in=of_work), "meeting_id"),
        }
        bodies = {
            *self.bodies,
            *values(spoken, "organization_id"),
            *values(worked, "organization_id"),
        }
        bodies = with_ancestors(bodies)
        speakers = {
            *self.speakers,
            *values(SpeechEditionSpeaker.objects.filter(edition__in=spoken), "speaker_id"),
        }
        return Pieces(
            meetings=slugs(meetings),
            pictured_meetings=slugs(self.meetings),
            corrected_meetings=corrected_slugs(held),
            pictured=self.speeches,
            speeches={*self.speeches, *of_work, *neighbours(spoken)},
            corrected=values(spoken.filter(number__gt=1), "speech_id"),
            work=self.work,
            corrected_work=values(worked.filter(number__gt=1), "work_item_id"),
            indicators=values(FigureEdition.objects.filter(edition__in=worked), "indicator_id"),
            bodies=bodies | merged_into(RecordKind.ORGANIZATION, bodies),
            speakers=speakers | merged_into(RecordKind.SPEAKER, speakers),
            topics=topics(spoken) | topics(worked),
            related=related,
            editions={
                *values(held, "content_hash"),
                *values(spoken, "content_hash"),
                *values(worked, "content_hash"),
            },
        )

    def _add_what_names_them(self) -> None:
        """Add the current speeches and work that name a touched meeting, body, person or speech."""
        if self.bodies:
            hosted = MeetingEdition.objects.current().filter(host_id__in=self.bodies)
            self.meetings |= values(hosted, "meeting_id")
            self.bodies |= descendants(self.bodies)
        naming = Q(meeting_id__in=self.meetings) | Q(organization_id__in=self.bodies)
        spoken = SpeechEdition.objects.current().order_by()
        self.speeches |= values(spoken.filter(naming), "speech_id")
        if self.speakers:
            credited = SpeechEditionSpeaker.objects.filter(speaker_id__in=self.speakers)
            editions = credited.order_by().values("edition_id")
            self.speeches |= values(spoken.filter(pk__in=editions), "speech_id")
        naming = Q(speech_id__in=self.speeches) | Q(organization_id__in=self.bodies)
        worked = WorkItemEdition.objects.current().order_by()
        self.work |= values(worked.filter(naming), "work_item_id")


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


def _one(name: str, key: int | str) -> Address:
    return Address(_path(name, key))


def _list(name: str, *key: int | str) -> Address:
    return Address(_path(name, *key), is_list=True)


def _path(name: str, *key: int | str) -> str:
    return unquote(reverse(name, args=key))
