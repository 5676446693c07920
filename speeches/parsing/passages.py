"""Passages: the pieces of a body that the layout holds together.

Where lines are wrapped, a full line goes on in the next; a short line, an indent, an empty line or
page furniture ends the passage. Where they are not, every line is a passage. A passage is a
paragraph, or a part of one that the page tore off.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import Line, Wrap
from .numbering import find_markers
from .typography import CELL, drop_inner_blanks, ends_sentence, widen

_OPENING = re.compile(
    "(?:近年来|近几年|[去今]年以来|换届以来|一年来|五年来|多年来|长期以来|一直以来|下一步|下步|今后[，,]|"
    "下一阶段|接下来[，,]|展望未来|面向未来|新时代新征程|最后[，,]|首先[，,]|其次[，,]|再次[，,]|"
    "为此[，,]|对此[，,]|基于此[，,]|综上|总之|各位委员|各位领导)"
)
"""Words that begin a paragraph far more often than a sentence within one."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the file sets its text: its column width, and whether an indent opens a paragraph."""

    wrap: Wrap | None
    indented: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that stood in one piece, with its source offsets.

    ``opens`` is what the layout says about its beginning: True for a paragraph's first line, False
    for a line inside one, None where the layout is silent. ``flows`` tells that only a search for
    hidden tears parted it from the passage before: by the layout it runs on.
    """

    text: str
    start: int
    end: int
    opens: bool | None = None
    parted: bool = False
    flows: bool = False


def find_style(lines: Sequence[Line], wrap: Wrap | None) -> Style:
    """Whether indents mark paragraphs: some lines have one, and in wrapped text most have none."""
    indented = sum(1 for line in lines if line.indent >= 2)
    if wrap is None:
        return Style(None, indented >= 3 and indented * 2 >= len(lines))
    return Style(wrap, indented >= 3 and indented * 50 >= len(lines) and indented * 2 <= len(lines))


def build_passages(
    lines: Sequence[Line], style: Style, *, part_full_lines: bool = False
) -> list[Passage]:
    """Gather lines into passages.

    With ``part_full_lines`` a full line that ends a sentence ends a passage too: where a column
    happened to end with a full line, the layout hides the tear.
    """
    groups: list[list[Line]] = []
    flowing: list[bool] = []
    for line in lines:
        runs_on = bool(groups) and _runs_on(groups[-1][-1], line, style)
        if runs_on and not (part_full_lines and ends_sentence(widen(groups[-1][-1].text))):
            groups[-1].append(line)
        else:
            groups.append([line])
            flowing.append(runs_on)
    return [
        _to_passage(group, style, flows=flows) for group, flows in zip(groups, flowing, strict=True)
    ]


def _runs_on(line: Line, after: Line, style: Style) -> bool:
    """Whether the layout lets a line's text go on in the next line."""
    if style.wrap is None or after.gap or after.parted or not style.wrap.fills(line, after):
        return False
    if style.indented:
        return after.indent < 2
    return not (
        ends_sentence(widen(line.text))
        and (_leads_with_marker(after.text) or _OPENING.match(after.text))
    )


def _leads_with_marker(text: str) -> bool:
    markers = find_markers(widen(text[:12]))
    return bool(markers) and markers[0].leading and markers[0].level <= 3


def _to_passage(group: Sequence[Line], style: Style, *, flows: bool) -> Passage:
    text = group[0].text
    for line in group[1:]:
        latin = text[-1:].isascii() and text[-1:].isalpha() and line.text[0].isascii()
        exact = style.wrap is not None and style.wrap.exact
        text += (" " if latin and line.text[0].isalpha() and not exact else "") + line.text
    first = group[0]
    return Passage(
        text=drop_inner_blanks(text),
        start=first.start,
        end=group[-1].end,
        opens=CELL in first.text or ((first.indent >= 2) if style.indented and not flows else None),
        parted=first.parted,
        flows=flows,
    )
