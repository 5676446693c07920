"""Editions as templates get them: everything fetched, so that no template runs a query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from easy_thumbnails.exceptions import EasyThumbnailsError
from easy_thumbnails.files import get_thumbnailer

from organizations.models import Organization
from speeches.models.editions import (
    MeetingEdition,
    SpeechEdition,
    WorkItemEdition,
)
from speeches.public.figures import FigureLine, figure_line
from speeches.public.topics import Topic, topics_of
from speeches.signatures import post_line, signature
from speeches.textblocks import plain_text, shortened

OPENING_LENGTH = 100
"""Characters of a speech that stand in the contents of its meeting."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name, with its address where it has a page."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendition of an uploaded picture, with its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """A meeting in a list, with how many public speeches it has."""

    edition: MeetingEdition
    speeches: int


@dataclass(frozen=True, slots=True)
class SpeechEntry:
    """A speech, with its meeting where that is public."""

    edition: SpeechEdition
    meeting: MeetingEdition | None
    text: str = ""

    @property
    def signature(self) -> str:
        """The signature as printed, or made of its parts where none was printed."""
        edition = self.edition
        return edition.byline or signature(
            edition.organization_name, edition.posts_printed, map(str, edition.credits.all())
        )

    @property
    def signature_parts(self) -> tuple[str, str]:
        """The signature cut before its names, so that no line breaks inside them."""
        signed = self.signature
        names = [str(credit) for credit in self.edition.credits.all()]
        start = signed.find(names[0]) if names else -1
        return (signed, "") if start < 0 else (signed[:start], signed[start:])

    @property
    def opening(self) -> str:
        """What the speech is about, in a line or two: its summary, or its first words."""
        edition = self.edition
        return edition.summary or shortened(plain_text(edition.body), OPENING_LENGTH)

    @property
    def post(self) -> str:
        """The body and posts as printed at the time."""
        return printed_post(self.edition)

    @property
    def speakers(self) -> list[Link]:
        """The speakers in order."""
        return [
            Link(str(credit), credit.speaker.get_absolute_url())
            for credit in self.edition.credits.all()
        ]

    @property
    def organization(self) -> Link | None:
        """The body it was resolved to."""
        return organization_link(self.edition.organization)

    @property
    def source(self) -> str:
        """Where the text was printed first."""
        return self.edition.source or (self.meeting.source_newspaper if self.meeting else "")


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """A piece of highlighted work, with its figures and the speech it comes from."""

    edition: WorkItemEdition
    speech: SpeechEdition | None
    figures: tuple[FigureLine, ...] = ()
    topics: tuple[Topic, ...] = field(default=())

    @property
    def organization(self) -> Link | None:
        """The body whose work it is."""
        return organization_link(self.edition.organization)

    @property
    def leading_figures(self) -> tuple[FigureLine, ...]:
        """The figures that a card has room for."""
        return self.figures[:3]

    @property
    def source_url(self) -> str:
        """The address of the paragraph that tells of it, or empty where that is not public."""
        if self.speech is None:
            return ""
        anchor = f"#{self.edition.paragraph}" if self.edition.paragraph else ""
        return f"{self.speech.get_absolute_url()}{anchor}"


def printed_post(edition: SpeechEdition) -> str:
    """Return body and posts as printed at the time, in one."""
    return post_line(edition.organization_name, edition.posts_printed)


def organization_link(organization: Organization | None) -> Link | None:
    """Return the link to the body of a public piece: it has a page unless the office hides it."""
    if organization is None:
        return None
    url = organization.get_absolute_url() if organization.is_public else ""
    return Link(organization.name, url)


def picture(file: Any, alias: str) -> Picture | None:
    """Return the rendition ``alias`` of an uploaded picture; None where it cannot be read."""
    if not file:
        return None
    try:
        rendition = get_thumbnailer(file)[alias]
        return Picture(rendition.url, rendition.width, rendition.height)
    except (EasyThumbnailsError, OSError):
        return None


def meeting_entries(editions: Iterable[MeetingEdition]) -> list[MeetingEntry]:
    """Return meetings with the number of their public speeches."""
    return [MeetingEntry(edition, edition.speech_count) for edition in editions]


def speech_entries(editions: Iterable[SpeechEdition]) -> list[SpeechEntry]:
    """Return speeches with their meetings."""
    return [SpeechEntry(edition, edition.public_meeting) for edition in editions]


def work_entries(editions: Iterable[WorkItemEdition]) -> list[WorkEntry]:
    """Return highlighted work with its figures and the speeches it comes from."""
    return [
        WorkEntry(
            edition,
            edition.public_speech,
            tuple(figure_line(figure) for figure in edition.figures.all()),
            tuple(topics_of(edition)),
        )
        for edition in editions
    ]
