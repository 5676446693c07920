"""How numbers are written (GB/T 15835-2011), impossible dates, document numbers (GB/T 9704)."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator

from speeches.parsing.typography import HAN
from speeches.proofreading.documents import Paragraph
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

RANGE_UNIT = Rule(
    "range-unit",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("Unit of a range"),
    _("Both ends of a range keep the percent sign, 万 or 亿, as 5万—10万 (GB/T 15835)."),
)
RANGE_MARK = Rule(
    "range-mark",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("Hyphen in a range"),
    _("A range takes — or ～ between its ends, not a hyphen (GB/T 15835)."),
)
MAGNITUDE = Rule(
    "magnitude",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("Figures before 十, 百 or 千"),
    _("Only 万 and 亿 follow Arabic figures; write 3000 or 三千 (GB/T 15835)."),
)
APPROXIMATE = Rule(
    "approximate-pair",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("Approximate number"),
    _("Two neighbouring numbers that mean “about” are written 三四, without figures or 、."),
)
SEVERAL = Rule(
    "several",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("几 beside figures"),
    _("几 goes with Chinese numerals: 十几, 几十 (GB/T 15835)."),
)
TWICE_ABOUT = Rule(
    "twice-about",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("“About” said twice"),
    _("Two words say that the number is not exact; one is enough, or they contradict each other."),
)
GROUPING = Rule(
    "grouping",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("Full-width mark inside a number"),
    _("A Chinese comma or stop stands inside a number."),
)
PERCENT_WORDS = Rule(
    "percent-words",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("百分之 before figures"),
    _("Arabic figures take the percent sign, Chinese numerals 百分之 (GB/T 15835)."),
)
ZERO = Rule(
    "zero",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("Zero in a Chinese year"),
    _("The zero of a year in Chinese numerals is 〇 (GB/T 15835)."),
)
DATE = Rule(
    "impossible-date",
    Category.NUMBERS,
    Severity.SEVERE,
    _("Date that does not exist"),
    _("The calendar has no such day or month."),
)
DOCUMENT_NUMBER = Rule(
    "document-number",
    Category.NUMBERS,
    Severity.ORDINARY,
    _("Form of a document number"),
    _("A document number is written 〔2024〕5号: 〔 〕, no 第, no leading zero (GB/T 9704)."),
)
RULES = (
    RANGE_UNIT,
    RANGE_MARK,
    MAGNITUDE,
    APPROXIMATE,
    SEVERAL,
    TWICE_ABOUT,
    GROUPING,
    PERCENT_WORDS,
    ZERO,
    DATE,
    DOCUMENT_NUMBER,
)

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_FREE = r"(?<![0-9A-Za-z.\-—–~～〜/+:_@#])"
_JOIN = "[-–−~～〜—至]"
_COUNTER = "(?:[个年天次人名家件项月里米倍元岁户亩吨场期篇条处所座万亿%]|公里|小时|分钟)"
_HAN_DIGITS = "零一二三四五六七八九"
_NEIGHBOURS = "|".join(f"{_HAN_DIGITS[low]}、{_HAN_DIGITS[low + 1]}" for low in range(1, 9))
_FIGURE_NEIGHBOURS = "|".join(f"{low}、{low + 1}" for low in range(1, 9))
_PAIR_COUNTER = (
    "(?=(?:个(?:月|人|小时)|十[万亿多年个]|百[万亿多年个]|天|次|倍|里路|公里)(?![、和与及]))"
)
_ABOUT = "(?:大约|约|将近|近|接近)"
_LEAST = "(?:超过|超|至少|突破|逾)"

_RANGE_PERCENT = re.compile(rf"{_FREE}(?P<a>{_NUMBER})(?P<join>{_JOIN})(?P<b>{_NUMBER})(?P<unit>%)")
_RANGE_SCALE = re.compile(
    rf"{_FREE}(?P<a>{_NUMBER})(?P<join>[-–−~～〜—])(?P<b>{_NUMBER})(?P<unit>[万亿])"
)
_RANGE_HYPHEN = re.compile(
    rf"{_FREE}(?P<a>{_NUMBER}[%万亿年月日]?)(?P<join>[-–−~〜]{{1,2}})(?P<b>{_NUMBER})(?={_COUNTER})"
)
_MAGNITUDE = re.compile(
    rf"{_FREE}(?P<a>[1-9][0-9]?(?:\.[0-9])?)(?P<scale>[十百千])"
    r"(?!分之|分点|[克米瓦伏赫卡帕焦升安斤吨字货]|[强佳优])"
)
_SCALES = {"十": 10, "百": 100, "千": 1000}
_FIGURE_PAIR = re.compile(rf"(?<![0-9第、.—～])(?:{_FIGURE_NEIGHBOURS}){_PAIR_COUNTER}")
_HAN_PAIR = re.compile(rf"(?<![{_HAN_DIGITS}十第、（初]) *(?:{_NEIGHBOURS}){_PAIR_COUNTER}")
_SEVERAL = re.compile(rf"{_FREE}(?P<tens>[1-9])0几(?=[个年人天次名家件项多岁])")
_TWICE_ABOUT = re.compile(
    rf"{_ABOUT}{_NUMBER}[万亿]?[余多](?=[{HAN}])"
    rf"|{_ABOUT}{_NUMBER}[万亿]?(?:%|[{HAN}]{{1,3}}?)(?:左右|上下)"
    rf"|{_LEAST}{_NUMBER}[万亿]?(?:%|[{HAN}]{{1,3}}?)?(?:以上|左右)"
)
_GROUPED = re.compile(r"(?<![0-9，.])[1-9][0-9]{0,2}(?:，[0-9]{3})+(?![0-9])(?=[万亿元人户亩吨])")
_WIDE_POINT = re.compile(r"(?<=[0-9])[．。](?=[0-9])")
_PERCENT_WORDS = re.compile(rf"百分之(?P<a>{_NUMBER})")
_ZERO_YEAR = re.compile("[一二][一二三四五六七八九零〇○0OＯ]{3}(?=年)")
_ZEROS = str.maketrans(dict.fromkeys("零○0OＯ", "〇"))
_DATE = re.compile(
    r"(?<![0-9])(?:(?P<year>[12][0-9]{3})年)?(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号])?"
)
_DOCUMENT_NUMBER = re.compile(
    rf"(?<=[{HAN}])(?P<open>[\[【（(〔])(?P<year>(?:19|20)[0-9]{{2}})(?P<close>[\]】）)〕])"
    r"(?P<ordinal>第?)(?P<number>[0-9]{1,4})号"
)

Suggest = Callable[[re.Match[str]], str | None]


def _ends(match: re.Match[str]) -> str:
    join = match["join"] if match["join"] in "～—至" else "—"
    return f"{match['a']}{match['unit']}{join}{match['b']}{match['unit']}"


def _hyphened(match: re.Match[str]) -> str:
    return f"{match['a']}—{match['b']}"


def _written_out(match: re.Match[str]) -> str:
    return f"{float(match['a']) * _SCALES[match['scale']]:.0f}"


def _as_han(match: re.Match[str]) -> str:
    digits = match.group().strip().replace("、", "")
    return "".join(_HAN_DIGITS[int(digit)] if digit.isdecimal() else digit for digit in digits)


def _several(match: re.Match[str]) -> str:
    tens = "" if match["tens"] == "1" else _HAN_DIGITS[int(match["tens"])]
    return f"{tens}十几"


def _document_number(match: re.Match[str]) -> str:
    return f"〔{match['year']}〕{int(match['number'])}号"


_TABLE: tuple[tuple[Rule, re.Pattern[str], Suggest], ...] = (
    (RANGE_UNIT, _RANGE_PERCENT, _ends),
    (RANGE_UNIT, _RANGE_SCALE, _ends),
    (RANGE_MARK, _RANGE_HYPHEN, _hyphened),
    (MAGNITUDE, _MAGNITUDE, _written_out),
    (APPROXIMATE, _FIGURE_PAIR, _as_han),
    (APPROXIMATE, _HAN_PAIR, _as_han),
    (SEVERAL, _SEVERAL, _several),
    (TWICE_ABOUT, _TWICE_ABOUT, lambda _match: None),
    (GROUPING, _GROUPED, lambda match: match.group().replace("，", "")),
    (GROUPING, _WIDE_POINT, lambda _match: "."),
    (PERCENT_WORDS, _PERCENT_WORDS, lambda match: f"{match['a']}%"),
    (ZERO, _ZERO_YEAR, lambda match: match.group().translate(_ZEROS)),
    (DOCUMENT_NUMBER, _DOCUMENT_NUMBER, _document_number),
)


def check(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    """Find the faults of one paragraph."""
    for rule, pattern, suggest in _TABLE:
        for match in pattern.finditer(paragraph.text):
            suggestion = suggest(match)
            if suggestion != match.group():
                yield rule.mark(paragraph, number, match.span(), suggestion)
    for match in _DATE.finditer(paragraph.text):
        if not _exists(match):
            yield DATE.mark(paragraph, number, match.span())


def _exists(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"] or 1)
    if not match["day"] and not match["year"]:
        return True
    year = int(match["year"] or 2000)
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
