"""Which addresses the site has, and which of them a change touches: the one place that says so.

It names more than there may be: what answers 404 becomes no file, and what answers as before is not
written again. What matters is that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from taggit.models import Tag

from organizations.enums import RecordKind
from organizations.models import MergedRecord
from speeches.models.content import Indicator
from speeches.models.editions import (
    Edition,
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
SITEMAP_EDITIONS: dict[str, type[Edition]] = {
    "meetings": MeetingEdition,
    "speeches": SpeechEdition,
    "work": WorkItemEdition,
}
MEETING, SPEECH, WORK = "meeting", "speech", "work"
MACHINE_PAGES = ("opensearch", "manifest", "security", "robots", "api_guide", "api:openapi-json")
"""What depends on code and settings alone."""


Piece = tuple[str, int]
"""A kind of piece and its number."""


@dataclass(frozen=True, slots=True)
class Address:
    """A decoded address; that of a list stands for its later pages too.

    The items of a list are ``of_pieces`` where each is an edition: then a correction changes no
    page of it but those that name the piece. ``members`` are the touched pieces that it names or
    ever named.
    """

    path: str
    is_list: bool = False
    of_pieces: bool = False
    members: frozenset[Piece] = frozenset()

    def numbered(self, number: int) -> str:
        """Return the address of a page of a list, from 1."""
        return self.path if number == 1 else f"{self.path}?page={number}"


@dataclass(slots=True)
class Pieces:
    """What has pages of its own, by number; meetings and topics by slug.

    ``pictured`` are those whose picture for shared links, which is costly, may be another. Bodies,
    speakers and topics come with the speeches that their lists name. ``editions`` are the hashes of
    the pieces, by which pages are known that name them; ``held`` those of the meetings they are of.
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
    bodies: dict[int, set[Piece]] = field(default_factory=dict)
    bodies_above: set[int] = field(default_factory=set)
    speakers: dict[int, set[Piece]] = field(default_factory=dict)
    topics: dict[str, set[Piece]] = field(default_factory=dict)
    editions: dict[str, Piece] = field(default_factory=dict)
    held: dict[str, Piece] = field(default_factory=dict)

    def addresses(self, *, with_digests: bool) -> Iterator[Address]:
        """Yield every address of these pieces, and the lists that may name them, lists last."""
        yield from self.own()
        yield from self.pictures()
        yield from self.leading()
        yield from self.counting()
        if with_digests:
            yield from self.digests()

    def own(self) -> Iterator[Address]:
        """Yield the pages of single pieces."""
        yield from (_one("speech", number) for number in sorted(self.speeches))
        yield from (_one("speech_qr", number) for number in sorted(self.pictured))
        yield from (_one("corrections", number) for number in sorted(self.corrected))
        yield from (_one("work_item", number) for number in sorted(self.work))
        yield from (_one("work_corrections", number) for number in sorted(self.corrected_work))
        yield from (_one("indicator", number) for number in sorted(self.indicators))

    def pictures(self) -> Iterator[Address]:
        """Yield the pictures for shared links, which no page shows."""
        yield from (_one("speech_card", number) for number in sorted(self.pictured))
        yield from (_one("meeting_card", slug) for slug in sorted(self.pictured_meetings))

    def leading(self) -> Iterator[Address]:
        """Yield what names the pieces themselves, what readers look at first coming first."""
        for slug in sorted(self.meetings):
            yield from (_one(name, slug) for name in ("meeting", "meeting_feed", "meeting_in_full"))
        yield from (_one("meeting_corrections", slug) for slug in sorted(self.corrected_meetings))
        yield from _sections("speeches", SpeechEdition)
        if self.work:
            yield from _sections("work", WorkItemEdition)
        if self.pictured_meetings:
            yield from _sections("meetings", MeetingEdition)
        yield from (Address(_path(name)) for name in ("home", "feed", "work_feed"))
        for name, lists in (
            ("speaker", self.speakers),
            ("organization", self.bodies),
            ("topic", self.topics),
        ):
            for key, members in sorted(lists.items()):
                yield Address(_path(name, key), True, True, frozenset(members))
                yield _one(f"{name}_feed", key)
        work = frozenset(piece for piece in self.editions.values() if piece[0] == WORK)
        yield Address(_path("work_items"), True, True, work)

    def counting(self) -> Iterator[Address]:
        """Yield what tells how many pieces there are, or names what names them."""
        held = frozenset(self.held.values())
        yield Address(_path("meetings"), True, True, held)
        for number in sorted(self.bodies_above):
            yield Address(_path("organization", number), True, True)
            yield _one("organization_feed", number)
        yield from (_list(name) for name in ("speakers", "organizations", "topics"))
        yield from (Address(_path(name)) for name in ("indicators", "site_map"))
        done = {address.path for address in self.leading()}
        for name in SITEMAP_SECTIONS:
            for address in _sections(name, SITEMAP_EDITIONS.get(name)):
                if address.path not in done:
                    yield address
        yield Address(_path("sitemap"))

    def digests(self) -> Iterator[Address]:
        """Yield the downloads of the meetings."""
        for slug in sorted(self.meetings):
            for form in settings.PUBLIC_EXPORTS:
                yield Address(_path("digest", slug, form))


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
        bodies=_alone(bodies | values(merged.filter(kind=RecordKind.ORGANIZATION), "number")),
        speakers=_alone(
            values(SpeechEditionSpeaker, "speaker_id")
            | values(merged.filter(kind=RecordKind.SPEAKER), "number")
        ),
        topics=_alone(values(Tag, "slug")),
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
        of_work = values(worked, "speech_id")
        held = MeetingEdition.objects.filter(meeting_id__in=self.meetings).order_by()
        meetings = {
            *self.meetings,
            *values(spoken, "meeting_id"),
            *values(SpeechEdition.objects.filter(speech_id__in=of_work), "meeting_id"),
        }
        bodies = _alone({*self.bodies, *values(worked, "organization_id")})
        bodies = _joined(bodies, spoken.values_list("organization_id", "speech_id"))
        credited = SpeechEditionSpeaker.objects.filter(edition__in=spoken).order_by()
        speakers = _joined(
            _alone(self.speakers), credited.values_list("speaker_id", "edition__speech_id")
        )
        tagged = _joined(_alone(topics(worked)), spoken.values_list("tags__slug", "speech_id"))
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
            bodies=bodies | _alone(merged_into(RecordKind.ORGANIZATION, set(bodies))),
            bodies_above=_above(set(bodies)),
            speakers=speakers | _alone(merged_into(RecordKind.SPEAKER, set(speakers))),
            topics=tagged,
            editions={
                **_hashes(MEETING, held, "meeting_id"),
                **_hashes(SPEECH, spoken, "speech_id"),
                **_hashes(WORK, worked, "work_item_id"),
            },
            held=_hashes(
                MEETING, MeetingEdition.objects.filter(meeting_id__in=meetings), "meeting_id"
            ),
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


def _sections(name: str, model: type[Edition] | None) -> Iterator[Address]:
    most = model.objects.count() if model else 0
    for number in range(1, most // SITEMAP_LIMIT + 2):
        yield Address(_path("sitemap_section", name, number))


def _alone(keys: Iterable[Any]) -> dict[Any, set[Piece]]:
    return {key: set() for key in keys}


def _joined(found: dict[Any, set[Piece]], rows: Iterable[tuple[Any, int]]) -> dict[Any, set[Piece]]:
    """Add the speeches of ``rows``, each after the key of its list."""
    for key, number in rows:
        if key:
            found.setdefault(key, set()).add((SPEECH, number))
    return found


def _above(bodies: set[int]) -> set[int]:
    above = with_ancestors(bodies) - bodies
    return above | merged_into(RecordKind.ORGANIZATION, above)


def _hashes(kind: str, editions: Any, column: str) -> dict[str, Piece]:
    rows = editions.order_by().values_list("content_hash", column)
    return {content_hash: (kind, number) for content_hash, number in rows}


def meetings_list() -> str:
    """Return the address of the list of meetings, whose items are no speeches."""
    return _path("meetings")


def speech_page(number: int) -> Address:
    """Return the address of the page of a speech."""
    return _one("speech", number)


def _one(name: str, key: int | str) -> Address:
    return Address(_path(name, key))


def _list(name: str, *key: int | str) -> Address:
    return Address(_path(name, *key), is_list=True)


def _path(name: str, *key: int | str) -> str:
    return unquote(reverse(name, args=key))
