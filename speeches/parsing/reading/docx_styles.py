"""The styles of a Word document: what a style brings along, by itself or its parents."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from lxml.etree import _Element

_T = TypeVar("_T")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off", "none"}
_HEADING = re.compile(r"(?i)^(?:heading|标题)\s*([1-9])$")
_BODY_LEVEL = 9


def value(element: _Element | None) -> str:
    """Return ``w:val``, empty where there is no such element or attribute."""
    return "" if element is None else element.get(f"{W}val", "")


def is_on(element: _Element | None) -> bool:
    """Whether a switch (``w:b``, ``w:vanish``) is there and not turned off."""
    return element is not None and element.get(f"{W}val", "1") not in _OFF


def is_set(element: _Element | None) -> bool | None:
    """Whether a switch is on, None where it is not there."""
    return None if element is None else is_on(element)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style sets; None and empty where it leaves that to its parent."""

    name: str = ""
    parent: str = ""
    centred: bool | None = None
    bold: bool | None = None
    level: int | None = None
    size: float | None = None
    numbering: tuple[str, str] | None = None


@dataclass(slots=True)
class Styles:
    """The styles of one kind by their identifiers; asked for with all that they inherit."""

    _own: dict[str, Style] = field(default_factory=dict)
    _whole: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, root: _Element | None, kind: str = "paragraph") -> "Styles":
        """Read those of ``kind`` (``character``) of ``word/styles.xml``, which may be missing."""
        styles = cls()
        for element in () if root is None else root.findall(f"{W}style"):
            if element.get(f"{W}type", "paragraph") != kind:
                continue
            identifier = element.get(f"{W}styleId", "")
            styles._own[identifier] = _read(element)
            if element.get(f"{W}default") in {"1", "true", "on"}:
                styles.default = identifier
        return styles

    def of(self, properties: _Element | None) -> Style:
        """Return the style of a paragraph by its ``w:pPr``."""
        named = None if properties is None else properties.find(f"{W}pStyle")
        return self[self.default if named is None else value(named)]

    def __getitem__(self, identifier: str) -> Style:
        whole = self._whole.get(identifier)
        if whole is None:
            whole = self._whole[identifier] = self._inherited(identifier)
        return whole

    def _inherited(self, identifier: str) -> Style:
        chain = list(self._chain(identifier))
        if not chain:
            return Style()

        return Style(
            chain[0].name,
            chain[0].parent,
            _first(style.centred for style in chain),
            _first(style.bold for style in chain),
            _first(style.level for style in chain),
            _first(style.size for style in chain),
            _first(style.numbering for style in chain),
        )

    def _chain(self, identifier: str) -> Iterator[Style]:
        seen: set[str] = set()
        while identifier in self._own and identifier not in seen:
            seen.add(identifier)
            yield self._own[identifier]
            identifier = self._own[identifier].parent


def _first(found: Iterable[_T | None]) -> _T | None:
    return next((each for each in found if each is not None), None)


def _read(element: _Element) -> Style:
    name = value(element.find(f"{W}name"))
    alignment = element.find(f"{W}pPr/{W}jc")
    numbering = element.find(f"{W}pPr/{W}numPr")
    return Style(
        name=name,
        parent=value(element.find(f"{W}basedOn")),
        centred=None if alignment is None else value(alignment) == "center",
        bold=is_set(element.find(f"{W}rPr/{W}b")),
        level=_level_of(name, element.find(f"{W}pPr/{W}outlineLvl")),
        size=points(element.find(f"{W}rPr/{W}sz")),
        numbering=None
        if numbering is None
        else (value(numbering.find(f"{W}numId")), value(numbering.find(f"{W}ilvl"))),
    )


def points(element: _Element | None) -> float | None:
    """Return a size, which is given in half points."""
    half = value(element)
    return int(half) / 2 if half.isdigit() else None


def outline_level(element: _Element | None) -> int | None:
    """Return the level of ``w:outlineLvl`` from 1; 0 for text, None where it is not told."""
    level = value(element)
    if not level.isdigit():
        return None
    return int(level) + 1 if int(level) < _BODY_LEVEL else 0


def _level_of(name: str, outline: _Element | None) -> int | None:
    heading = _HEADING.match(name)
    if heading:
        return int(heading[1])
    if name.lower() == "title":
        return 1
    return outline_level(outline)
