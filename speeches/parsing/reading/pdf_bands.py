"""Reading order from the page alone: bands from top to bottom, columns from left to right.

A *strip* is what stands between two gaps that run across the whole region. Strips below each other
make one *band* as long as a *gutter* runs down through all of them. What crosses a gutter without
filling its columns (a title, a signature) does not close it, unless it stands alone over the whole
band; what fills them (text in wider columns) ends the band. A band is read column by column, and
each column is again a region.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from .pdf_lines import Line, Rule
from .pdf_strips import (
    LARGE,
    SET_IN,
    Interval,
    Page,
    Region,
    Strip,
    by_rows,
    lines_of,
    meet,
    merged,
    running_text,
    strips_of,
)

_LEAST_ROWS = 2
_WIDE = 0.6
"""Share of the width that a rule or a lone title takes to part all that is above and below."""
_OFF_CENTRE = 0.06
_ON_AXIS = 0.015
"""Share of the width by which a text may miss the middle and be centred."""
_GAP = 0.9
"""A gap of this many sizes below all columns is no mere distance of lines."""
_FAR = 2.2
"""A gap of so many usual gaps and sizes between rows parts what stands above from below."""


@dataclass(slots=True)
class _Band:
    """Strips below each other: the finest ``columns`` in them, and what all of them cover."""

    strips: list[Strip] = field(default_factory=list)
    columns: list[Interval] = field(default_factory=list)
    covered: list[Interval] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for strip in self.strips for line in strip.lines]

    def add(self, strip: Strip) -> None:
        """Take a strip in that joins."""
        self.strips.append(strip)
        self.columns = _finest(self.columns, strip.texts, strip.size)
        self.covered = merged([*self.covered, *strip.texts], strip.size)


def by_bands(lines: Sequence[Line], rules: Sequence[Rule] = ()) -> list[Line]:
    """Return the lines of a page in reading order, whatever order they come in."""
    return _region(list(lines), Page(rules, running_text(lines)), 0)


def _region(lines: list[Line], on: Page, depth: int) -> list[Line]:
    if len(lines) < 2 or depth > 12:
        return by_rows(lines)
    strips = strips_of(lines)
    parts = _parted_by_rules(strips, on.rules)
    if len(parts) > 1:
        return [line for part in parts for line in _region(lines_of(part), on, depth + 1)]
    page = Region(
        min(line.left for line in lines),
        max(line.right for line in lines),
        median(line.size for line in lines),
        on.running,
    )
    bands = _bands(strips, page)
    if len(bands) > 1:
        return [line for band in bands for line in _region(band.lines, on, depth + 1)]
    columns = _split(lines, _modules(bands[0], page) or bands[0].covered)
    if len(columns) > 1:
        return [line for column in columns for line in _region(column, on, depth + 1)]
    return by_rows(lines)


def _parted_by_rules(strips: list[Strip], rules: Sequence[Rule]) -> list[list[Strip]]:
    """Part strips at rules over most of the width, and at far gaps above titles."""
    left = min(line.left for strip in strips for line in strip.lines)
    right = max(line.right for strip in strips for line in strip.lines)
    gaps = [above.bottom - below.top for above, below in pairwise(strips)]
    usual = max(median(gaps), 0.0) if gaps else 0.0
    sizes = median(line.size for strip in strips for line in strip.lines)
    parts = [[strips[0]]]
    for gap, above, below in zip(gaps, strips, strips[1:], strict=False):
        ruled = any(
            below.top - sizes / 2 <= rule.height <= above.bottom + sizes / 2
            and min(right, rule.right) - max(left, rule.left) > _WIDE * (right - left)
            for rule in rules
        )
        titled = max(line.size for line in below.lines) > LARGE * sizes
        if ruled or (titled and gap > _FAR * max(usual, sizes)):
            parts.append([below])
        else:
            parts[-1].append(below)
    return parts


def _bands(strips: list[Strip], region: Region) -> list[_Band]:
    bands: list[_Band] = []
    for strip in strips:
        if not bands or not _joins(bands[-1], strip, region):
            bands.append(_Band())
        bands[-1].add(strip)
    return bands


def _joins(band: _Band, strip: Strip, region: Region) -> bool:
    """Whether a strip goes on with a band."""
    if len(band.covered) == 1 and len(strip.texts) == 1:
        return True
    columns = _finest(band.columns, strip.texts, strip.size)
    if len(merged([*band.covered, *strip.texts], strip.size)) < 2:
        return False
    if _begins_anew(band, strip, columns, region) or _has_headline(band, strip, region):
        return False
    for each in (*band.strips, strip) if columns is not band.columns else (strip,):
        if any(_fills_several(each, text, columns, region) for text in each.texts):
            return False
        if _stands_over_all(each, columns, region):
            return False
    return True


def _finest(columns: list[Interval], texts: list[Interval], size: float) -> list[Interval]:
    """Return the finer of two divisions, its columns as wide as the other's lie within them."""
    finer, coarser = (texts, columns) if len(texts) > len(columns) else (columns, texts)
    widened = list(finer)
    for text in coarser:
        crossed = [at for at, column in enumerate(widened) if meet(text, column)]
        if len(crossed) == 1:
            start, end = widened[crossed[0]]
            widened[crossed[0]] = (min(start, text[0]), max(end, text[1]))
        elif not crossed:
            widened.append(text)
    widened = merged(widened, size)
    return finer if widened == finer else widened


def _begins_anew(band: _Band, strip: Strip, columns: Sequence[Interval], region: Region) -> bool:
    """Whether a strip of titles stands below text: over several columns, or after a gap."""
    if not _is_of_titles(strip, columns, region) or all(
        _is_of_titles(other, columns, region) for other in band.strips
    ):
        return False
    if any(sum(meet(text, column) for column in columns) > 1 for text in strip.texts):
        return True
    gap = band.strips[-1].bottom - strip.top
    return len(strip.texts) < len(columns) and gap > _GAP * region.size


def _has_headline(band: _Band, strip: Strip, region: Region) -> bool:
    """Whether a band is a headline so far, beside which no text stands that begins below it."""
    if len(band.covered) > 1 or len(strip.texts) < 2:
        return False
    return not any(id(line) in region.running for line in band.lines) and any(
        id(line) in region.running and not meet((line.left, line.right), band.covered[0])
        for line in strip.lines
    )


def _is_of_titles(strip: Strip, columns: Sequence[Interval], region: Region) -> bool:
    return all(strip.is_title(text, columns, region) for text in strip.texts)


def _fills_several(
    strip: Strip, text: Interval, columns: Sequence[Interval], region: Region
) -> bool:
    """Whether running text is as wide as several columns, and so no part of their band."""
    crossed = sum(meet(text, column) for column in columns)
    return crossed > 1 and not strip.is_title(text, columns, region)


def _stands_over_all(strip: Strip, columns: Sequence[Interval], region: Region) -> bool:
    """Whether nothing stands beside a strip's text, which belongs to all columns."""
    if len(strip.texts) > 1 or len(columns) < 2:
        return False
    text = strip.texts[0]
    width = region.right - region.left
    off = abs((text[0] + text[1]) - (region.left + region.right)) / 2
    crossed = [column for column in columns if meet(text, column)]
    if len(crossed) > 1:
        return off < max(_OFF_CENTRE * width, strip.size) or text[1] - text[0] > _WIDE * width
    left, right = text[0] - crossed[0][0], crossed[0][1] - text[1]
    stressed = strip.size > LARGE * region.size or min(left, right) > SET_IN * strip.size
    return stressed and off < _ON_AXIS * width


def _modules(band: _Band, region: Region) -> list[Interval] | None:
    """Divide a band by the titles at its head, each over the middle of its columns.

    None where there are fewer than two titles, or where they stand over no whole columns.
    """
    titles: list[Interval] = []
    for strip in band.strips:
        if not _is_of_titles(strip, band.columns, region):
            break
        titles = merged([*titles, *strip.texts], strip.size)
    columns = band.columns
    if not 1 < len(titles) < len(columns):
        return None
    modules: list[Interval] = []
    first = 0
    for title in titles:
        ends = [
            last
            for last in range(first, len(columns))
            if abs(columns[first][0] + columns[last][1] - title[0] - title[1]) < 2 * region.size
        ]
        if not ends:
            return None
        modules.append((columns[first][0], columns[ends[0]][1]))
        first = ends[0] + 1
    return modules if first == len(columns) else None


def _split(lines: Sequence[Line], columns: Sequence[Interval]) -> list[list[Line]]:
    """Give each line to its column; columns of one row each are no columns."""
    parts: list[list[Line]] = [[] for _column in columns]
    for line in lines:
        middle = (line.left + line.right) / 2
        nearest = min(range(len(columns)), key=lambda at: _distance(middle, columns[at]))
        parts[nearest].append(line)
    rows = [len({round(line.bottom / max(line.size, 1)) for line in part}) for part in parts]
    if max(rows) < _LEAST_ROWS:
        return [list(lines)]
    return parts


def _distance(place: float, column: Interval) -> float:
    return max(column[0] - place, place - column[1], 0.0)
