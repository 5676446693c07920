"""All rules on one piece, or on the pieces of a meeting."""

from collections.abc import Iterator, Sequence

from .documents import TextDocument
from .findings import Finding, Rule
from .records import Records
from .rules import (
    dashes,
    doubling,
    endings,
    figures,
    numbering,
    numbers,
    punctuation,
    quotes,
    sessions,
)
from .rules import (
    records as record_rules,
)
from .rules import (
    terms as term_rules,
)
from .terms import TermList

RULES: dict[str, Rule] = {
    rule.code: rule
    for family in (
        term_rules,
        record_rules,
        figures,
        sessions,
        numbers,
        numbering,
        doubling,
        endings,
        quotes,
        dashes,
        punctuation,
    )
    for rule in family.RULES
}
"""Every rule by its code, in the order in which one gives way to another."""

_PRIORITY = {code: place for place, code in enumerate(RULES)}
_PARAGRAPH_CHECKS = (sessions.check, numbers.check, dashes.check, punctuation.check)
_DOCUMENT_CHECKS = (figures.check, numbering.check, doubling.check, endings.check, quotes.check)


def proofread(document: TextDocument, records: Records, terms: TermList) -> list[Finding]:
    """Return what is to be looked at, in the order of the text; findings never overlap.

    Where two rules mark the same characters the severer finding stays, then the one that knows
    more (the order of ``RULES``).
    """
    return _without_overlaps(_all_findings(document, records, terms))


def proofread_meeting(
    documents: Sequence[TextDocument], titles: Sequence[str]
) -> list[list[Finding]]:
    """Return for each piece of a meeting what contradicts another; ``titles`` name the pieces."""
    found: list[list[Finding]] = [[] for _document in documents]
    for place, finding in figures.check_meeting(documents, titles):
        found[place].append(finding)
    return [_without_overlaps(findings) for findings in found]


def _all_findings(document: TextDocument, records: Records, terms: TermList) -> Iterator[Finding]:
    for number, paragraph in enumerate(document.paragraphs):
        for check in _PARAGRAPH_CHECKS:
            yield from check(paragraph, number)
    for check_document in _DOCUMENT_CHECKS:
        yield from check_document(document)
    yield from record_rules.check(document, records)
    yield from term_rules.check(document, terms)


def _without_overlaps(findings: Iterator[Finding] | list[Finding]) -> list[Finding]:
    kept: dict[int, list[Finding]] = {}
    for finding in sorted(findings, key=_weight):
        neighbours = kept.setdefault(finding.paragraph, [])
        if not any(map(finding.overlaps, neighbours)):
            neighbours.append(finding)
    in_order = (finding for number in sorted(kept) for finding in kept[number])
    return sorted(in_order, key=lambda finding: (finding.paragraph, finding.start))


def _weight(finding: Finding) -> tuple[int, int, int, int, int]:
    return (
        finding.severity.rank,
        _PRIORITY[finding.rule],
        finding.paragraph,
        finding.start,
        -finding.end,
    )
