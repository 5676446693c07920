"""What the beginning and the end of a passage tell by themselves.

Scores are natural log odds: positive for "torn", negative for "whole". The weights were set by
hand and tuned on digests torn on purpose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .items import Items, read_items
from .numbering import Marker, find_markers
from .passages import Passage
from .rhetoric import (
    Stage,
    ending_score,
    is_closing,
    is_continuing,
    is_introducing,
    opening_score,
    read_stage,
)
from .typography import CELL, CLOSERS, ends_sentence, widen

_NEVER_FIRST = frozenset(CLOSERS + "，、。；：！？,;:!?%‰％℃·…～.")
_SELDOM_FIRST = frozenset("的了着们地得等之性化率度者们")
_OPENERS = dict(zip("“‘（【《〈「『〔(", "”’）】》〉」』〕)", strict=True))
_CLOSER_OF = {closer: opener for opener, closer in _OPENERS.items()}

_INSIDE_PARAGRAPH = 3.4
"""A line inside a paragraph begins in mid-sentence, but for one in thirty."""
_BARE_ITEM = 3.0
_FIRST_SENTENCE = re.compile("[^。，；：！？]*[。；]")
_SCRAP, _SHORT_SENTENCE = 4, 8
_NUMBER_FIRST = re.compile("[0-9]+(?![0-9]*[年月、.．]|[0-9]*至)")


@dataclass(frozen=True, slots=True)
class Edge:
    """One passage seen from its two ends; ``parallel`` tells that others are built like it.

    ``torn_head`` and ``torn_tail`` are log odds that it begins and ends in mid-sentence; ``inside``
    tells that the layout shows its beginning to be inside a paragraph. ``closers`` are closing
    marks whose opening marks stand in another passage, ``openers`` the reverse. ``rhythm`` is
    that of the whole body's list items, ``stage`` the passage's place in the plan of a speech.
    """

    text: str
    torn_head: float
    torn_tail: float
    closers: str
    openers: str
    markers: tuple[Marker, ...]
    opening: float
    closing: bool
    continuing: bool
    heading: bool = False
    introducing: bool = False
    ending: float = 0.0
    stage: Stage | None = None
    flows: bool = False
    inside: bool = False
    rhythm: frozenset[tuple[int, int]] = frozenset()
    parallel: bool = False

    @property
    def numbered(self) -> bool:
        """Whether it begins with a list marker."""
        return bool(self.markers) and self.markers[0].leading


def read_edges(
    passages: Sequence[Passage], *, names: tuple[str, ...] = (), place: str = ""
) -> list[Edge]:
    """Look at the ends of a body's passages.

    ``names`` are names of the speaker's own body, ``place`` is where it is.
    """
    texts = [widen(passage.text) for passage in passages]
    marked = [tuple(find_markers(text)) for text in texts]
    items = read_items(list(zip(texts, marked, strict=True)))
    return [
        _read_edge(passage, texts[at], marked[at], at=at, items=items, names=names, place=place)
        for at, passage in enumerate(passages)
    ]


def _read_edge(
    passage: Passage,
    text: str,
    markers: tuple[Marker, ...],
    *,
    at: int,
    items: Items,
    names: tuple[str, ...],
    place: str,
) -> Edge:
    heading = at in items.headings
    closers, openers = _unmatched(text)
    numbered = bool(markers) and markers[0].leading
    closing = is_closing(text)
    continuing = is_continuing(text)
    listed = numbered or at in items.parallel
    opening = 0.0 if listed else opening_score(text, names, place)
    return Edge(
        text=text,
        torn_head=_head_odds(
            passage, text, markers, closers, cued=opening + 3.0 * closing + 2.0 * continuing
        ),
        torn_tail=(_BARE_ITEM if at == items.bare else _tail_odds(text, openers, heading=heading)),
        closers=closers,
        openers=openers,
        markers=markers,
        opening=opening,
        closing=closing,
        continuing=continuing,
        heading=heading,
        rhythm=items.rhythm,
        introducing=is_introducing(text),
        parallel=at in items.parallel,
        flows=passage.flows,
        inside=passage.opens is False,
        ending=ending_score(text),
        stage=None if numbered else read_stage(text, opening),
    )


def _head_odds(
    passage: Passage, text: str, markers: tuple[Marker, ...], closers: str, *, cued: float
) -> float:
    if passage.opens is True:
        return -8.0
    if text[0] in _NEVER_FIRST:
        return 9.0
    numbered = bool(markers) and markers[0].leading
    odds = _INSIDE_PARAGRAPH if passage.opens is False else -1.0
    if closers:
        odds += 5.0
    if text[0] in _SELDOM_FIRST:
        odds += 2.0
    if not numbered:
        odds += _scrap_odds(text)
    if numbered:
        odds -= {1: 6.0, 2: 5.0, 3: 4.0}.get(markers[0].level, 1.5)
    return odds - cued


def _scrap_odds(text: str) -> float:
    """A first sentence of a few characters, or a number in front, is the rest of something torn."""
    first = _FIRST_SENTENCE.match(text)
    length = len(first.group()) if first else _SHORT_SENTENCE
    odds = 4.0 if length <= _SCRAP else 2.0 if length < _SHORT_SENTENCE else 0.0
    return odds + 1.5 * bool(_NUMBER_FIRST.match(text))


def _tail_odds(text: str, openers: str, *, heading: bool) -> float:
    odds = 6.0
    if ends_sentence(text) or CELL in text:
        odds = -6.0
    elif text[-1] in "，、":
        odds = 8.0
    elif text[-1] == "；":
        odds = 0.0
    elif text[-1] == "：":
        odds = -0.5
    elif text[-1] == ".":
        odds = 0.0
    elif heading:
        odds = -4.0
    if "“" in openers or "（" in openers or "《" in openers or "‘" in openers:
        odds += 4.0
    return odds


def _unmatched(text: str) -> tuple[str, str]:
    """Closing marks without an opening one, and opening marks that stay open."""
    closers: list[str] = []
    openers: list[str] = []
    for char in text:
        if char in _OPENERS:
            openers.append(char)
        elif char in _CLOSER_OF:
            if openers and openers[-1] == _CLOSER_OF[char]:
                openers.pop()
            elif _CLOSER_OF[char] in openers:
                while openers.pop() != _CLOSER_OF[char]:
                    pass
            else:
                closers.append(char)
    return "".join(closers), "".join(openers)
