"""Lists that skip, repeat or start late (一、三、), and the mark after a number (GB/T 15834)."""

import re
from collections.abc import Iterator

from speeches.parsing.numbering import Marker, find_markers
from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

SKIPPED = Rule(
    "numbering-skips",
    Category.NUMBERING,
    Severity.ORDINARY,
    _("Numbering that skips"),
    _("“%(marker)s” follows “%(before)s”: a part is missing, or the number is wrong."),
)
REPEATED = Rule(
    "numbering-repeats",
    Category.NUMBERING,
    Severity.ORDINARY,
    _("Number given twice"),
    _("“%(marker)s” stands twice in the same list."),
)
LATE = Rule(
    "numbering-starts-late",
    Category.NUMBERING,
    Severity.ORDINARY,
    _("List without its beginning"),
    _("The list begins with “%(marker)s”: what comes before it is missing."),
)
MARK = Rule(
    "numbering-mark",
    Category.NUMBERING,
    Severity.ORDINARY,
    _("Mark after a number"),
    _("Nothing follows （一）, a comma follows 第一 (GB/T 15834)."),
)
RULES = (SKIPPED, REPEATED, LATE, MARK)

_LEVELS = 7
_AS_HEADING = 4
"""Levels up to this one count only at the beginning of a paragraph: 一、 （一） 1. （1）."""
_BRACKETED = re.compile("^[（(](?:[一二三四五六七八九十]{1,3}|[1-9][0-9]?)[)）](?P<mark>[、，.．])")
_ORDINAL = re.compile("(?:^|(?<=[。；]))第[一二三四五六七八九十]{1,2}(?P<mark>、)(?!第)")


def check(document: TextDocument) -> Iterator[Finding]:
    """Follow the lists of the document from paragraph to paragraph."""
    last: list[Marker | None] = [None] * _LEVELS
    for number, paragraph in enumerate(document.paragraphs):
        if paragraph.kind is Kind.CELL:
            continue
        for marker in find_markers(paragraph.text):
            if marker.leading or marker.level > _AS_HEADING:
                yield from _take(marker, last, paragraph, number)
        yield from _marks(paragraph, number)


def _take(
    marker: Marker, last: list[Marker | None], paragraph: Paragraph, number: int
) -> Iterator[Finding]:
    before = last[marker.level]
    last[marker.level] = marker
    last[marker.level + 1 :] = [None] * (_LEVELS - marker.level - 1)
    told = {"marker": marker.printed}
    span = (marker.start, marker.end)
    if before is None:
        if marker.number > 1 and (marker.level <= _AS_HEADING or marker.leading):
            yield LATE.mark(paragraph, number, span, told=told)
    elif marker.number == before.number:
        if marker.number > 1 or marker.level == 1:
            yield REPEATED.mark(paragraph, number, span, told=told)
    elif marker.number not in {1, before.number + 1}:
        yield SKIPPED.mark(paragraph, number, span, told={**told, "before": before.printed})


def _marks(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    bracketed = _BRACKETED.match(paragraph.text)
    if bracketed:
        yield MARK.mark(paragraph, number, bracketed.span("mark"), "")
    for match in _ORDINAL.finditer(paragraph.text):
        yield MARK.mark(paragraph, number, match.span("mark"), "，")
