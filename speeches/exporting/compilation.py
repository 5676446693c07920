"""A compilation (摘编): what one body, one person or one topic has in several meetings."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from organizations.models import Organization, Speaker
from speeches.exceptions import ExportRefused
from speeches.exporting.document import DigestDocument
from speeches.exporting.editions import current_speeches, digest_speech, digest_work_items
from speeches.models.editions import MeetingEdition, SpeechEdition
from speeches.textblocks import Block, BlockKind, Run

LONGEST = 600
"""Speeches in one compilation; more would take the office's server for minutes."""


class Scope(StrEnum):
    """Whose speeches are brought together."""

    ORGANIZATION = "organization"
    SPEAKER = "speaker"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Collection:
    """What a compilation brings together.

    ``key`` is the number of the body or the person, or the slug of the topic. ``first_year`` and
    ``last_year`` bound the years of the meetings, ``meetings`` names them by number; what is None
    or empty bounds nothing. A meeting without a date is in no year.
    """

    scope: Scope
    key: str
    first_year: int | None = None
    last_year: int | None = None
    meetings: tuple[int, ...] = ()
    with_work_items: bool = True

    @property
    def subject(self) -> str:
        """Whose speeches they are, whatever the bounds."""
        return f"{self.scope}:{self.key}"

    def to_json(self) -> dict[str, Any]:
        """Return what ``from_json`` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return the collection that was stored."""
        return cls(
            **{**stored, "scope": Scope(stored["scope"]), "meetings": tuple(stored["meetings"])}
        )


_LOOKUPS = {
    Scope.ORGANIZATION: "organization_id",
    Scope.SPEAKER: "credits__speaker_id",
    Scope.TOPIC: "tags__slug",
}


def spoken_in(scope: Scope, key: int | str) -> QuerySet[SpeechEdition]:
    """Return every edition, closed ones included, of the speeches of ``scope``.

    ``key`` is the number of the body or the person, or the slug of the topic.
    """
    return SpeechEdition.objects.filter(**{_LOOKUPS[scope]: key})


def meetings_of(scope: Scope, key: int | str) -> QuerySet[MeetingEdition]:
    """Return the current meetings with current speeches of ``scope``, the newest first."""
    editions = SpeechEdition.objects.current().filter(**{_LOOKUPS[scope]: key})
    spoken = editions.order_by().values("meeting_id")
    meetings: QuerySet[MeetingEdition] = MeetingEdition.objects.current().filter(
        meeting_id__in=spoken
    )
    return meetings.order_by("-start_date", "-meeting_id")


def compilation_of(scope: Scope, key: int | str) -> DigestDocument:
    """Return every current speech of ``scope``; see ``collected``."""
    return collected(Collection(scope, str(key)))


def collected(collection: Collection) -> DigestDocument:
    """Return the current speeches, the oldest meeting first, each with its occasion.

    A constant number of queries. Raises ExportRefused where nothing is published, and above
    LONGEST speeches.
    """
    scope, key = collection.scope, collection.key
    found = current_speeches(
        pk__in=spoken_in(scope, key).order_by().values("pk"), **_bounds(collection)
    )
    numbers = list(found.values_list("speech_id", flat=True)[: LONGEST + 1])
    if not numbers:
        raise ExportRefused(_("Nothing is published there."))
    if len(numbers) > LONGEST:
        raise ExportRefused(
            _("More than %(longest)s speeches: hand on the digests of the meetings instead.")
            % {"longest": LONGEST}
        )
    editions = list(found)
    meetings = {
        meeting.meeting_id: meeting
        for meeting in MeetingEdition.objects.current().filter(
            meeting_id__in={edition.meeting_id for edition in editions}
        )
    }
    editions.sort(key=lambda edition: _by_occasion(edition, meetings.get(edition.meeting_id)))
    name, url = _name_and_url(scope, key)
    title = _("%(meeting)s speeches") % {"meeting": name}
    return DigestDocument(
        slug="",
        title=title,
        url=url,
        speeches=tuple(
            replace(spoken, blocks=(*spoken.blocks, *_occasion(meetings.get(edition.meeting_id))))
            for edition in editions
            for spoken in (digest_speech(edition),)
        ),
        work_items=digest_work_items(numbers) if collection.with_work_items else (),
        file_title=title,
        published_on=max(edition.published_at for edition in editions).astimezone().date(),
    )


def _bounds(collection: Collection) -> dict[str, Any]:
    """Return the lookups that keep to the years and the meetings wanted."""
    meetings = MeetingEdition.objects.current()
    bounds: dict[str, Any] = {}
    if collection.first_year:
        meetings = meetings.filter(start_date__year__gte=collection.first_year)
    if collection.last_year:
        meetings = meetings.filter(start_date__year__lte=collection.last_year)
    if collection.first_year or collection.last_year:
        bounds["meeting_id__in"] = meetings.order_by().values("meeting_id")
    if collection.meetings:
        bounds["meeting__in"] = collection.meetings
    return bounds


def _by_occasion(
    edition: SpeechEdition, meeting: MeetingEdition | None
) -> tuple[str, int, int, int]:
    day = meeting.start_date.isoformat() if meeting and meeting.start_date else ""
    return day, edition.meeting_id, edition.position, edition.speech_id


def _occasion(meeting: MeetingEdition | None) -> tuple[Block, ...]:
    if meeting is None:
        return ()
    day = meeting.start_date
    date = f"{day.year}年{day.month}月{day.day}日，" if day else ""
    return (
        Block(
            BlockKind.PARAGRAPH,
            (Run(f"（{date}{meeting.title}）"),),
            align="text-right",
        ),
    )


def _name_and_url(scope: Scope, key: int | str) -> tuple[str, str]:
    if scope is Scope.ORGANIZATION:
        body = Organization.objects.get(pk=key)
        return body.name, body.get_absolute_url()
    if scope is Scope.SPEAKER:
        person = Speaker.objects.get(pk=key)
        return person.name, person.get_absolute_url()
    return Tag.objects.get(slug=key).name, reverse("topic", args=[key])
