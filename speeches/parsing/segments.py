"""Which lines are titles, bylines and bodies: where each speech begins and ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .bylines import Byline, Place, parse_byline, read_unit_line
from .headings import heads_the_page, is_title_like, names_meeting
from .layout import Line, Wrap
from .remarks import is_remark
from .titled import TITLED
from .titles import last_block, title_above, title_below, title_end
from .typography import squeeze, widen
from .vocabulary import is_known_name

_LONGEST_TWO_LINES = 60
_MOST_JOINT = 12


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one speech: title, byline (printed lines and what they say), body."""

    title: tuple[Line, ...]
    signed: tuple[Line, ...]
    byline: Byline
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A page divided: what stands above the first speech, and the speeches."""

    heading: tuple[Line, ...]
    sections: tuple[Section, ...]


@dataclass(slots=True)
class _Mark:
    """A byline found at ``first:last`` of the lines, with the lines of its title."""

    first: int
    last: int
    byline: Byline
    title: tuple[int, int] = (0, 0)

    @property
    def start(self) -> int:
        return self.title[0] if self.title[0] < self.title[1] <= self.first else self.first

    @property
    def end(self) -> int:
        return max(self.last, self.title[1])


def divide(lines: Sequence[Line], wrap: Wrap | None) -> Division | None:
    """Find the signed speeches, or None where no line is a byline."""
    marks = _join_neighbours(_place_by_neighbours(lines, _find_bylines(lines, wrap)))
    if not marks:
        return None
    trailing = sum(1 for mark in marks if mark.byline.place is Place.AFTER_TEXT)
    if trailing * 2 > len(marks):
        return _divide_by_trailing(lines, marks)
    _find_titles(lines, marks, wrap)
    sections = []
    for at, mark in enumerate(marks):
        end = marks[at + 1].start if at + 1 < len(marks) else len(lines)
        sections.append(
            Section(
                title=tuple(lines[slice(*mark.title)]),
                signed=tuple(lines[mark.first : mark.last]),
                byline=mark.byline,
                body=tuple(lines[mark.end : end]),
            )
        )
    return Division(tuple(lines[: marks[0].start]), tuple(sections))


def _find_bylines(lines: Sequence[Line], wrap: Wrap | None) -> list[_Mark]:
    """Lines that are bylines by their shape, or by their shape and place together."""
    marks: list[_Mark] = []
    for at, line in enumerate(lines):
        if marks and marks[-1].last > at:
            continue
        byline = parse_byline(line.text)
        if byline is not None and _stands_free(lines, at, wrap):
            if byline.certain or _stands_under_title(lines, at, marks, wrap):
                marks.append(_with_titled_line(lines, at, byline))
            continue
        two_lines = _read_two_lines(lines, at)
        if two_lines is not None:
            marks.append(_Mark(at, at + 2, two_lines))
        elif byline is None and len(line.text) <= 30 and _stands_alone(lines, at):
            unit = read_unit_line(line.text)
            if unit is not None and _stands_under_title(lines, at, marks, wrap):
                marks.append(_Mark(at, at + 1, unit))
    return marks


def _place_by_neighbours(lines: Sequence[Line], marks: list[_Mark]) -> list[_Mark]:
    """Dashes and brackets close a text or stand below a title: see what most have above them."""
    trailing = [mark for mark in marks if mark.byline.place is Place.AFTER_TEXT]
    below_titles = [mark for mark in trailing if _has_title_above(lines, mark.first)]
    if len(below_titles) * 2 > len(trailing):
        for mark in trailing:
            mark.byline = replace(mark.byline, place=Place.BESIDE_TITLE)
    return marks


def _has_title_above(lines: Sequence[Line], at: int) -> bool:
    return at > 0 and is_title_like(lines[at - 1]) and not heads_the_page(lines[at - 1].text)


def _with_titled_line(lines: Sequence[Line], at: int, byline: Byline) -> _Mark:
    """The mark of a byline, together with ``作题为《…》的发言`` in the line below it."""
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    titled = None if byline.title else TITLED.match(widen(below))
    if titled is None:
        return _Mark(at, at + 1, byline)
    printed = f"{byline.printed}\n{below}"
    return _Mark(at, at + 2, replace(byline, printed=printed, title=titled["title"]))


def _read_two_lines(lines: Sequence[Line], at: int) -> Byline | None:
    """A byline set in two lines: the body and posts, then the name, or the reverse."""
    if at == 0 or at + 2 >= len(lines) or not _gap_after(lines, at + 1):
        return None
    first, second = lines[at].text, lines[at + 1].text
    names = [text for text in (first, second) if is_known_name(squeeze(text))]
    if not names and _is_body_above_posts(lines, at):
        byline = parse_byline(first + second)
        return replace(byline, printed=f"{first}\n{second}") if byline else None
    if len(names) != 1 or len(first) + len(second) > _LONGEST_TWO_LINES:
        return None
    byline = parse_byline(f"{first}\u3000{squeeze(second) if second in names else second}")
    return replace(byline, printed=f"{first}\n{second}") if byline and byline.certain else None


def _is_body_above_posts(lines: Sequence[Line], at: int) -> bool:
    """Whether a line below a title names a body, and the one below it posts and a name."""
    second = parse_byline(lines[at + 1].text)
    posts_alone = second is not None and second.posts and not second.organization
    body_alone = lines[at].gap and not lines[at + 1].gap and read_unit_line(lines[at].text)
    return bool(posts_alone and body_alone and _has_title_above(lines, at))


def _stands_free(lines: Sequence[Line], at: int, wrap: Wrap | None) -> bool:
    """Not in the midst of a wrapped paragraph."""
    if wrap is None or lines[at].gap or _gap_after(lines, at):
        return True
    return not (wrap.fills(lines[at]) and at > 0 and wrap.fills(lines[at - 1]))


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    return lines[at].gap and _gap_after(lines, at)


def _gap_after(lines: Sequence[Line], at: int) -> bool:
    return at + 1 >= len(lines) or lines[at + 1].gap


def _stands_under_title(
    lines: Sequence[Line], at: int, marks: Sequence[_Mark], wrap: Wrap | None
) -> bool:
    """A title before and prose behind, so that an uncertain line can only be a byline."""
    if at == 0 or at + 1 >= len(lines):
        return False
    before, after = lines[at - 1], lines[at + 1]
    if not is_title_like(before) or heads_the_page(before.text) or len(before.text) < 5:
        return False
    if marks and marks[-1].last == at:
        return False
    wrapped = wrap is not None and wrap.fills(after) and _stands_alone(lines, at)
    prose = wrapped or not is_title_like(after)
    return prose and parse_byline(after.text) is None


def _join_neighbours(marks: list[_Mark]) -> list[_Mark]:
    """Bylines in successive lines sign one joint speech."""
    joined: list[_Mark] = []
    for mark in marks:
        follows = bool(joined) and joined[-1].last == mark.first
        few = follows and mark.last - joined[-1].first <= _MOST_JOINT
        if few and mark.byline.place is not Place.AFTER_TEXT:
            joined[-1] = _Mark(
                joined[-1].first, mark.last, _join_two(joined[-1].byline, mark.byline)
            )
        else:
            joined.append(mark)
    return joined


def _join_two(first: Byline, second: Byline) -> Byline:
    posts = list(first.posts)
    own = second.organization in {"", first.organization}
    posts += [post if own else second.organization + post for post in second.posts]
    return replace(
        first,
        printed=f"{first.printed}\n{second.printed}",
        organization=first.organization or second.organization,
        posts=tuple(dict.fromkeys(posts)),
        speakers=tuple(dict.fromkeys((*first.speakers, *second.speakers))),
        on_behalf_of=first.on_behalf_of or second.on_behalf_of,
    )


def _divide_by_trailing(lines: Sequence[Line], marks: Sequence[_Mark]) -> Division:
    """Each byline closes the text above it; a title may stand above the text.

    A title below the last byline is the page's, printed after its story.
    """
    starts = [0, *(mark.last for mark in marks[:-1])]
    titled = [
        title_end(lines, start, mark.first) for start, mark in zip(starts, marks, strict=True)
    ]
    heading_end = titled[0]
    if len(marks) > 1 and all(
        end > start for start, end in zip(starts[1:], titled[1:], strict=True)
    ):
        heading_end = last_block(lines, heading_end)
    starts[0] = heading_end
    closing = lines[marks[-1].last :]
    headline = [line for line in closing if is_title_like(line) and not is_remark(line.text)]
    sections = []
    for start, end, mark in zip(starts, titled, marks, strict=True):
        body = [*lines[end : mark.first]]
        if mark is marks[-1]:
            body += [line for line in closing if line not in headline]
        title = tuple(lines[start:end])
        sections.append(
            Section(title, tuple(lines[mark.first : mark.last]), mark.byline, tuple(body))
        )
    return Division((*lines[:heading_end], *headline), tuple(sections))


def _find_titles(lines: Sequence[Line], marks: Sequence[_Mark], wrap: Wrap | None) -> None:
    """Give each byline its title: the lines above it, or those below where it comes first."""
    below_first = sum(1 for mark in marks if mark.byline.place is Place.BEFORE_TITLE) * 2 > len(
        marks
    )
    if not below_first:
        below_first = _titles_stand_below(lines, marks, wrap)
    previous_end = 0
    for at, mark in enumerate(marks):
        next_start = marks[at + 1].first if at + 1 < len(marks) else len(lines)
        below = title_below(lines, mark.last, next_start, wrap)
        above = title_above(lines, mark.first, previous_end)
        if above and not at:
            above = _below_meeting(lines, above)
        if below_first or mark.byline.place is Place.BEFORE_TITLE:
            mark.title = below or (mark.last, mark.last)
        else:
            mark.title = above or below or (mark.first, mark.first)
        previous_end = mark.end


def _below_meeting(lines: Sequence[Line], title: tuple[int, int]) -> tuple[int, int]:
    """The lines of the first title without the meeting's name that begins the file."""
    start, end = title
    named = start == 0 and end - start > 1 and names_meeting(lines[start].text)
    return (start + named, end)


def _titles_stand_below(lines: Sequence[Line], marks: Sequence[_Mark], wrap: Wrap | None) -> bool:
    """Whether most bylines have text above and a title below."""
    votes = 0
    for at, mark in enumerate(marks):
        next_start = marks[at + 1].first if at + 1 < len(marks) else len(lines)
        has_below = bool(title_below(lines, mark.last, next_start, wrap))
        previous = marks[at - 1].last if at else 0
        has_above = bool(title_above(lines, mark.first, previous))
        below_heading = has_above and (at > 0 or _stands_below_heading(lines, mark.first))
        votes += (has_below and not below_heading) - (has_above and not has_below)
    return votes > 0 and votes * 2 > len(marks)


def _stands_below_heading(lines: Sequence[Line], at: int) -> bool:
    """Whether the title just above ``at`` has the meeting or the label of the page above it."""
    start, _ = title_above(lines, at, 0) or (at, at)
    return start > 0 and heads_the_page(lines[start - 1].text)
