"""What a reader types, as the runs that must be found and those that must not."""

from dataclasses import dataclass

from .tokens import fold, runs

LONGEST = 64
"""Characters of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question. A piece answers it that holds every run of ``wanted`` and none of ``unwanted``.

    Runs are folded. Without a wanted run nothing is searched.
    """

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)


def parse(text: str) -> Query:
    """Read a question: blanks join, ``-`` before a word excludes it. No text is an error."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for word in fold(text[:LONGEST]).split():
        excludes = word.startswith("-") and len(word) > 1
        (unwanted if excludes else wanted).extend(runs(word))
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))
