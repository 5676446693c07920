"""The numbers that Word prints before list paragraphs, which are in no text of the file.

After ECMA-376 part 1, 17.9: a list (``w:num``) takes its levels from an abstract one, which several
lists share with one count; a list may replace a level or begin it anew (``w:lvlOverride``); a level
begins anew after a higher one, or as ``w:lvlRestart`` says; a legal level (``w:isLgl``) prints all
numbers as decimals.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from .docx_formats import FORMATS
from .docx_styles import Styles, W, is_on, value

_PLACE = re.compile(r"%([1-9])")
_MOST = 10**6
"""A count above this is no list's."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    style: str
    restart: int | None
    legal: bool


@dataclass(frozen=True, slots=True)
class _List:
    """One ``w:num``: whose count it shares, its levels, and where it begins them anew."""

    shared: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts list paragraphs in file order, as Word does when it lays them out."""

    _lists: dict[str, _List]
    _styles: Styles
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, numbering: _Element | None, styles: Styles) -> "Numbering":
        """Read the definitions of a document, which may be missing."""
        if numbering is None:
            return cls({}, styles)
        abstract = {
            item.get(f"{W}abstractNumId", ""): item for item in numbering.findall(f"{W}abstractNum")
        }
        lists = {}
        for item in numbering.findall(f"{W}num"):
            shared = value(item.find(f"{W}abstractNumId"))
            if shared in abstract:
                lists[item.get(f"{W}numId", "")] = _read_list(item, shared, abstract)
        return cls(lists, styles)

    def before(self, properties: _Element | None) -> str:
        """Return what Word prints before the paragraph with these ``w:pPr``, counting it."""
        if not self._lists:
            return ""
        number, depth = self._place(properties)
        counted = self._lists.get(number)
        level = None if counted is None else counted.levels.get(depth)
        if counted is None or level is None:
            return ""
        self._count(number, counted, depth, level)
        if level.format in {"bullet", "none"}:
            return ""
        return _PLACE.sub(
            lambda match: self._printed(counted, int(match[1]) - 1, level.legal), level.text
        )

    def _count(self, number: str, counted: _List, depth: int, level: _Level) -> None:
        counts = self._counts[counted.shared]
        if depth in counted.starts and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            counts[depth] = counted.starts[depth]
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            restart = counted.levels[deeper].restart if deeper in counted.levels else None
            if restart is None or (restart and depth < restart):
                del counts[deeper]

    def _place(self, properties: _Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, or those that its style brings along."""
        style = self._styles.of(properties)
        number, level = style.numbering or ("", "")
        own = None if properties is None else properties.find(f"{W}numPr")
        if own is not None:
            number = value(own.find(f"{W}numId")) or number
            level = value(own.find(f"{W}ilvl")) or level
        elif number and not level:
            level = self._level_of_style(number, properties)
        return number, int(level) if level.isdigit() else 0

    def _level_of_style(self, number: str, properties: _Element | None) -> str:
        named = None if properties is None else properties.find(f"{W}pStyle")
        identifier = self._styles.default if named is None else value(named)
        levels = self._lists[number].levels if number in self._lists else {}
        return next((str(at) for at, each in levels.items() if each.style == identifier), "")

    def _printed(self, counted: _List, depth: int, legal: bool) -> str:
        level = counted.levels.get(depth)
        if level is None:
            return ""
        count = self._counts[counted.shared].get(depth, level.start)
        if legal or not 0 <= count < _MOST:
            return str(count)
        return FORMATS.get(level.format, str)(count)


def _read_list(item: _Element, shared: str, abstract: dict[str, _Element]) -> _List:
    levels = _levels(_linked(abstract[shared], abstract.values()).findall(f"{W}lvl"))
    starts = {}
    for override in item.findall(f"{W}lvlOverride"):
        depth = int(override.get(f"{W}ilvl", "0"))
        levels |= _levels(override.findall(f"{W}lvl"))
        start = value(override.find(f"{W}startOverride"))
        if start.isdigit():
            starts[depth] = int(start)
            if depth in levels:
                levels[depth] = replace(levels[depth], start=int(start))
    return _List(shared, levels, starts)


def _linked(item: _Element, others: Iterable[_Element]) -> _Element:
    """The definition that holds the levels, where a definition only names a list style."""
    name = value(item.find(f"{W}numStyleLink"))
    if not name:
        return item
    return next((other for other in others if value(other.find(f"{W}styleLink")) == name), item)


def _levels(elements: Iterable[_Element]) -> dict[int, _Level]:
    return {int(element.get(f"{W}ilvl", "0")): _level(element) for element in elements}


def _level(element: _Element) -> _Level:
    start = value(element.find(f"{W}start"))
    restart = value(element.find(f"{W}lvlRestart"))
    return _Level(
        format=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")),
        start=int(start) if start.isdigit() else 1,
        style=value(element.find(f"{W}pStyle")),
        restart=int(restart) if restart.isdigit() else None,
        legal=is_on(element.find(f"{W}isLgl")),
    )
