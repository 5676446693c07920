"""Dashes, ellipses and middle dots: —— is two U+2014, …… two U+2026, · U+00B7 (GB/T 15834-2011)."""

import re
from collections.abc import Iterator

from speeches.parsing.typography import HAN
from speeches.proofreading.documents import Paragraph
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

ELLIPSIS = Rule(
    "ellipsis",
    Category.DASHES,
    Severity.ORDINARY,
    _("Form of the ellipsis"),
    _("The Chinese ellipsis is ……, six dots in the room of two characters."),
)
AND_SO_ON = Rule(
    "ellipsis-and-so-on",
    Category.DASHES,
    Severity.ORDINARY,
    _("Ellipsis beside 等"),
    _("Either …… or 等 tells that there is more, not both."),
)
DASH = Rule(
    "dash",
    Category.DASHES,
    Severity.ORDINARY,
    _("Form of the dash"),
    _("The Chinese dash is ——, as long as two characters."),
)
MIDDLE_DOT = Rule(
    "middle-dot",
    Category.DASHES,
    Severity.ORDINARY,
    _("Form of the middle dot"),
    _("The parts of a name are joined by · (U+00B7)."),
)
RULES = (ELLIPSIS, AND_SO_ON, DASH, MIDDLE_DOT)

_BESIDE = rf"{HAN}，。、；：！？“”‘’（）《》"
_ELLIPSIS = re.compile(
    rf"(?:(?<=[{_BESIDE}%])|^)\.{{3,}}|\.{{3,}}(?=[{_BESIDE}])|。{{3,}}|[·•]{{3,}}|[…⋯]+|。。(?=[，；])"
)
_WHOLE_OMISSION = re.compile(r"^\s*…{4}\s*$")
_AND_SO_ON = re.compile(r"……等(?![级额价同待到候着])|等……")
_DASH = re.compile(
    rf"(?<=[{_BESIDE}])(?:-{{2,}}|[－﹣]{{2,}}|[―–─]+|—{{3,}}|—\s+—)(?=[{_BESIDE}])"
    rf"|^(?:-{{1,3}}|[－―–─]{{1,2}}|—)(?=[{HAN}“])"
)
_DOT = re.compile(rf"(?<=[{HAN}])[•・‧∙⋅](?=[{HAN}])")


def check(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    """Find the faults of one paragraph."""
    text = paragraph.text
    if not _WHOLE_OMISSION.match(text):
        for match in _ELLIPSIS.finditer(text):
            if match.group() != "……":
                yield ELLIPSIS.mark(paragraph, number, match.span(), "……")
    for match in _AND_SO_ON.finditer(text):
        yield AND_SO_ON.mark(paragraph, number, match.span(), "等")
    for match in _DASH.finditer(text):
        yield DASH.mark(paragraph, number, match.span(), "——")
    for match in _DOT.finditer(text):
        yield MIDDLE_DOT.mark(paragraph, number, match.span(), "·")
