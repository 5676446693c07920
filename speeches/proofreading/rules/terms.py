"""The office's own term list, applied."""

from collections.abc import Iterator

from speeches.proofreading.documents import TextDocument
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _
from speeches.proofreading.terms import TermList

TERM = Rule(
    "term",
    Category.TERMS,
    Severity.ORDINARY,
    _("The office's term list"),
    _("The term list says so: %(note)s"),
)
RULES = (TERM,)
_WITHOUT_NOTE = _("The office's term list names it.")


def check(document: TextDocument, terms: TermList) -> Iterator[Finding]:
    """Find the terms of the list in all paragraphs."""
    for number, paragraph in enumerate(document.paragraphs):
        for start, term in terms.occurrences(paragraph.text):
            told = "：".join(filter(None, (term.category, term.note)))
            yield TERM.mark(
                paragraph,
                number,
                (start, start + len(term.wrong)),
                term.right or None,
                severity=term.severity,
                message=TERM.reason if told else _WITHOUT_NOTE,
                told={"note": told} if told else None,
            )
