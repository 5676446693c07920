"""What a reader types, as what must be found, what must not, and what the list is narrowed to."""

import re
from dataclasses import dataclass, field, replace

from .tokens import fold, runs

LONGEST = 64
"""Characters of a question that are looked at."""

Phrase = tuple[str, ...]
"""Folded runs that stand one behind the other in a text, whatever mark is between them."""

FIELDS = {
    "organization": "organization",
    "org": "organization",
    "单位": "organization",
    "机构": "organization",
    "speaker": "speaker",
    "发言人": "speaker",
    "作者": "speaker",
    "year": "year",
    "年份": "year",
    "年": "year",
    "topic": "topic",
    "主题": "topic",
    "话题": "topic",
}
"""What may stand before a colon, and what the list is then narrowed by."""

_PART = re.compile(
    rf"""(?P<minus>-(?=[^\s-]))?
        (?:(?P<field>{"|".join(FIELDS)}):)?
        (?:["“”](?P<quoted>[^"“”]*)["“”]?|(?P<word>[^\s"“”]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    A piece answers it that holds one phrase of every tuple in ``wanted``, no phrase of
    ``unwanted``, and one mark of every tuple in ``marks`` (``search.marks``; a mark that ends in
    ``*`` stands for all that begin so). ``narrowed`` are the fields that were typed.
    """

    wanted: tuple[tuple[Phrase, ...], ...] = ()
    unwanted: tuple[Phrase, ...] = ()
    narrowed: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[str, ...], ...] = field(default=())

    def __bool__(self) -> bool:
        """Whether there is anything to search for; exclusions alone ask nothing."""
        return bool(self.wanted or self.narrowed)

    @property
    def words(self) -> tuple[str, ...]:
        """Every run that is shown where it stands."""
        found = (run for group in self.wanted for phrase in group for run in phrase)
        return tuple(dict.fromkeys(found))

    def narrowed_to(self, *marks: tuple[str, ...]) -> "Query":
        """Return the question with more marks that a piece must have."""
        return replace(self, marks=(*self.marks, *marks))


def parse(text: str) -> Query:
    """Read a question. No text is an error.

    Blanks join; ``-`` excludes; what stands in quotation marks is one phrase; a field of
    ``FIELDS`` with a colon narrows.
    """
    wanted: list[Phrase] = []
    unwanted: list[Phrase] = []
    narrowed: list[tuple[str, str]] = []
    for part in _PART.finditer(fold(text[:LONGEST])):
        phrase = tuple(runs(part["quoted"] or part["word"] or ""))
        if not phrase:
            continue
        if part["field"]:
            narrowed.append((FIELDS[part["field"]], "".join(phrase)))
        else:
            (unwanted if part["minus"] else wanted).append(phrase)
    return Query(
        tuple((phrase,) for phrase in dict.fromkeys(wanted)),
        tuple(dict.fromkeys(unwanted)),
        tuple(dict.fromkeys(narrowed)),
    )
