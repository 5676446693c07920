"""A finding, and the rule that makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .documents import Paragraph


class Severity(StrEnum):
    """How much a finding weighs: a severe one that is open keeps a piece from its approval."""

    SEVERE = "severe"
    ORDINARY = "ordinary"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """Sorting key: the severest first."""
        return tuple(Severity).index(self)


class Category(StrEnum):
    """The families of rules."""

    PUNCTUATION = "punctuation"
    QUOTES = "quotes"
    DASHES = "dashes"
    NUMBERS = "numbers"
    SESSIONS = "sessions"
    DOUBLED = "doubled"
    INCOMPLETE = "incomplete"
    NUMBERING = "numbering"
    RECORDS = "records"
    FIGURES = "figures"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at, at ``start:end`` (characters) of paragraph ``paragraph`` (from 0).

    ``excerpt`` is that stretch, never empty. ``message`` is the reason as an English msgid, filled
    in with ``params`` after its translation. ``suggestion`` replaces the stretch; empty text takes
    it away, None means that only a person can tell what belongs there.
    """

    rule: str
    category: Category
    severity: Severity
    paragraph: int
    start: int
    end: int
    excerpt: str
    message: str
    params: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None

    def overlaps(self, other: "Finding") -> bool:
        """Whether both mark the same character."""
        same_paragraph = self.paragraph == other.paragraph
        return same_paragraph and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong, in general: ``label`` names the fault, ``reason`` explains it (msgids)."""

    code: str
    category: Category
    severity: Severity
    label: str
    reason: str

    def mark(
        self,
        paragraph: Paragraph,
        number: int,
        span: tuple[int, int],
        suggestion: str | None = None,
        *,
        severity: Severity | None = None,
        message: str | None = None,
        told: Mapping[str, str] | None = None,
    ) -> Finding:
        """Return a finding at ``span`` of ``paragraph``, which is the document's ``number``-th.

        ``told`` fills in the reason.
        """
        start, end = span
        return Finding(
            rule=self.code,
            category=self.category,
            severity=severity or self.severity,
            paragraph=number,
            start=start,
            end=end,
            excerpt=paragraph.text[start:end],
            message=message or self.reason,
            params=tuple(sorted((told or {}).items())),
            suggestion=suggestion,
        )
