"""What the interface hands on. The names are Popolo's where Popolo has one.

``id`` is the number in the address of the public page and never changes; a topic has its slug.
``url`` is the record's own address, ``sources`` lead to the pages that people read. What is unknown
is null or empty.
"""

from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from organizations.enums import Level, OrganizationKind
from speeches.enums import FigureBound, FigureClaim, MeetingKind, SearchKind, SpeechKind

Row = TypeVar("Row", bound=BaseModel)


class Source(BaseModel):
    """A page to read, and where its text was printed first."""

    url: str
    note: str = ""


class OtherName(BaseModel):
    """Another name, as printed."""

    name: str


class Reference(BaseModel):
    """Another record by its number; ``url`` is null where it has no public page."""

    id: int
    name: str
    url: str | None


class MeetingReference(Reference):
    """A meeting by its number, with the slug of its address."""

    slug: str


class TopicReference(BaseModel):
    """A topic by its slug."""

    id: str
    name: str
    url: str | None


class Published(BaseModel):
    """What every record made of an edition tells of it."""

    id: int
    url: str
    sources: list[Source]
    edition: int = Field(description=_("Which edition this is, counted from 1."))
    edition_hash: str = Field(description=_("The SHA-256 of the edition in the chain of editions."))
    created_at: datetime = Field(description=_("When it was published first."))
    updated_at: datetime = Field(description=_("When this edition was published."))


class Meeting(Published):
    """A meeting (Popolo Event)."""

    slug: str
    name: str
    kicker: str
    subtitle: str
    classification: MeetingKind
    description: str
    start_date: date | None
    end_date: date | None
    term: int | None
    session: int | None
    location: str
    organization_id: int | None
    organization: Reference | None
    speech_count: int


class SpeechSpeaker(BaseModel):
    """Who spoke, as printed, with the post of that time where it is on record."""

    person_id: int
    name: str
    url: str


class Speech(Published):
    """A speech (Popolo Speech)."""

    title: str
    event_id: int | None
    event: MeetingReference | None
    position: int
    date: date | None
    creator_id: int | None = Field(description=_("The speaker, where exactly one spoke."))
    contributor_ids: list[int] = Field(description=_("The speakers, where several spoke."))
    speakers: list[SpeechSpeaker]
    organization_id: int | None
    organization: Reference | None
    role: str
    attribution_text: str = Field(description=_("The signature as printed."))
    on_behalf_of: str
    classification: SpeechKind
    summary: str
    topics: list[TopicReference]
    text: str | None = Field(description=_("The words, a line a paragraph; null in short lists."))
    html: str | None = Field(
        description=_("The text with its paragraphs' anchors (p1, p2 …); null in short lists.")
    )


class Figure(BaseModel):
    """A work figure: the exact words beside what they mean."""

    work_item_id: int
    position: int
    printed: str
    object: str
    low: float | None = Field(description=_("The least true value, in the unscaled unit."))
    high: float | None = Field(description=_("The greatest true value, in the unscaled unit."))
    unit: str
    bound: FigureBound
    meaning: str = Field(description=_("What is said of the true value, in words."))
    claim: FigureClaim = Field(description=_("Whether it is a result, a target or another claim."))
    indicator: str
    period: str = Field(description=_("The year it stands for, as YYYY."))
    verified: bool = Field(description=_("Whether staff compared it with the source."))
    organization: Reference | None
    work_item: Reference
    sources: list[Source] = Field(description=_("The work's page, and the speech's paragraph."))


class WorkItem(Published):
    """A piece of highlighted work."""

    title: str
    summary: str
    organization_id: int | None
    organization: Reference | None
    speech_id: int | None
    speech: Reference | None
    paragraph: str
    period: str
    featured: bool
    topics: list[TopicReference]
    figures: list[Figure]
    text: str | None = Field(description=_("The words, a line a paragraph; null in short lists."))
    html: str | None = Field(
        description=_("The text with its paragraphs' anchors (p1, p2 …); null in short lists.")
    )


class Organization(BaseModel):
    """A body (Popolo Organization)."""

    id: int
    url: str
    sources: list[Source]
    name: str
    other_names: list[OtherName]
    classification: OrganizationKind
    level: Level | None
    parent_id: int | None
    description: str
    speech_count: int
    work_item_count: int


class Membership(BaseModel):
    """A post (Popolo Membership); a date that is null leaves that side open."""

    role: str
    organization_id: int
    organization: Reference
    start_date: date | None
    end_date: date | None


class Speaker(BaseModel):
    """A person who spoke (Popolo Person)."""

    id: int
    url: str
    sources: list[Source]
    name: str
    other_names: list[OtherName]
    sort_name: str = Field(description=_("The name in pinyin."))
    biography: str
    memberships: list[Membership]


class Topic(TopicReference):
    """A topic with how much is public of it."""

    sources: list[Source]
    speech_count: int
    work_item_count: int


class Mark(BaseModel):
    """A piece of text, marked where it is what was asked for."""

    text: str
    is_marked: bool


class Hit(BaseModel):
    """A public piece that answers a question."""

    kind: SearchKind
    id: int
    url: str
    sources: list[Source] = Field(description=_("The paragraph where the words stand."))
    title: list[Mark]
    snippet: list[Mark]
    date: date | None


class Page(BaseModel, Generic[Row]):
    """Some rows of a list; ``next`` and ``previous`` lead on, null at the ends."""

    total: int
    next: str | None
    previous: str | None
    results: list[Row]


class FacetValue(BaseModel):
    """A value of a facet: what to pass on, its name, and how many answers have it."""

    value: str
    name: str
    count: int


class Facet(BaseModel):
    """What a parameter of the search may be set to, the most frequent first, ten at most."""

    name: Literal["kind", "organization", "year", "topic", "meeting"] = Field(
        description=_("The parameter.")
    )
    values: list[FacetValue]


class SearchPage(Page[Hit]):
    """Some answers to a question."""

    facets: list[Facet] | None = Field(
        description=_(
            "How many of the answers (the newest 20,000) each value has, of the parameters that "
            "are not set; null unless facets=true asks for them."
        )
    )
