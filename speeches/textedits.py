"""Stored rich text as passages of plain words, and changes to words that keep the look.

A passage is what stands between two block borders: a paragraph, a heading, the words of a list item
or of a table cell. Its offsets count characters, a line break as one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import cast

from lxml import html as lxml_html
from lxml.etree import _Element

from speeches.richtext import sanitise

HEADINGS = frozenset(("h2", "h3", "h4"))
_BLOCKS = HEADINGS | frozenset(
    "p ul ol li table thead tbody tr td th caption blockquote figure figcaption".split()
)
_SOURCE_BLANKS = str.maketrans("\n\t\r\f", "    ")
_WRAPPER = len("<div>")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one block; ``tag`` tells its kind, ``anchor`` its place (``p3``, ``li-2``)."""

    text: str
    tag: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in place of ``start:end`` of the ``passage``-th passage (from 0)."""

    passage: int
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Slot:
    """Where some of a passage's characters are kept: an attribute of an element, or a ``br``."""

    element: _Element
    attribute: str

    @property
    def raw(self) -> str:
        return "\n" if self.attribute == "br" else getattr(self.element, self.attribute) or ""

    def replace(self, start: int, end: int, text: str) -> None:
        raw = self.raw
        if self.attribute == "br":
            cast("lxml_html.HtmlElement", self.element).drop_tree()
        else:
            setattr(self.element, self.attribute, raw[:start] + text + raw[end:])


@dataclass(slots=True)
class _Stretch:
    tag: str
    anchor: str
    slots: list[_Slot] = field(default_factory=list)

    @property
    def words(self) -> str:
        parts = (
            slot.raw if slot.attribute == "br" else slot.raw.translate(_SOURCE_BLANKS)
            for slot in self.slots
        )
        return "".join(parts)

    @property
    def lead(self) -> int:
        """Blank characters before the first word; they are no part of the passage."""
        return len(self.words) - len(self.words.lstrip())


def passages(html: str) -> tuple[Passage, ...]:
    """Return the passages of stored rich text in reading order; blank ones are left out."""
    stretches = _stretches(_parsed(html)) if html.strip() else []
    return tuple(
        Passage(stretch.words.strip(), stretch.tag, stretch.anchor) for stretch in stretches
    )


def edited(html: str, edits: Iterable[Edit]) -> str:
    """Return ``html`` with ``edits``, which do not overlap, made; the look of all else stays.

    Of a replacement only the characters that differ are touched, so that the emphasis and the line
    breaks inside it stay.
    """
    root = _parsed(html)
    stretches = _stretches(root)
    for edit in sorted(edits, key=lambda edit: (edit.passage, edit.start), reverse=True):
        stretch = stretches[edit.passage]
        was = stretch.words.strip()[edit.start : edit.end]
        for start, end, text in reversed(changes(was, edit.text)):
            offset = stretch.lead + edit.start
            _replace(stretch, offset + start, offset + end, text)
    return sanitise(lxml_html.tostring(root, encoding="unicode")[_WRAPPER : -_WRAPPER - 1])


def changes(before: str, after: str) -> list[tuple[int, int, str]]:
    """Return the smallest pieces of ``before`` to replace, each as start, end and new text."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (start, end, after[new_start:new_end])
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _parsed(html: str) -> _Element:
    return cast("_Element", lxml_html.fragment_fromstring(html, create_parent="div"))


def _stretches(root: _Element) -> list[_Stretch]:
    done: list[_Stretch] = []
    done.append(_read(root, _Stretch("p", ""), done))
    numbers: dict[str, int] = {}
    spoken = [stretch for stretch in done if stretch.words.strip()]
    for stretch in spoken:
        if not stretch.anchor:
            numbers[stretch.tag] = numbers.get(stretch.tag, 0) + 1
            stretch.anchor = f"{stretch.tag}-{numbers[stretch.tag]}"
    return spoken


def _read(element: _Element, stretch: _Stretch, done: list[_Stretch]) -> _Stretch:
    """Read the words of ``element`` into ``stretch``; return the one that is open at its end."""
    stretch.slots.append(_Slot(element, "text"))
    for child in element:
        tag = str(child.tag)
        if tag in _BLOCKS:
            done.append(stretch)
            done.append(_read(child, _Stretch(tag, child.get("id") or ""), done))
            stretch = _Stretch(stretch.tag, "")
        elif tag == "br":
            stretch.slots.append(_Slot(child, "br"))
        else:
            stretch = _read(child, stretch, done)
        stretch.slots.append(_Slot(child, "tail"))
    return stretch


def _replace(stretch: _Stretch, start: int, end: int, text: str) -> None:
    """Replace characters of a stretch, which may lie in several slots."""
    for slot, first, last in list(_overlapping(stretch, start, end)):
        slot.replace(first, last, text)
        text = ""


def _overlapping(stretch: _Stretch, start: int, end: int) -> Iterator[tuple[_Slot, int, int]]:
    """The slots that hold ``start:end``, or the place ``start`` where that is empty."""
    at = 0
    for slot in stretch.slots:
        size = len(slot.raw)
        first, last = max(start - at, 0), min(end - at, size)
        inserts_here = start == end and slot.attribute != "br" and 0 <= start - at <= size
        if first < last or inserts_here:
            yield slot, first, last
            if inserts_here:
                return
        at += size
