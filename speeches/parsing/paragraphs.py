"""From passages in reading order to paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .columns import Order
from .edges import Edge
from .joins import Join
from .numbering import Marker, find_markers, top_level
from .passages import Passage
from .typography import widen

_INLINE_LEVEL = 6
_FEW_PARAGRAPHS = 4.5
_PROPOSAL = re.compile("(?<=。)(?=(?:为此，|对此，|因此，)?建议)")
_TURN = re.compile(
    "(?<=。)(?=(?:究其原因|(?:但|目前|当前)[^，。]{0,6}突出的?问题|下一步，|今后，|下一阶段，|展望未来，|面向未来，))"
)
_SLOGAN = re.compile("(?<=。)[^，。；：！？0-9]{5,18}。")
_LEAST_SLOGANS = 2
_CLOSING_SENTENCE = re.compile("(?<=。)(?:下一步|今后|下一阶段|展望未来|面向未来)，")


@dataclass(frozen=True, slots=True)
class Mend:
    """A tear mended inside a paragraph: source offset, the text around it, what was repeated."""

    offset: int
    before: str
    after: str
    repeated: str
    reasons: tuple[str, ...]


def assemble(
    passages: Sequence[Passage], edges: Sequence[Edge], order: Order
) -> tuple[list[str], list[Mend]]:
    """Join passages in reading order into paragraphs; torn ones become one again."""
    paragraphs: list[str] = []
    mends: list[Mend] = []
    before: int | None = None
    for at in order.sequence:
        text = passages[at].text
        join = order.joins.get((before, at)) if before is not None else None
        if before is None or join is None:
            paragraphs.append(text)
        elif join.silent:
            paragraphs[-1] += text
        elif _is_mend(edges[before], edges[at], join):
            repeated = join.repeated
            mends.append(
                Mend(passages[at].start, paragraphs[-1][-8:], text[:8], repeated, join.reasons)
            )
            paragraphs[-1] += text[len(repeated) :]
        elif edges[at].inside or _continues_inline_list(
            paragraphs[-1], edges[at], at != before + 1
        ):
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
        before = at
    return [widen(paragraph) for paragraph in paragraphs], mends


def _is_mend(before: Edge, after: Edge, join: Join) -> bool:
    """Whether the two are one paragraph."""
    return join.torn and (before.torn_tail > 0 or after.torn_head > 0)


def _continues_inline_list(paragraph: str, after: Edge, across_columns: bool) -> bool:
    """``二是`` at a column's head belongs into the paragraph whose midst has ``一是``."""
    if not across_columns or not after.numbered:
        return False
    head = after.markers[0]
    if head.level != _INLINE_LEVEL or head.number < 2:
        return False
    same = [marker for marker in find_markers(widen(paragraph)) if marker.level == head.level]
    return bool(same) and same[-1].number == head.number - 1 and not same[-1].leading


def split_unmarked(paragraphs: Sequence[str]) -> list[str]:
    """Part text that came without paragraph marks before each item of its highest list.

    Without any list, proposals (建议…), turns of the speech (究其原因, 下一步) and short sentences
    that begin alike (在建言献策上下功夫。) begin a paragraph. What parts an item from the next one
    is the end of a column, and no paragraph.
    """
    markers = [marker for paragraph in paragraphs for marker in find_markers(paragraph)]
    level = top_level(markers)
    if level is None:
        return [part for paragraph in paragraphs for part in _split_prose(paragraph)]
    parts = [part for paragraph in paragraphs for part in _split_items(paragraph, level)]
    parts = _join_inside_list(parts, level)
    closing = _CLOSING_SENTENCE.search(parts[-1])
    if closing:
        parts[-1:] = [parts[-1][: closing.start()], parts[-1][closing.start() :]]
    return parts


def _split_prose(paragraph: str) -> list[str]:
    """Part a paragraph without list items where its words begin a new one."""
    slogans = list(_SLOGAN.finditer(paragraph))
    kin = Counter(slogan.group()[0] for slogan in slogans)
    parallel = [slogan for slogan in slogans if kin[slogan.group()[0]] >= _LEAST_SLOGANS]
    turns = [*_PROPOSAL.finditer(paragraph), *_TURN.finditer(paragraph), *parallel]
    cuts = sorted({0, len(paragraph), *(turn.start() for turn in turns)})
    return [paragraph[start:end] for start, end in pairwise(cuts)]


def _split_items(paragraph: str, level: int) -> list[str]:
    """Part a paragraph before every item of a list's level."""
    parts: list[str] = []
    cut = 0
    for marker in find_markers(paragraph):
        if marker.level == level and marker.start > cut and _after_sentence(paragraph, marker):
            parts.append(paragraph[cut : marker.start])
            cut = marker.start
    return [*parts, paragraph[cut:]]


def _join_inside_list(parts: Sequence[str], level: int) -> list[str]:
    """Join what stands between two items to the former."""
    numbered = [at for at, part in enumerate(parts) if _begins_item(part, level)]
    joined: list[str] = []
    for at, part in enumerate(parts):
        if numbered and numbered[0] < at < numbered[-1] and at not in numbered:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _begins_item(part: str, level: int) -> bool:
    markers = find_markers(part)
    return bool(markers) and markers[0].leading and markers[0].level == level


def _after_sentence(paragraph: str, marker: Marker) -> bool:
    return paragraph[: marker.start].rstrip("”）")[-1:] in ("。", "！", "？")


def lacks_marks(bodies: Sequence[Sequence[str]]) -> bool:
    """Whether a wrapped file came without paragraph marks.

    Then the items of the speeches' highest lists stand in mid-paragraph, and paragraphs are few.
    """
    midst = leading = 0
    for paragraphs in bodies:
        listed = [(text, marker) for text in paragraphs for marker in find_markers(text)]
        level = top_level(marker for _, marker in listed)
        for text, marker in listed:
            if marker.level == level and marker.number >= 2:
                leading += marker.leading
                midst += not marker.leading and _after_sentence(text, marker)
    few = sum(len(paragraphs) for paragraphs in bodies) <= _FEW_PARAGRAPHS * len(bodies)
    return few and midst > leading
