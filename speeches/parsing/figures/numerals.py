"""Printed numbers: Arabic (``1790.36``, ``１２``, ``1 209``) and Chinese (``三十五``, ``三四十``).

A number is what GB/T 15835-2011 calls a numeral; the scales 万 and 亿 at its end are left to the
quantity that the number opens, since ``三百余万`` may put a word between them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGIT = "0-9０-９"
_GROUPING = ", \u2009\u202f"
_PLAIN_DIGITS = str.maketrans({"．": ".", **dict.fromkeys(_GROUPING)})
_ARABIC = (
    rf"(?:[{_DIGIT}]{{1,3}}(?:[{_GROUPING}][{_DIGIT}]{{3}}(?![{_DIGIT}])){{1,4}}|[{_DIGIT}]{{1,15}})"
    rf"(?:[.．][{_DIGIT}]{{1,8}})?"
)
_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL = re.compile(
    rf"(?<![A-Za-z{_DIGIT}./．／])(?<![A-Za-z][-－])"
    rf"(?:(?P<yi>[{_DIGIT}]{{1,6}})亿(?P<wan>[{_DIGIT}]{{1,4}})万"
    rf"|百分之(?:(?P<arabic_percent>{_ARABIC})|(?P<percent>[{_CHINESE}]{{1,8}}))"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?<![{_CHINESE}])(?P<chinese>[{_CHINESE}]{{1,20}}))"
)
_CHINESE_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_CHINESE_DIGITS |= {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = "万亿"
_LARGEST_GROUP = 10**4


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number at ``start:end``.

    ``value`` is the number, ``upper`` the second one of an approximate pair (``三四十``: 30 and
    40). ``step`` is the worth of its last significant digit: ``2100余`` ends below 2100 + 100.
    ``chinese`` tells the script; ``bare`` a scale word without any digit (``百``); ``plain`` a
    number below ten in characters. ``scale`` and ``percent`` hold what the number itself consumed
    (``1亿3000万``, ``百分之三十``).
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    upper: Decimal | None = None
    chinese: bool = False
    bare: bool = False
    plain: bool = False
    scale: str = ""
    percent: bool = False


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of a text from left to right; malformed ones are passed over."""
    position = 0
    while match := _NUMERAL.search(text, position):
        position = match.end()
        numeral = _read(match)
        if numeral is not None:
            yield numeral


def numeral_at(text: str, position: int) -> Numeral | None:
    """The number that starts exactly at ``position``, if there is one."""
    match = _NUMERAL.match(text, position)
    return _read(match) if match else None


def _read(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if match["yi"]:
        value = Decimal(match["yi"]) + Decimal(match["wan"]) / _LARGEST_GROUP
        return Numeral(start, end, value, _last_place(value), scale="亿")
    if arabic := match["arabic"] or match["arabic_percent"]:
        value = Decimal(arabic.translate(_PLAIN_DIGITS))
        percent = match["arabic_percent"] is not None
        return Numeral(start, end, value, _last_place(value), percent=percent)
    return _read_chinese(start, match["chinese"] or match["percent"], match["percent"], end)


def _read_chinese(start: int, words: str, percent: str | None, end: int) -> Numeral | None:
    stem = words.rstrip(_MYRIADS)
    if any(myriad in stem for myriad in _MYRIADS):
        stem = words
    end -= len(words) - len(stem)
    bounds = _chinese_bounds(stem) if stem else (1, 1)
    if bounds is None:
        return None
    low, high = bounds
    return Numeral(
        start,
        end,
        Decimal(low),
        _last_place(Decimal(low)),
        upper=Decimal(high) if high > low else None,
        chinese=True,
        bare=stem in {"", *_PLACES},
        plain=stem != "" and not any(character in stem for character in (*_PLACES, *_MYRIADS)),
        percent=percent is not None,
    )


def _last_place(value: Decimal) -> Decimal:
    """The worth of the last significant digit: 100 for 2100, 0.1 for 1.5, 1 for 0."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _chinese_bounds(words: str) -> tuple[int, int] | None:
    """The value of a Chinese numeral as (low, high); None if it is malformed."""
    low = high = 0
    group = words
    for myriad, worth in (("亿", 10**8), ("万", 10**4)):
        head, found, group = group.rpartition(myriad)
        if not found:
            continue
        bounds = _group_bounds(head)
        if bounds is None:
            return None
        low, high = low + bounds[0] * worth, high + bounds[1] * worth
    bounds = _group_bounds(group)
    return None if bounds is None else (low + bounds[0], high + bounds[1])


def _group_bounds(group: str) -> tuple[int, int] | None:
    """The value of a numeral below 10,000 in characters, with approximate pairs (``三四十``)."""
    low = high = 0
    last_place = _LARGEST_GROUP
    digits: list[int] = []
    zero = False
    for character in group:
        if character in _PLACES:
            place = _PLACES[character]
            pair = _digit_pair(digits or [1])
            if place >= last_place or pair is None or (low and not digits):
                return None
            low, high = low + pair[0] * place, high + pair[1] * place
            last_place, digits, zero = place, [], False
        elif character == "零" or (character == "〇" and not digits):
            zero = True
        elif character in _CHINESE_DIGITS:
            digits.append(_CHINESE_DIGITS[character])
        else:
            return None
    if not digits:
        return low, high
    pair = _digit_pair(digits)
    if pair is None:
        return None
    place = 1 if zero or last_place == _LARGEST_GROUP else last_place // 10
    return low + pair[0] * place, high + pair[1] * place


def _digit_pair(digits: list[int]) -> tuple[int, int] | None:
    """One digit, or two neighbouring ones that mean "three or four"."""
    if len(digits) == 1:
        return digits[0], digits[0]
    if len(digits) == 2 and digits[1] == digits[0] + 1:
        return digits[0], digits[1]
    return None
