"""Applying suggestions to plain text."""

from collections.abc import Iterable
from dataclasses import replace

from .documents import TextDocument
from .findings import Finding


def corrected(document: TextDocument, findings: Iterable[Finding]) -> TextDocument:
    """Return the document with the suggestions of ``findings``, which do not overlap, applied.

    Nothing outside their spans changes; findings without a suggestion change nothing.
    """
    paragraphs = list(document.paragraphs)
    for finding in sorted(findings, key=lambda finding: (finding.paragraph, -finding.start)):
        if finding.suggestion is not None:
            paragraph = paragraphs[finding.paragraph]
            before, after = paragraph.text[: finding.start], paragraph.text[finding.end :]
            text = f"{before}{finding.suggestion}{after}"
            paragraphs[finding.paragraph] = replace(paragraph, text=text)
    return TextDocument(tuple(paragraphs))
