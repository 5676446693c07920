"""Quantities: a number with its scale, its unit and the words that bound it.

多 and 余 leave the true value above the number and below its next step (400多: more than 400, less
than 500); 以上, 以下 and 以内 include the number, 超过 and 不足 exclude it (民法典 article 1259);
约 and 左右 bound neither side.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from speeches.parsing.documents import Bound

from .numerals import Numeral, find_numerals, numeral_at
from .units import SCALE_PATTERN, SCALES, UNIT_PATTERN, unit_name

_GAP = r"[ 　\xa0]{0,2}"
_NOT_TIME = "(?![年月日天岁周载时分秒号点里级层代元个]|小时|星期|世纪|学期|学年|季度)"
_TAIL = re.compile(
    rf"{_GAP}(?P<odd>[多余几来])?(?P<scale>{SCALE_PATTERN})?(?P<more>[多余来])?"
    rf"(?:{_GAP}(?P<unit>{UNIT_PATTERN})|{_NOT_TIME})(?P<rest>[多余](?=[，。；、,;]|$))?"
)
_SUFFIX = re.compile(
    rf"{_GAP}(?:(?P<at_least>及?以上|之上)|(?P<at_most>及?以下|以内|之内|之下)|(?P<about>左右|上下))"
)
_CONNECTION = re.compile(
    rf"(?P<scale>{SCALE_PATTERN})?(?P<unit>{UNIT_PATTERN})?"
    rf"{_GAP}(?:[—–－~～]{{1,2}}|-|(?P<word>[至到])){_GAP}"
)
_LONGEST_PREFIX = 6
_PREFIX = re.compile(
    "(?:(?P<at_least>不少于|不低于|不下于?|不小于|至少|最少|起码)"
    "|(?P<at_most>不超过|不高于|不多于|不大于|至多|最多|最高)"
    "|(?P<under>(?<![最附邻])近|接近|将近|不足|不到|不满|未满|未达|低于|少于|小于)"
    "|(?P<over>超过?|超出|远超|逾|突破|多于|高于|大于)"
    rf"|(?P<about>大约|大概|(?<![节签预合条公制特违履邀相])约(?!了)))了?{_GAP}$"
)
_BARE_PREFIX = re.compile(f"(?:(?P<at_least>上)|(?P<over>[过破])){_GAP}$")
_Bounds = tuple[Decimal | None, Decimal | None, Bound]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at ``start:end``, the bounding words included.

    ``numeral`` is the number as printed; ``unit`` carries the printed scale (万元), ``measure``
    does not (元); ``low`` and ``high`` are counted in ``measure``.
    """

    start: int
    end: int
    numeral: Numeral
    unit: str
    measure: str
    low: Decimal | None
    high: Decimal | None
    bound: Bound


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a text that have a unit, a scale or a bounding word, left to right."""
    position = 0
    for numeral in find_numerals(text):
        if numeral.start < position:
            continue
        quantity = _range_at(text, numeral) or _single_at(text, numeral)
        if quantity is not None:
            position = quantity.end
            yield quantity


def _range_at(text: str, numeral: Numeral) -> Quantity | None:
    """``3—5个``, ``4%—6%``, ``5万至10万元``; not the change in ``由3个到5个``."""
    connection = _CONNECTION.match(text, numeral.end)
    if connection is None:
        return None
    if connection["word"] and text[max(0, numeral.start - 1) : numeral.start] in {"由", "从"}:
        return None
    second = numeral_at(text, connection.end())
    upper = second and _single_at(text, second)
    if not second or not upper or second.chinese is not numeral.chinese:
        return None
    first_unit = unit_name(connection["unit"] or "")
    if first_unit and first_unit != upper.measure:
        return None
    scale = connection["scale"] or upper.unit.removesuffix(upper.measure)
    low = numeral.value * SCALES[scale]
    high = second.value * SCALES[upper.unit.removesuffix(upper.measure)]
    if low > high:
        return None
    return Quantity(
        start=numeral.start,
        end=upper.end,
        numeral=numeral,
        unit=scale + upper.measure,
        measure=upper.measure,
        low=low,
        high=high,
        bound=Bound.EXACT if low == high else Bound.RANGE,
    )


def _single_at(text: str, numeral: Numeral) -> Quantity | None:
    tail = _TAIL.match(text, numeral.end)
    if numeral.percent:
        scale, measure, end, inner = "", "%", numeral.end, ""
    elif tail is not None and _counts(numeral, tail):
        scale = numeral.scale or tail["scale"] or ""
        measure, end = unit_name(tail["unit"] or ""), tail.end()
        inner = tail["odd"] or tail["more"] or tail["rest"] or ""
    else:
        return None
    prefix = _prefix_before(text, numeral)
    suffix = _SUFFIX.match(text, end)
    low, high, bound = _bounds(numeral, inner, prefix or suffix)
    worth = SCALES[scale]
    return Quantity(
        start=prefix.start() if prefix else numeral.start,
        end=suffix.end() if suffix else end,
        numeral=numeral,
        unit=scale + measure,
        measure=measure,
        low=None if low is None else low * worth,
        high=None if high is None else high * worth,
        bound=bound,
    )


def _counts(numeral: Numeral, tail: re.Match[str]) -> bool:
    """Whether the words after a number make it a quantity: a unit, or for digits a scale or 余."""
    if tail["unit"]:
        return True
    return not numeral.chinese and bool(
        tail["scale"] or numeral.scale or (tail["odd"] and tail["odd"] in "多余")
    )


def _prefix_before(text: str, numeral: Numeral) -> re.Match[str] | None:
    window = max(0, numeral.start - _LONGEST_PREFIX)
    prefix = _PREFIX.search(text, window, numeral.start)
    if prefix is None and numeral.bare:
        prefix = _BARE_PREFIX.search(text, window, numeral.start)
    return prefix


def _bounds(numeral: Numeral, inner: str, outer: re.Match[str] | None) -> _Bounds:
    """The bounds of a number: those inside it (三四十, 400多) before those around it."""
    value = numeral.value
    if numeral.upper is not None:
        return value, numeral.upper, Bound.RANGE
    if inner and inner in "多余几":
        return value, value + numeral.step, Bound.OVER
    around: dict[str | None, _Bounds] = {
        "at_least": (value, None, Bound.AT_LEAST),
        "at_most": (None, value, Bound.AT_MOST),
        "under": (None, value, Bound.UNDER),
        "over": (value, None, Bound.OVER),
        "about": (None, None, Bound.ABOUT),
    }
    if outer:
        return around[outer.lastgroup]
    return around["about"] if inner else (value, value, Bound.EXACT)
