"""Where the lines of a speech's title begin and end, above or below its signature."""

from collections.abc import Sequence

from .headings import heads_the_page, is_editors_note, is_numbered_title, is_title_like
from .layout import Line, Wrap
from .remarks import is_remark
from .typography import ends_sentence, widen

_MOST_TITLE_LINES = 3
_LONGEST_TITLE_LINE = 40
_INDENT = 2


def title_end(lines: Sequence[Line], start: int, ceiling: int) -> int:
    """Where the title-like lines that begin at ``start`` end; one line at least is left as text."""
    end = start
    while end < ceiling - 1 and is_title_like(lines[end]):
        end += 1
    return end


def last_block(lines: Sequence[Line], end: int) -> int:
    """Where the last group of lines before ``end`` begins."""
    start = max(end - 1, 0)
    while start > 0 and not lines[start].gap:
        start -= 1
    return start


def title_above(lines: Sequence[Line], at: int, floor: int) -> tuple[int, int] | None:
    """The lines of a title that ends just above ``at``."""
    if at > floor and is_numbered_title(lines[at - 1]):
        return at - 1, at
    start = at
    while start > floor and at - start < _MOST_TITLE_LINES and _is_title_line(lines[start - 1]):
        start -= 1
        if lines[start].gap:
            break
    if start == at:
        return None
    if not lines[start].gap and start > floor:
        start = (
            at - 1 if at - start == _MOST_TITLE_LINES or not _closed_before(lines, start) else start
        )
    return start, at


def _closed_before(lines: Sequence[Line], at: int) -> bool:
    return ends_sentence(widen(lines[at - 1].text))


def title_below(
    lines: Sequence[Line], at: int, ceiling: int, wrap: Wrap | None
) -> tuple[int, int] | None:
    """The lines of a title that begins at ``at``; text must follow it.

    A full line that goes on in the next one is the first of a paragraph.
    """
    end = at
    while end < ceiling - 1 and end - at < _MOST_TITLE_LINES and _is_title_line(lines[end]):
        end += 1
        if lines[end].gap:
            break
    if end == at:
        return None
    close = not lines[end].gap
    if close and (end - at > 1 or _goes_on(lines[at], lines[end], wrap)):
        return None
    return at, end


def _goes_on(line: Line, after: Line, wrap: Wrap | None) -> bool:
    return wrap is not None and after.indent < _INDENT and wrap.fills(line, after)


def _is_title_line(line: Line) -> bool:
    return (
        is_title_like(line)
        and len(line.text) <= _LONGEST_TITLE_LINE
        and not heads_the_page(line.text)
        and not is_editors_note(line.text)
        and not is_remark(line.text)
    )
