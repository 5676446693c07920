"""The data that parsing passes from step to step: plain, immutable, without a database.

Offsets count Unicode code points. "Source" always means the decoded text of the file, so that the
workbench can put what was read beside where it stood.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Bound(StrEnum):
    """How the printed number relates to the true value."""

    EXACT = "exact"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    ABOUT = "about"


class Claim(StrEnum):
    """What kind of statement a figure makes: a result is never summed with a target."""

    RESULT = "result"
    TARGET = "target"
    CUMULATIVE = "cumulative"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as printed in one paragraph.

    ``text`` are the exact words shown to staff (``提交提案19件``), found at ``start:end`` of
    paragraph ``paragraph`` (counted from 0). ``value`` is the printed number before ``unit``
    (400 with ``万元``); ``low`` and ``high`` are the bounds in the unscaled unit (4,000,000 and
    5,000,000), ``high`` or ``low`` being None where the words leave that side open. ``object`` is
    what is counted, where the words tell.
    """

    text: str
    value: float
    unit: str
    low: float | None
    high: float | None
    bound: Bound
    paragraph: int
    start: int
    end: int
    object: str = ""
    claim: Claim = Claim.RESULT


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something a person should look at.

    ``code`` is stable (``torn-join``, ``doubled-character``, ``order-uncertain``, …), ``message``
    is Chinese and names the place; ``speech`` counts from 1, None for the whole file; ``offset``
    is a place in the source. ``dropped`` are the characters of the source that were left out there
    and are in no field.
    """

    code: str
    message: str
    speech: int | None = None
    offset: int | None = None
    dropped: str = ""


class BlockRole(StrEnum):
    """What a block of a document is, as its author set it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"


class SourceBlock(NamedTuple):
    """A paragraph, heading or table row of a document, found at ``start:end`` of the source.

    ``level`` is the level of a heading in the outline, from 1, and 0 where it has none; ``bold``
    tells that all of its text is bold, ``lead`` how many characters at its head are where the rest
    is not.
    """

    start: int
    end: int
    role: BlockRole = BlockRole.PARAGRAPH
    level: int = 0
    bold: bool = False
    centred: bool = False
    lead: int = 0


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture of a document: its bytes, and the source offset at which it stands.

    ``media_type`` is told by the bytes (``image/png``); ``description`` is what the author wrote
    for those who do not see it.
    """

    media_type: str
    content: bytes
    offset: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, ready to be parsed.

    ``text`` has one line or paragraph a line, ended by ``\\n``; ``kind`` is the kind of file it
    came from (``text``, ``docx``, ``doc``, ``pdf``, ``html``). ``warnings`` name what the file
    holds besides (pictures, tracked changes), which the text does not. ``blocks`` tell how a
    document with styles sets those of its lines that are no plain paragraphs, and ``pictures`` are
    those worth keeping; ``stressed`` are the words, ``start:end``, that a Word document sets bold
    within its paragraphs. A plain text has none of them. What the text itself shows of headings is
    told in ``reading.blocks``.
    """

    text: str
    kind: str
    warnings: tuple[ParseWarning, ...] = ()
    blocks: tuple[SourceBlock, ...] = ()
    pictures: tuple[SourcePicture, ...] = ()
    stressed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of one speech's text that stood in one piece in the source.

    Listed in reading order; ``start:end`` are source offsets. ``moved`` tells that it does not
    stand there in file order, with the ``evidence`` (short Chinese reasons) and a ``confidence``
    from 0 to 1.
    """

    start: int
    end: int
    text: str
    moved: bool = False
    evidence: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ParsedSpeech:
    """One speech in reading order.

    ``byline`` is the signature as printed; ``organization``, ``posts`` and ``speakers`` are what
    was recognised in it. ``notes`` are editors' and reporters' remarks that belong to the speech
    but are not spoken. ``source_start:source_end`` cover everything of the speech in the source.
    An ``inline`` speech was reported in running text, which holds its signature; a ``title_quoted``
    title stands within the signature or that text.
    """

    title: str
    byline: str
    organization: str
    posts: tuple[str, ...]
    speakers: tuple[str, ...]
    paragraphs: tuple[str, ...]
    on_behalf_of: str = ""
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    reordered: bool = False
    confidence: float = 1.0
    source_start: int = 0
    source_end: int = 0
    inline: bool = False
    title_quoted: bool = False


@dataclass(frozen=True, slots=True)
class ParsedDigest:
    """A whole file: the meeting, its speeches, and what needs a look.

    ``meeting`` is the conference's title, ``kicker`` the line above it, ``label`` the kind of
    digest as printed (``发言摘登``), ``editors_note`` the paragraph addressed to readers.
    ``headline`` is the page's title where it is not the meeting's own; a ``meeting`` given beside
    it was recognised inside it. ``notes`` are furniture and remarks of the page. ``lost``
    and ``invented`` hold the characters of the source that are in no field and named by no
    warning, and the reverse: both are empty when nothing went wrong.
    """

    meeting: str
    speeches: tuple[ParsedSpeech, ...]
    warnings: tuple[ParseWarning, ...] = ()
    kicker: str = ""
    label: str = ""
    editors_note: str = ""
    newspaper: str = ""
    issue_date: str = ""
    page: str = ""
    lost: str = ""
    invented: str = ""
    notes: tuple[str, ...] = field(default=())
    headline: str = ""
