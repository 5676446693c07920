"""The same figure told twice with different values.

Two figures are the same where all of these agree: the words around the number (object and
indicator), the unit, the kind of claim, the period that the sentence names, and whose figure it is
(全市, 我省, a body). Without a named period nothing is compared, as two visits may both be told of.
Between speeches, only figures of a named place or body are compared.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speeches.parsing.documents import Figure
from speeches.parsing.figures import find_figures
from speeches.parsing.typography import HAN
from speeches.proofreading.documents import PROSE, TextDocument
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

CONTRADICTION = Rule(
    "figure-contradiction",
    Category.FIGURES,
    Severity.SEVERE,
    _("The same figure with two values"),
    _("Elsewhere the text says “%(other)s” of the same matter and time."),
)
ELSEWHERE = Rule(
    "figure-contradiction-in-meeting",
    Category.FIGURES,
    Severity.ORDINARY,
    _("The same figure with two values at the meeting"),
    _("“%(title)s” says “%(other)s” of the same matter and time."),
)
RULES = (CONTRADICTION, ELSEWHERE)

_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}(?:[—～-](?:19|20)?[0-9]{2})?年(?:[0-9]{1,2}月(?:底|份)?|底|末|以来|上半年|全年)?"
    r"|去年(?:底|全年)?|今年(?:以来|上半年)?|前年|全年|上半年|下半年|一年来|[两三四五]年来|换届以来|本届以来"
    r"|“十[二三四五六]五”(?:时期|以来|期间)?"
)
_SCOPE = re.compile(
    rf"(?:全国|全省|全市|全县|全区|全州|我国|我省|我市|我县|我区|我州)(?:政协)?"
    rf"|(?:(?![年月日的在])[{HAN}]){{2,8}}政协"
)
_SENTENCE = re.compile("[^。！？]*[。！？]?")
_NUMERAL = re.compile(r"[0-9.,]+|[〇零一二两三四五六七八九十百千]+(?=[多余几]?[万亿]?)")
_VAGUE = re.compile("[多余近约超逾达共计为了有已累计总]|以上|左右|其中|分别")


@dataclass(frozen=True, slots=True)
class _Statement:
    document: int
    figure: Figure
    scope: str

    @property
    def value(self) -> tuple[float | None, float | None]:
        return self.figure.low, self.figure.high


def check(document: TextDocument) -> Iterator[Finding]:
    """Find contradictions within one piece."""
    for statements in _by_matter([document]).values():
        first = statements[0]
        for other in statements[1:]:
            if other.value != first.value:
                yield _mark(CONTRADICTION, document, other, told={"other": first.figure.text})


def check_meeting(
    documents: Sequence[TextDocument], titles: Sequence[str]
) -> Iterator[tuple[int, Finding]]:
    """Find contradictions between the pieces of a meeting, each with the place of its piece."""
    for statements in _by_matter(documents).values():
        first = statements[0]
        for other in statements[1:]:
            differs = other.value != first.value and other.document != first.document
            if differs and other.scope and first.scope:
                told = {"other": first.figure.text, "title": titles[first.document]}
                yield (
                    other.document,
                    _mark(ELSEWHERE, documents[other.document], other, told=told),
                )


def _mark(
    rule: Rule, document: TextDocument, statement: _Statement, told: dict[str, str]
) -> Finding:
    figure = statement.figure
    paragraph = document.paragraphs[figure.paragraph]
    return rule.mark(paragraph, figure.paragraph, (figure.start, figure.end), told=told)


def _by_matter(documents: Sequence[TextDocument]) -> dict[tuple[str, ...], list[_Statement]]:
    matters: dict[tuple[str, ...], list[_Statement]] = defaultdict(list)
    for place, document in enumerate(documents):
        prose = [part.text if part.kind in PROSE else "" for part in document.paragraphs]
        for figure in find_figures(prose):
            text = prose[figure.paragraph]
            period, scope = _circumstances(text, figure)
            matter = _matter(figure)
            if period and matter:
                key = (period, scope, matter, figure.unit, str(figure.claim))
                matters[key].append(_Statement(place, figure, scope))
    return matters


def _circumstances(text: str, figure: Figure) -> tuple[str, str]:
    """The period and the scope that the sentence names up to the figure, the nearest of each."""
    for sentence in _SENTENCE.finditer(text):
        if sentence.start() <= figure.start < sentence.end():
            before = text[sentence.start() : figure.end]
            periods, scopes = _PERIOD.findall(before), _SCOPE.findall(before)
            return (periods[-1] if periods else ""), (scopes[-1] if scopes else "")
    return "", ""


def _matter(figure: Figure) -> str:
    """What is counted: the words of the figure without its number; "" where too little is said."""
    words = _VAGUE.sub("", _NUMERAL.sub("#", _SCOPE.sub("", figure.text)))
    return words if figure.object and len(words) > len(figure.unit) + 2 else ""
