"""What the pages of proofreading show: marks in the text, findings in words, kinds with counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches.enums import FindingCategory, FindingSeverity
from speeches.models import FindingDecision
from speeches.proofreading.documents import Kind, Paragraph
from speeches.proofreading.findings import Finding
from speeches.proofreading.runner import RULES
from speeches.services.proofreading import Mark, Proof

_AROUND = 14


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; ``number`` is the finding's (from 1), 0 where nothing is marked."""

    text: str
    number: int = 0
    severity: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph in pieces, with what it is to a reader."""

    kind: Kind
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words. ``before`` and ``after`` are what stands around it."""

    number: int
    key: str
    rule: str
    label: str
    reason: str
    severity: FindingSeverity
    category: FindingCategory
    before: str
    excerpt: str
    after: str
    suggestion: str | None
    decision: FindingDecision | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class KindView:
    """A rule with several open findings: how many, and how many of them have a suggestion."""

    rule: str
    label: str
    severity: FindingSeverity
    count: int
    fixable: int


@dataclass(frozen=True, slots=True)
class ProofView:
    """A proof as its page shows it."""

    paragraphs: list[MarkedParagraph]
    open: list[FindingView]
    ignored: list[FindingView]
    kinds: list[KindView]
    counts: list[tuple[FindingSeverity, int]]


def view_of(proof: Proof) -> ProofView:
    """Put a proof into words."""
    views = [
        _finding_view(number, mark, proof.document.paragraphs[mark.finding.paragraph])
        for number, mark in enumerate(proof.marks, start=1)
    ]
    return ProofView(
        paragraphs=_paragraphs(proof),
        open=[view for view in views if view.decision is None],
        ignored=[view for view in views if view.decision is not None],
        kinds=_kinds(proof),
        counts=severity_counts(proof.open),
    )


def severity_counts(marks: Iterable[Mark]) -> list[tuple[FindingSeverity, int]]:
    """Return how many findings weigh how much, the severest first; none is left out."""
    found = Counter(mark.finding.severity.value for mark in marks)
    return [(severity, found[severity.value]) for severity in FindingSeverity if found[severity]]


def reason_of(finding: Finding) -> str:
    """Return why a finding was made, in the office's language."""
    reason = _(finding.message)
    return reason % dict(finding.params) if finding.params else reason


def _finding_view(number: int, mark: Mark, paragraph: Paragraph) -> FindingView:
    finding, text = mark.finding, paragraph.text
    return FindingView(
        number=number,
        key=mark.key,
        rule=finding.rule,
        label=_(RULES[finding.rule].label),
        reason=reason_of(finding),
        severity=FindingSeverity(finding.severity.value),
        category=FindingCategory(finding.category.value),
        before=text[max(finding.start - _AROUND, 0) : finding.start],
        excerpt=finding.excerpt,
        after=text[finding.end : finding.end + _AROUND],
        suggestion=finding.suggestion,
        decision=mark.decision,
        decided_by=name_of(mark.decision.decided_by) if mark.decision else "",
    )


def _kinds(proof: Proof) -> list[KindView]:
    severest: dict[str, Finding] = {}
    for mark in proof.open:
        known = severest.setdefault(mark.finding.rule, mark.finding)
        if mark.finding.severity.rank < known.severity.rank:
            severest[mark.finding.rule] = mark.finding
    counts = Counter(mark.finding.rule for mark in proof.open)
    kinds = [
        KindView(
            rule=rule,
            label=_(RULES[rule].label),
            severity=FindingSeverity(severest[rule].severity.value),
            count=count,
            fixable=len(proof.fixable(rule)),
        )
        for rule, count in counts.items()
        if count > 1
    ]
    return sorted(kinds, key=lambda kind: (severest[kind.rule].severity.rank, -kind.count))


def _paragraphs(proof: Proof) -> list[MarkedParagraph]:
    numbered = list(enumerate(proof.marks, start=1))
    return [
        MarkedParagraph(
            paragraph.kind,
            _pieces(
                paragraph.text,
                [(number, mark) for number, mark in numbered if mark.finding.paragraph == place],
            ),
        )
        for place, paragraph in enumerate(proof.document.paragraphs)
    ]


def _pieces(text: str, marks: Sequence[tuple[int, Mark]]) -> list[Piece]:
    pieces, at = [], 0
    for number, mark in marks:
        finding = mark.finding
        pieces.append(Piece(text[at : finding.start]))
        pieces.append(Piece(finding.excerpt, number, finding.severity.value, mark.is_open))
        at = finding.end
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]
