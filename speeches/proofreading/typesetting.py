"""One-click typesetting (一键排版): the rules of form applied until nothing is left to set.

Only what is a matter of form, and has one right answer, is set: widths of marks and figures,
blanks, quotation and title marks, dashes, ellipses, ranges. Words are never touched.
"""

from .corrections import corrected
from .documents import TextDocument
from .records import Records
from .runner import proofread
from .terms import TermList

SET_BY_MACHINE = frozenset(
    (
        "narrow-mark",
        "mixed-brackets",
        "repeated-mark",
        "heading-stop",
        "blank",
        "invisible",
        "wide-figure",
        "straight-quote",
        "nested-quote",
        "nested-title",
        "outer-single-quote",
        "corner-quote",
        "angle-title",
        "ellipsis",
        "dash",
        "middle-dot",
        "range-unit",
        "range-mark",
        "grouping",
        "percent-words",
        "zero",
        "numbering-mark",
        "document-number",
    )
)
"""The codes of the rules whose suggestions are taken without asking each time."""

_ROUNDS = 12


def typeset(document: TextDocument) -> TextDocument:
    """Return the document as set; setting it again changes nothing.

    A correction may make another possible (a bracket made wide, its partner after it), so rules
    are applied in rounds.
    """
    records, terms = Records(), TermList()
    for _round in range(_ROUNDS):
        findings = proofread(document, records, terms)
        again = corrected(document, (f for f in findings if f.rule in SET_BY_MACHINE))
        if again == document:
            break
        document = again
    return document
