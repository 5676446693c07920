"""List markers: 一、 （一） 1. （1） 第一， 一是, and what their sequence says about order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .typography import BLANK

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_TENS = "十"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_START = rf"(?:^|(?<=[。；：！？;:!?”）\n]))[{BLANK}]*"

_LEVELS: tuple[tuple[int, str], ...] = (
    (1, rf"(?P<a>{_HAN_NUMBER})[{BLANK}]*[、．.]"),
    (2, rf"[（(](?P<b>{_HAN_NUMBER})[)）]"),
    (3, r"(?P<c>[1-9][0-9]?)[{B}]*[.．、](?![0-9])".replace("{B}", BLANK)),
    (4, r"[（(](?P<d>[1-9][0-9]?)[)）]"),
    (5, rf"第(?P<e>{_HAN_NUMBER})[，,、]"),
    (6, rf"(?P<f>{_HAN_NUMBER})(?:是|要(?!素)|则)"),
)
_MARKER = re.compile(_START + "(?:" + "|".join(f"(?:{pattern})" for _, pattern in _LEVELS) + ")")
_LEVEL_OF_GROUP = dict(zip("abcdef", (level for level, _ in _LEVELS), strict=True))


@dataclass(frozen=True, slots=True)
class Marker:
    """One list marker: its level (1 highest), its number, where it begins and ends in the text."""

    level: int
    number: int
    start: int
    end: int
    leading: bool

    @property
    def printed(self) -> str:
        """The marker for a person to read."""
        number = "一二三四五六七八九十"[self.number - 1] if self.number <= 10 else str(self.number)
        return {
            1: f"{number}、",
            2: f"（{number}）",
            3: f"{self.number}.",
            4: f"（{self.number}）",
        }.get(self.level, f"第{number}" if self.level == 5 else f"{number}是")


def find_markers(text: str) -> list[Marker]:
    """All markers that begin the text, a line, a sentence or a clause after a semicolon."""
    found = []
    for match in _MARKER.finditer(text):
        group = match.lastgroup or ""
        printed = match[group]
        number = int(printed) if printed.isdecimal() and printed.isascii() else _han_value(printed)
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        leading = start == 0 or text[start - 1] == "\n"
        if number and (leading or _LEVEL_OF_GROUP[group] != 1 or text[start - 1] in "。！？”）"):
            found.append(Marker(_LEVEL_OF_GROUP[group], number, start, match.end(), leading))
    return found


@lru_cache(maxsize=256)
def _han_value(printed: str) -> int:
    """The value of 一 … 九十九; 0 for what is no such number (一一)."""
    if _TENS not in printed:
        return _DIGITS[printed] if len(printed) == 1 else 0
    tens, _, ones = printed.partition(_TENS)
    if len(tens) > 1 or len(ones) > 1 or _TENS in ones:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def top_level(markers: Iterable[Marker]) -> int | None:
    """The highest level that counts at least to two."""
    levels = {marker.level for marker in markers if marker.number >= 2}
    return min(levels, default=None)


class Count:
    """The state of the running lists while a text is read: the last number of every level."""

    __slots__ = ("last",)

    def __init__(self, last: Sequence[int] = ()) -> None:
        self.last = list(last) or [0] * 7

    def take(self, marker: Marker) -> float:
        """Count one marker; how well it follows, as log odds (positive: it continues its list)."""
        level, number = marker.level, marker.number
        last = self.last[level]
        self.last[level] = number
        self.last[level + 1 :] = [0] * (6 - level)
        if number == last + 1:
            return 2.5 if last else 0.3
        if number == 1:
            return -5.0 if level == 1 else -0.5
        if last == 0:
            return -4.0 if level < 6 else -3.0
        return -5.0
