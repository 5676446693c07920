"""Terms and sessions: 全国政协十四届三次会议, 政协第十四届全国委员会第三次会议, never 14届3次.

The short form (``十四届三次会议``) has no 第, the full form has it twice.
"""

import re
from collections.abc import Iterator

from speeches.parsing.typography import HAN
from speeches.proofreading.documents import Paragraph
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

FIGURES = Rule(
    "session-figures",
    Category.SESSIONS,
    Severity.ORDINARY,
    _("Session in figures"),
    _("Terms and sessions are written in Chinese numerals: 十四届三次会议."),
)
SHORT = Rule(
    "session-short",
    Category.SESSIONS,
    Severity.ORDINARY,
    _("Short form of a session"),
    _("The short form has no 第: 十四届三次会议."),
)
FULL = Rule(
    "session-full",
    Category.SESSIONS,
    Severity.ORDINARY,
    _("Full form of a session"),
    _("The full form has 第 twice: 第十四届委员会第三次会议."),
)
CONGRESS = Rule(
    "congress-figures",
    Category.SESSIONS,
    Severity.ORDINARY,
    _("Party congress in figures"),
    _("Party congresses are written in Chinese numerals: 党的二十大, 二十届三中全会."),
)
RULES = (FIGURES, SHORT, FULL, CONGRESS)

_HAN = "[一二三四五六七八九十]{1,3}"
_FIGURES = "[0-9]{1,2}"
_EITHER = f"(?:{_HAN}|{_FIGURES})"
_MEETING = "(?:会议|全会|全体会议|全体\\(扩大\\)会议|常委会|常务委员会|主席会议|大会)"
_COMMITTEE = f"[{HAN}]{{0,14}}?(?:委员会|常委会|人大|人民代表大会|政协)"
_NO_EVENT = f"届(?![{HAN}]{{0,14}}?(?:运动会|博览会|组织委员会|艺术节|论坛|大赛))"
_SESSION = re.compile(
    f"(?P<before>第?)(?P<term>{_EITHER})届(?P<second>第?)(?P<session>{_EITHER})次(?={_MEETING})"
)
_TERM = re.compile(
    f"(?:(?<=第)|(?<=政协)|(?<=人大))(?P<term>{_FIGURES})(?={_NO_EVENT}{_COMMITTEE})"
)
_SESSION_OF_COMMITTEE = re.compile(f"届{_COMMITTEE}(?P<ordinal>第)(?P<session>{_FIGURES})(?=次)")
_FULL = re.compile(
    f"(?P<first>第?)(?P<term>{_HAN})(?P<body>届(?!常务)[{HAN}]{{0,14}}?委员会)(?P<second>第?)"
    f"(?P<session>{_HAN})(?P<end>次(?:全体)?会议)"
)
_CONGRESS = re.compile(
    f"(?:(?<=党的)|(?<=中共)|(?<=中国共产党第))(?P<term>1[2-9]|2[0-9])(?=大(?![中小])|次全国代表大会)"
    f"|(?P<full>(?P<congress>{_FIGURES})届(?P<plenum>[一二三四五六七八九]|[0-9])中全会)"
    f"|(?<=届)(?P<alone>[1-9])(?=中全会)"
)
_DIGITS = "〇一二三四五六七八九"


def han_number(value: int) -> str:
    """Return 1 … 99 in Chinese numerals: ``14`` is 十四."""
    tens, ones = divmod(value, 10)
    leading = "" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return leading + (_DIGITS[ones] if ones or not tens else "")


def _han(printed: str) -> str:
    return han_number(int(printed)) if printed.isdecimal() else printed


def check(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    """Find the faults of one paragraph."""
    text = paragraph.text
    for match in _SESSION.finditer(text):
        in_figures = match["term"].isdecimal() or match["session"].isdecimal()
        suggestion = f"{_han(match['term'])}届{_han(match['session'])}次"
        if in_figures:
            yield FIGURES.mark(paragraph, number, match.span(), suggestion)
        elif match["second"] or match["before"]:
            yield SHORT.mark(paragraph, number, match.span(), suggestion)
    for pattern, group in ((_TERM, "term"), (_SESSION_OF_COMMITTEE, "session")):
        for match in pattern.finditer(text):
            yield FIGURES.mark(paragraph, number, match.span(group), _han(match[group]))
    for match in _FULL.finditer(text):
        if not (match["first"] and match["second"]):
            suggestion = "第{term}{body}第{session}{end}".format(**match.groupdict())
            yield FULL.mark(paragraph, number, match.span(), suggestion)
    for match in _CONGRESS.finditer(text):
        suggestion = _han(match["term"] or match["alone"] or "0")
        if match["full"]:
            suggestion = f"{_han(match['congress'])}届{_han(match['plenum'])}中全会"
        yield CONGRESS.mark(paragraph, number, match.span(), suggestion)
