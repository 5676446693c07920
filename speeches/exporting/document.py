"""The one document that every export is made from: a published meeting, free of its database."""

from dataclasses import dataclass
from datetime import date

from speeches.textblocks import Block


@dataclass(frozen=True, slots=True)
class DigestFigure:
    """A work figure: the printed words beside what they mean.

    ``low`` and ``high`` are in the unscaled unit; None leaves that side open. ``bound`` and
    ``claim`` are the values of ``FigureBound`` and ``FigureClaim``.
    """

    printed: str
    object: str
    unit: str
    low: float | None
    high: float | None
    bound: str
    claim: str
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class DigestBody:
    """A body that spoke or is host, by its number and its full name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class DigestCredit:
    """A person who spoke, by number, with the post held at the time where that is on record.

    ``printed`` is the name as the speech prints it. A date that is None leaves that side open.
    """

    person_id: int
    name: str
    printed: str
    post: str = ""
    body: DigestBody | None = None
    start_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True, slots=True)
class DigestWorkItem:
    """A piece of highlighted work (亮点工作) with its figures."""

    id: int
    title: str
    organization: str
    summary: str
    year: int | None
    url: str
    speech_id: int | None = None
    figures: tuple[DigestFigure, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSpeech:
    """One published speech; ``byline`` is the signature as printed, the rest as resolved.

    ``speakers`` are the names as printed, in order; ``body`` and ``credits`` tell which records
    they were resolved to.
    """

    id: int
    title: str
    byline: str
    organization: str
    posts: tuple[str, ...]
    speakers: tuple[str, ...]
    blocks: tuple[Block, ...]
    url: str
    on_behalf_of: str = ""
    summary: str = ""
    edition_hash: str = ""
    tags: tuple[str, ...] = ()
    body: DigestBody | None = None
    credits: tuple[DigestCredit, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestDocument:
    """A published meeting ready for export.

    ``url`` and the other addresses are absolute paths of the site; ``edition_hash`` names the
    edition of the meeting that the document was made from. ``file_title`` names files where they
    are not called after the meeting.
    """

    slug: str
    title: str
    url: str
    speeches: tuple[DigestSpeech, ...]
    kicker: str = ""
    subtitle: str = ""
    start_date: date | None = None
    end_date: date | None = None
    term: int | None = None
    session: int | None = None
    host: str = ""
    place: str = ""
    editors_note: str = ""
    source: str = ""
    work_items: tuple[DigestWorkItem, ...] = ()
    edition_hash: str = ""
    published_on: date | None = None
    host_body: DigestBody | None = None
    file_title: str = ""
