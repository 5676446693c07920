"""The numbers that Word prints before list paragraphs, which are in no text of the file."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PLACE = re.compile(r"%([1-9])")
_LETTERS = 26


@dataclass(slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts list paragraphs in file order, as Word does when it lays them out.

    ``styles`` gives the list and level that a paragraph style brings along.
    """

    _levels: dict[str, dict[int, _Level]]
    _styles: dict[str, tuple[str, int]]
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def read(cls, numbering: _Element | None, styles: _Element | None) -> "Numbering":
        """Read the definitions of a document; either part may be missing."""
        if numbering is None:
            return cls({}, {})
        abstract = {
            item.get(f"{W}abstractNumId", ""): {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in item.findall(f"{W}lvl")
            }
            for item in numbering.findall(f"{W}abstractNum")
        }
        levels = {}
        for item in numbering.findall(f"{W}num"):
            reference = item.find(f"{W}abstractNumId")
            if reference is not None:
                levels[item.get(f"{W}numId", "")] = abstract.get(_value(reference), {})
        return cls(levels, _styled(styles))

    def before(self, properties: _Element | None) -> str:
        """Return what Word prints before the paragraph with these ``w:pPr``, counting it."""
        if properties is None or not self._levels:
            return ""
        number, depth = self._place(properties)
        level = self._levels.get(number, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.format in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda match: self._printed(number, int(match[1]) - 1), level.text)

    def _place(self, properties: _Element) -> tuple[str, int]:
        style = properties.find(f"{W}pStyle")
        number, depth = self._styles.get(_value(style), ("0", 0))
        own = properties.find(f"{W}numPr")
        if own is not None:
            number = _value(own.find(f"{W}numId")) or number
            depth = int(_value(own.find(f"{W}ilvl")) or depth)
        return number, depth

    def _printed(self, number: str, depth: int) -> str:
        level = self._levels[number].get(depth)
        if level is None:
            return ""
        count = self._counts[number].get(depth, level.start)
        return FORMATS.get(level.format, str)(count)


def _value(element: _Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _level(element: _Element) -> _Level:
    start = _value(element.find(f"{W}start"))
    return _Level(
        format=_value(element.find(f"{W}numFmt")) or "decimal",
        text=_value(element.find(f"{W}lvlText")),
        start=int(start) if start.isdigit() else 1,
    )


def _styled(styles: _Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in () if styles is None else styles.findall(f"{W}style"):
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            depth = _value(numbered.find(f"{W}ilvl"))
            found[style.get(f"{W}styleId", "")] = (
                _value(numbered.find(f"{W}numId")),
                int(depth) if depth.isdigit() else 0,
            )
    return found


def chinese(count: int) -> str:
    """Return ``count`` as it is written in lists: 十, 十一, 二十, 一百零三."""
    if count < 10:
        return _DIGITS[count]
    if count < 100:
        tens, ones = divmod(count, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    if count >= 1000:
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    hundreds, rest = divmod(count, 100)
    if not rest:
        return f"{_DIGITS[hundreds]}百"
    if rest < 10:
        return f"{_DIGITS[hundreds]}百零{_DIGITS[rest]}"
    return f"{_DIGITS[hundreds]}百{'一' if rest < 20 else ''}{chinese(rest)}"


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if 1 <= count <= 20 else str(count)


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)


def _roman(count: int) -> str:
    signs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    printed = ""
    for value, sign in signs:
        printed += sign * (count // value)
        count %= value
    return printed


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "ideographTraditional": lambda count: _STEMS[(count - 1) % 10],
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
"""How the values of ``w:numFmt`` (ECMA-376, 17.18.59) count."""
