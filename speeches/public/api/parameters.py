"""What may be asked: the parameters of the lists."""

import re
from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from speeches.enums import FigureClaim, MeetingKind, SearchKind, SpeechKind

LONGEST_PAGE = 100
FIRST_YEAR, LAST_YEAR = 1949, 2199
EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST_YEAR, LAST_YEAR))
LARGEST = 2**63 - 1
_LOST_PLUS = re.compile(r" (?=\d{2}:\d{2}\Z)")


def moment_or_none(text: str) -> datetime | None:
    """Read a day or a time; None for anything else.

    A ``+`` that the address lost is put back; a time without a zone is local. What lies before or
    after every edition stands for the ends, which every database can hold.
    """
    try:
        read = _read_moment(text)
        return read and min(max(read, EARLIEST), LATEST)
    except (ValueError, OverflowError):
        return None


def _moment(value: Any) -> datetime:
    read = moment_or_none(str(value))
    if read is None:
        raise PydanticCustomError("date", "a day or a time")
    return read


def _read_moment(text: str) -> datetime | None:
    day = parse_date(text)
    read = datetime.combine(day, time.min) if day else parse_datetime(_LOST_PLUS.sub("+", text))
    return timezone.make_aware(read) if read and timezone.is_naive(read) else read


def _storable(text: str) -> str:
    """Refuse what no database holds as text: a NUL, and half a character."""
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError("text", "text")
    return text


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "anyOf": [{"format": "date"}, {"format": "date-time"}],
            "example": "2025-03-01",
        }
    ),
]
Storable = Annotated[str, AfterValidator(_storable)]
Text = Annotated[Storable, Field(max_length=200)]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Unset = SkipJsonSchema[None]


class StrictParameters(Schema):
    """Parameters of which an unknown one is refused, lest a typo widens the answer."""

    @model_validator(mode="before")
    @classmethod
    def _only_known(cls, values: Any, info: ValidationInfo) -> Any:
        request = (info.context or {}).get("request")
        known = cls.model_fields
        for name in request.GET if request else ():
            if name not in known:
                raise PydanticCustomError(
                    "unknown", "unknown", {"parameter": name, "known": ", ".join(sorted(known))}
                )
        return values


class Parameters(StrictParameters):
    """Parameters of every list."""

    limit: int = Field(20, ge=1, le=LONGEST_PAGE, description=_("How many rows, 100 at most."))


class PageParameters(Parameters):
    """Parameters of a list in pages."""

    cursor: Text | Unset = Field(
        None, description=_("The place in the list; taken from next or previous, never made.")
    )


class PublishedParameters(PageParameters):
    """Parameters of a list of published pieces."""

    organization: Number | Unset = Field(None, description=_("The number of a body."))
    year: Year | Unset = Field(None, description=_("The year."))
    published_since: Moment | Unset = Field(
        None, description=_("Published first at this day or time, or later.")
    )
    published_until: Moment | Unset = Field(None, description=_("Published first before this."))
    updated_since: Moment | Unset = Field(
        None, description=_("Published last at this day or time, or later.")
    )


Recent = Literal["-created_at", "created_at", "-updated_at", "updated_at"]
_ORDER = _("The order; a minus turns it round.")
_FULL = _("Whether every row carries its text.")


class MeetingParameters(PublishedParameters):
    """Parameters of the list of meetings; ``organization`` is the host."""

    kind: MeetingKind | Unset = Field(None, description=_("The kind of meeting."))
    ordering: Literal["-start_date", "start_date"] | Recent = Field(
        "-start_date", description=_ORDER
    )


class SpeechParameters(PublishedParameters):
    """Parameters of the list of speeches; ``year`` is that of the meeting."""

    meeting: Text | Unset = Field(None, description=_("The slug of a meeting."))
    speaker: Number | Unset = Field(None, description=_("The number of a speaker."))
    topic: Text | Unset = Field(None, description=_("The slug of a topic."))
    kind: SpeechKind | Unset = Field(None, description=_("The kind of speech."))
    ordering: Literal["position", "-position"] | Recent = Field("-created_at", description=_ORDER)
    full: bool = Field(False, description=_FULL)


class WorkItemParameters(PublishedParameters):
    """Parameters of the list of highlighted work."""

    meeting: Text | Unset = Field(None, description=_("The slug of a meeting."))
    speech: Number | Unset = Field(None, description=_("The number of a speech."))
    topic: Text | Unset = Field(None, description=_("The slug of a topic."))
    ordering: Recent = Field("-created_at", description=_ORDER)
    full: bool = Field(False, description=_FULL)


class FigureParameters(PageParameters):
    """Parameters of the list of figures."""

    organization: Number | Unset = Field(None, description=_("The number of a body."))
    meeting: Text | Unset = Field(None, description=_("The slug of a meeting."))
    speech: Number | Unset = Field(None, description=_("The number of a speech."))
    topic: Text | Unset = Field(None, description=_("The slug of a topic."))
    year: Year | Unset = Field(None, description=_("The year."))
    unit: Text | Unset = Field(None, description=_("The unscaled unit, such as 元 or 件."))
    indicator: Text | Unset = Field(None, description=_("The name of an indicator."))
    claim: FigureClaim | Unset = Field(
        None, description=_("Whether it is a result, a target or another claim.")
    )
    verified: bool | Unset = Field(
        None, description=_("Whether staff compared it with the source.")
    )


class OrganizationParameters(PageParameters):
    """Parameters of the list of bodies."""

    name: Text | Unset = Field(None, description=_("The exact name, or an alias."))


class SpeakerParameters(PageParameters):
    """Parameters of the list of speakers."""

    name: Text | Unset = Field(None, description=_("The exact name, or a printed variant."))
    organization: Number | Unset = Field(None, description=_("The number of a body."))


class SearchParameters(PageParameters):
    """Parameters of the search."""

    q: Storable = Field(
        ...,
        min_length=1,
        max_length=64,
        description=_("Words that must all be there; a minus before a word leaves out its pieces."),
    )
    kind: SearchKind | Unset = Field(None, description=_("The kind of piece."))
    organization: Number | Unset = Field(None, description=_("The number of a body."))
    speaker: Number | Unset = Field(None, description=_("The number of a speaker."))
    year: Year | Unset = Field(None, description=_("The year."))
    topic: Text | Unset = Field(None, description=_("The name of a topic, as the facets give it."))
    meeting: Text | Unset = Field(None, description=_("The slug of a meeting."))
    facets: bool = Field(
        False, description=_("Whether to count what the answers can be narrowed to.")
    )
    ordering: Literal["relevance", "-date"] = Field(
        "relevance", description=_("The best first, or the newest.")
    )


class ChangeParameters(Parameters):
    """Parameters of the list of changes."""

    since: Text | Unset = Field(
        None, description=_("The cursor of the last answer, or a day or time to begin at.")
    )
    full: bool = Field(False, description=_("Whether changes carry what is public now."))
