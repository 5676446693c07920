"""Conversations: guests listed first, then turns that begin with ``某某：``.

All turns of a guest make one speech; what the host says goes to the notes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .bylines import Byline, parse_byline
from .layout import Line
from .segments import Division, Section
from .typography import HAN, squeeze
from .vocabulary import SEAT_TITLES, is_known_name

_TURN = re.compile(
    rf"^(?P<name>[{HAN}·]{{2,8}}?(?:[ \u3000][{HAN}])?)(?P<seat>{'|'.join(SEAT_TITLES)})?[：:](?=.)"
)
_HOST = re.compile(rf"^(?:主持人|记者|编者(?!按)|本报记者|提问|问|网友)(?:[{HAN}]{{0,8}})?[：:]")
_LIST_LABEL = re.compile(
    rf"^(?:[{HAN}]{{0,4}}嘉[ \u3000]*宾|对话人|与谈人|受访者)[：:]?(?:[ \u3000]+|$|(?<=[：:]))"
)
_LEAST_GUESTS = 2


@dataclass(frozen=True, slots=True)
class Conversation:
    """The guests' speeches, what the host said, and the turn marks left out of each speech."""

    division: Division
    host: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(slots=True)
class _Guest:
    byline: Byline
    signed: list[Line]
    body: list[Line] = field(default_factory=list)
    marks: str = ""


def read_conversation(lines: Sequence[Line]) -> Conversation | None:
    """Read guests and turns, or None where the text is no conversation."""
    turns = {at: turn for at, line in enumerate(lines) if (turn := _read_turn(line)) is not None}
    if len({name for name, _ in turns.values()}) < _LEAST_GUESTS:
        return None
    begin = min(at for at, line in enumerate(lines) if at in turns or _HOST.match(line.text))
    guests, heading, host = _read_guests(lines[:begin])
    if not {name for name, _ in turns.values()} <= set(guests):
        return None
    speaking: _Guest | None = None
    for at, line in enumerate(lines[begin:], start=begin):
        if at in turns:
            name, length = turns[at]
            speaking = guests[name]
            speaking.marks += line.text[:length]
            rest = line.text[length:].lstrip()
            speaking.body.append(replace(line, text=rest, start=line.end - len(rest)))
        elif speaking is None or _HOST.match(line.text):
            speaking = None
            host.append(line.text)
        else:
            speaking.body.append(line)
    spoken = [guest for guest in guests.values() if guest.body]
    host += [guest.byline.printed for guest in guests.values() if not guest.body]
    sections = [
        Section((), tuple(guest.signed), guest.byline, tuple(guest.body)) for guest in spoken
    ]
    return Conversation(
        Division(tuple(heading), tuple(sections)),
        tuple(host),
        tuple(guest.marks for guest in spoken),
    )


def _read_turn(line: Line) -> tuple[str, int] | None:
    """The name that opens a turn, and the length of its mark."""
    match = _TURN.match(line.text)
    if match is None or _HOST.match(line.text) or not is_known_name(squeeze(match["name"])):
        return None
    return squeeze(match["name"]), match.end()


def _read_guests(lines: Sequence[Line]) -> tuple[dict[str, _Guest], list[Line], list[str]]:
    """Guests by name, the other lines of the head, and the label of the list."""
    guests: dict[str, _Guest] = {}
    heading: list[Line] = []
    host: list[str] = []
    for line in lines:
        label = _LIST_LABEL.match(line.text)
        rest = line.text[label.end() :].strip() if label else line.text
        if label:
            host.append(line.text[: label.end()])
        byline = parse_byline(rest) if rest else None
        if byline is not None and len(byline.speakers) == 1:
            start = line.end - len(rest)
            guest = _Guest(byline, [replace(line, text=rest, start=start)])
            guests[byline.speakers[0]] = guest
        elif rest:
            heading.append(replace(line, text=rest, start=line.end - len(rest)))
    return guests, heading, host
