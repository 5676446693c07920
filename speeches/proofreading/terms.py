"""The office's own list of terms: what is not written so, and what is written instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .findings import Severity


@dataclass(frozen=True, slots=True)
class Term:
    """``wrong`` is not to be printed; ``right`` takes its place, empty where a person decides.

    ``category`` and ``note`` are told to staff as they are.
    """

    wrong: str
    right: str = ""
    category: str = ""
    severity: Severity = Severity.ORDINARY
    note: str = ""


class TermList:
    """Terms made ready for finding; the longest wins where several begin at one place."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._by_wrong = {term.wrong: term for term in terms if term.wrong}

    def __len__(self) -> int:
        return len(self._by_wrong)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self._by_wrong, key=lambda wrong: (-len(wrong), wrong))
        return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def occurrences(self, text: str) -> Iterable[tuple[int, Term]]:
        """Return where terms stand in ``text``.

        Where the right words hold the wrong ones (政协委员 for 委员), they are no occurrence.
        """
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            term = self._by_wrong[match.group()]
            if not _stands_in_right(text, match.start(), term):
                yield match.start(), term


def _stands_in_right(text: str, start: int, term: Term) -> bool:
    inside = term.right.find(term.wrong)
    while inside >= 0:
        first = start - inside
        if first >= 0 and text.startswith(term.right, first):
            return True
        inside = term.right.find(term.wrong, inside + 1)
    return False
