"""Numbers with a unit that are no work figures.

Ordinals and sessions, ranks, names and slogans in quotation marks, models (``3+N``), norms
(``每300户配备1名``) and small or round numbers in characters (``两个``, ``百名``).
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from speeches.parsing.documents import Bound

from .quantities import Quantity

_NAMED = re.compile(
    r"“[^“”，,。；;]{1,16}”|‘[^‘’，,。；;]{1,16}’|《[^《》]{1,60}》|〔[^〔〕]{1,12}〕"
)
_WINDOW = 24
_CLAUSE_BREAK = re.compile(r"[，,。；;：:！!？?\n]")
_ORDINAL = re.compile(r"第[ 　]?$")
_RANK = re.compile(r"(?<![目当此提以之年])前$")
_SESSION_AFTER = re.compile(
    r"[0-9０-９一二三四五六七八九十]+次|[全省市县区]|委员|政协|会议|常委|中央|人大|毕业|学生"
)
_NORM_BEFORE = re.compile(r"每(?:[满隔][ 　]?)?$|连续[ 　]?$")
_NORM_CLAUSE = re.compile(r"每[满隔]?[0-9０-９]")
_NORM_OF_EACH = re.compile(r"每一?[个名位家户村镇乡县区所支]")
_VAGUE_BEFORE = re.compile(r"[数几第初成]$|[百千万]上$")
_MODEL_BEFORE = re.compile(r"[+＋][ 　]?$")
_MODEL_AFTER = re.compile(r"[一-鿿（()）]{0,12}[ 　]?[+＋][ 　]?[0-9０-９A-Za-z一二三四五六七八九]")
_ISSUES_OF_A_YEAR = frozenset("届期版批款起")
_YEARS = range(1900, 2101)


def named_spans(text: str) -> Sequence[tuple[int, int]]:
    """Where a text quotes names: titles, slogans, document numbers."""
    return [match.span() for match in _NAMED.finditer(text)]


def is_work_figure(text: str, quantity: Quantity, named: Sequence[tuple[int, int]]) -> bool:
    """Whether a quantity of ``text`` counts something, ``named`` being its quoted names."""
    if _is_inside(quantity.start, named):
        return False
    return not any(excludes(text, quantity) for excludes in _EXCLUSIONS)


def _is_inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(spans, position, key=lambda span: span[0])
    return index > 0 and position < spans[index - 1][1]


def _ends_before(pattern: re.Pattern[str], text: str, position: int) -> bool:
    return pattern.search(text, max(0, position - _WINDOW), position) is not None


def _is_ordinal(text: str, quantity: Quantity) -> bool:
    if _ends_before(_ORDINAL, text, quantity.numeral.start):
        return True
    return quantity.measure in {"名", "位"} and _ends_before(_RANK, text, quantity.numeral.start)


def _is_session(text: str, quantity: Quantity) -> bool:
    if quantity.measure == "次" and text[max(0, quantity.start - 1) : quantity.start] == "届":
        return True
    if quantity.measure in _ISSUES_OF_A_YEAR and quantity.numeral.value in _YEARS:
        return True
    return quantity.measure == "届" and (
        quantity.numeral.chinese or _SESSION_AFTER.match(text, quantity.end) is not None
    )


def _is_model(text: str, quantity: Quantity) -> bool:
    return (
        _ends_before(_MODEL_BEFORE, text, quantity.start)
        or _MODEL_AFTER.match(text, quantity.end) is not None
        or text[quantity.end : quantity.end + 1] == "级"
    )


def _is_norm(text: str, quantity: Quantity) -> bool:
    if _ends_before(_NORM_BEFORE, text, quantity.start):
        return True
    clause = _CLAUSE_BREAK.split(text[max(0, quantity.start - _WINDOW) : quantity.start])[-1]
    if _NORM_CLAUSE.search(clause):
        return True
    if quantity.unit != quantity.measure:
        return False
    if quantity.numeral.value == 1:
        return "每" in clause
    return quantity.numeral.value < 10 and _NORM_OF_EACH.search(clause) is not None


def _is_vague_in_characters(text: str, quantity: Quantity) -> bool:
    numeral = quantity.numeral
    if not numeral.chinese:
        return False
    if _ends_before(_VAGUE_BEFORE, text, quantity.numeral.start):
        return True
    if numeral.bare or (numeral.value == 10 and numeral.upper is None):
        return quantity.bound is Bound.EXACT
    return numeral.plain and not numeral.percent and quantity.unit == quantity.measure


_EXCLUSIONS: Sequence[Callable[[str, Quantity], bool]] = (
    _is_ordinal,
    _is_session,
    _is_model,
    _is_norm,
    _is_vague_in_characters,
)
