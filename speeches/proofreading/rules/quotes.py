"""Quotation and title marks: their form, their pairs, one inside the other (GB/T 15834-2011).

“ ” stand outside, ‘ ’ inside; 《 》 outside, 〈 〉 inside. A quotation over several paragraphs
opens each of them and closes only the last.
"""

import re
from collections.abc import Iterator

from speeches.parsing.typography import HAN, widen
from speeches.proofreading.documents import Paragraph, TextDocument
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

STRAIGHT = Rule(
    "straight-quote",
    Category.QUOTES,
    Severity.ORDINARY,
    _("Straight quotation mark"),
    _("Chinese text takes “ and ” as quotation marks."),
)
UNPAIRED = Rule(
    "unpaired-quote",
    Category.QUOTES,
    Severity.ORDINARY,
    _("Quotation or title mark without its partner"),
    _("The other mark of the pair is missing in this paragraph."),
)
NESTED_QUOTE = Rule(
    "nested-quote",
    Category.QUOTES,
    Severity.ORDINARY,
    _("Quotation inside a quotation"),
    _("Inside “ ”, a quotation takes ‘ ’."),
)
NESTED_TITLE = Rule(
    "nested-title",
    Category.QUOTES,
    Severity.ORDINARY,
    _("Title inside a title"),
    _("Inside 《 》, a title takes 〈 〉."),
)
OUTER_SINGLE = Rule(
    "outer-single-quote",
    Category.QUOTES,
    Severity.ORDINARY,
    _("Single quotation marks outside"),
    _("A quotation takes “ ”; ‘ ’ stand only inside another."),
)
CORNER = Rule(
    "corner-quote",
    Category.QUOTES,
    Severity.ORDINARY,
    _("Corner brackets as quotation marks"),
    _("Horizontal text of the mainland takes “ ” and ‘ ’."),
)
ANGLE = Rule(
    "angle-title",
    Category.QUOTES,
    Severity.ORDINARY,
    _("Angle brackets as title marks"),
    _("The title of a document takes 《 》."),
)
RULES = (STRAIGHT, UNPAIRED, NESTED_QUOTE, NESTED_TITLE, OUTER_SINGLE, CORNER, ANGLE)

_CLOSER_OF = {"“": "”", "‘": "’", "《": "》", "〈": "〉"}
_OPENER_OF = {closer: opener for opener, closer in _CLOSER_OF.items()}
_INNER = {"“": ("‘", "’", NESTED_QUOTE), "《": ("〈", "〉", NESTED_TITLE)}
_CORNERS = {"「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "﹃": "‘", "﹄": "’"}
_ANGLE = re.compile(
    "(?<![0-9A-Za-z])(?:<<|＜＜|≪|<|＜)"
    f"(?P<title>[^<>＜＞≪≫]*[{HAN}][^<>＜＞≪≫]*)(?:>>|＞＞|≫|>|＞)"
)


def check(document: TextDocument) -> Iterator[Finding]:
    """Find the faults of all paragraphs; a quotation may run over several."""
    paragraphs = document.paragraphs
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        yield from _pairs(paragraph, number, goes_on=following.startswith("“"))
        yield from _forms(paragraph, number)


def _forms(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    text, wide = paragraph.text, widen(paragraph.text)
    for at, char in enumerate(text):
        if char == '"' and (wide[at] != char or _beside_han(text, at)):
            curled = wide[at] if wide[at] != char else None
            yield STRAIGHT.mark(paragraph, number, (at, at + 1), curled)
        elif char in _CORNERS:
            yield CORNER.mark(paragraph, number, (at, at + 1), _CORNERS[char])
    for match in _ANGLE.finditer(text):
        yield ANGLE.mark(paragraph, number, match.span(), f"《{match['title']}》")


def _beside_han(text: str, at: int) -> bool:
    return bool(re.search(f"[{HAN}]", text[max(at - 1, 0) : at + 2]))


def _pairs(paragraph: Paragraph, number: int, *, goes_on: bool) -> Iterator[Finding]:
    """Match openers and closers; what is left over, or of the wrong kind, is a finding."""
    text = paragraph.text
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in _CLOSER_OF:
            opened.append(at)
        elif char in _OPENER_OF and not _is_apostrophe(text, at):
            if opened and text[opened[-1]] == _OPENER_OF[char]:
                yield from _nesting(paragraph, number, opened, at)
                opened.pop()
            else:
                yield UNPAIRED.mark(paragraph, number, (at, at + 1))
    for at in opened:
        if not (goes_on and at == 0 and text[0] == "“"):
            yield UNPAIRED.mark(paragraph, number, (at, at + 1))


def _is_apostrophe(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] == "’" and before.isascii() and before.isalnum() and not after > "\u2e7f"


def _nesting(
    paragraph: Paragraph, number: int, opened: list[int], closing: int
) -> Iterator[Finding]:
    """Tell whether the pair that ends at ``closing`` has the form that its depth asks for."""
    text, start = paragraph.text, opened[-1]
    opener, words = text[start], text[start + 1 : closing]
    outer = {text[place] for place in opened[:-1]}
    if opener in outer and opener in _INNER and len(opened) == 2:
        left, right, rule = _INNER[opener]
        if not set(words) & {left, right, opener}:
            yield rule.mark(paragraph, number, (start, closing + 1), f"{left}{words}{right}")
    elif opener == "‘" and "“" not in outer and not set(words) & set("“”"):
        yield OUTER_SINGLE.mark(paragraph, number, (start, closing + 1), f"“{words}”")
