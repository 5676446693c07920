"""Marks: what a piece is filtered by, as tokens that no text contains.

A mark is ``_``, a letter and a value. Texts have no token with ``_``, so marks lie in the same
index as the words and narrow a search as cheaply as a word does.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from speeches.enums import SearchKind
from speeches.models.editions import MeetingEdition, SpeechEdition, WorkItemEdition

from .tokens import fold, runs

KIND = "_k"
ORGANIZATION = "_o"
ORGANIZATION_NAME = "_b"
SPEAKER = "_s"
SPEAKER_NAME = "_n"
YEAR = "_y"
TOPIC = "_t"
MEETING = "_m"
IN_TITLE = "_w"
"""Before the tokens of a title, which an engine holds a second time: it finds what has a word in
its title without reading where else the word stands."""

Piece = SpeechEdition | MeetingEdition | WorkItemEdition


def mark(prefix: str, value: object) -> str:
    """Return the mark of a value: the number of a row, a year, or a name, which is folded."""
    return prefix + plain(str(value))


def plain(text: str) -> str:
    """Return ``text`` folded and without any mark or blank."""
    return "".join(runs(fold(text)))


def marks_of(edition: Piece, kind: SearchKind, day: date) -> str:
    """Return the marks of an edition with blanks between them; ``day`` is the day it is sorted by.

    Its year is its own where it has one, else that of ``day``.
    """
    own_year = edition.year if isinstance(edition, WorkItemEdition) else None
    found = [kind_mark(kind), *_marks(edition), mark(YEAR, own_year or day.year)]
    return " ".join(dict.fromkeys(item for item in found if len(item) > len(KIND)))


def kind_mark(kind: str) -> str:
    """Return the mark of a kind of piece."""
    return mark(KIND, kind.replace("_", ""))


def _marks(edition: Piece) -> Iterator[str]:
    if isinstance(edition, MeetingEdition):
        yield mark(MEETING, edition.meeting_id)
        yield from _number(ORGANIZATION, edition.host_id)
        return
    yield from _number(ORGANIZATION, edition.organization_id)
    yield from _named(TOPIC, edition.topics)
    if isinstance(edition, SpeechEdition):
        yield mark(MEETING, edition.meeting_id)
        yield mark(ORGANIZATION_NAME, edition.organization_printed)
        for credit in edition.credits.all():
            yield mark(SPEAKER, credit.speaker_id)
            yield mark(SPEAKER_NAME, credit.name_printed)


def _number(prefix: str, number: int | None) -> Iterator[str]:
    if number is not None:
        yield mark(prefix, number)


def _named(prefix: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield mark(prefix, name)
