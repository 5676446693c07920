"""How well one passage follows another: the evidence for a join."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .edges import Edge
from .items import item_head
from .lexicon import Lexicon, Phrases
from .numbering import Marker, find_markers

_LONGEST_REPEAT = 4
_OPENER_OF = dict(zip("”’）】》〉」』〕)", "“‘（【《〈「『〔(", strict=True))
_PAIR_NAMES = {
    closer: name
    for name, closers in (("引号", "”’」』"), ("书名号", "》〉"), ("括号", "）】〕)"))
    for closer in closers
}
_NUMBER_TAIL = re.compile(r"[0-9][.,，]?$")
_NUMBER_HEAD = re.compile(
    r"^(?:[0-9.%‰％]|[余多]?[万亿千百]|[余多]?[个件人次户名条项场年月日元吨亩家辆套所处座里篇期届位])"
)
_BAD_MARK_HEAD = re.compile(r"^[，、。；：！？]")
_FLOOR = -9.0
_FULL_STOP = -6.0


@dataclass(frozen=True, slots=True)
class Join:
    """Passage ``after`` read directly behind ``before``.

    ``score`` are log odds; ``torn`` tells that a tear is mended there, so that both belong to one
    paragraph; ``repeated`` is what the page printed on both sides of the tear. A ``silent`` join is
    the layout's own: the text runs on in the next line, nothing was mended.
    """

    score: float
    torn: bool
    repeated: str = ""
    reasons: tuple[str, ...] = ()
    marker: Marker | None = None
    silent: bool = False


class JoinJudge:
    """Judges joins of the passages of one file."""

    def __init__(self, load_lexicon: Callable[[], Lexicon], phrases: Phrases) -> None:
        self._load_lexicon = load_lexicon
        self._phrases = phrases

    def cohesion_of(self, before: str, after: str) -> float:
        """Log odds for two passages in one order from the rare words that both have."""
        return self._phrases.cohesion(before, after)

    def judge(self, before: Edge, after: Edge) -> Join:
        """Weigh a mended tear against two whole passages that merely follow one another."""
        if _are_whole(before, after):
            clean = _log_sigmoid(-before.torn_tail) + _log_sigmoid(-after.torn_head)
            return Join(score=clean, torn=False)
        cohesion, reasons, repeated, marker = self._cohesion(before, after)
        torn = _log_sigmoid(before.torn_tail) + _log_sigmoid(after.torn_head) + cohesion
        clean = _log_sigmoid(-before.torn_tail) + _log_sigmoid(-after.torn_head)
        is_torn = torn > clean
        return Join(
            score=_log_sum(torn, clean, _FLOOR),
            torn=is_torn,
            repeated=repeated if is_torn else "",
            reasons=tuple(reasons) if is_torn else (),
            marker=marker if is_torn else None,
        )

    def _cohesion(self, before: Edge, after: Edge) -> tuple[float, list[str], str, Marker | None]:
        """Log odds that the two texts make one sentence, given that both are torn."""
        reasons: list[str] = []
        score = -0.8
        repeated = find_repeat(before.text, after.text)
        left, right = before.text[-16:], after.text[:16]
        if repeated:
            score += 2.5
            right = after.text[len(repeated) : len(repeated) + 16]
            reasons.append(f"接缝两边重复“{repeated}”")
        score += self._word_score(left, right, reasons)
        score += _mark_score(before, after, reasons)
        if _NUMBER_TAIL.search(left) and _NUMBER_HEAD.match(right):
            score += 3.0
            reasons.append("数字被拆成两段")
        if _completes_parallel(before, right):
            score += 1.5
            reasons.append("接上后与其他各条字数相同")
        marker = _crossing_marker(left, right)
        if marker is not None:
            score += 4.0
            reasons.append(f"序号“{marker.printed}”被拆成两段")
        if not reasons and before.torn_tail > 0:
            reasons.append("句子在此断开，接上后才完整")
        return score, reasons, repeated, marker

    def _word_score(self, left: str, right: str, reasons: list[str]) -> float:
        gain, word = self._load_lexicon().gain_of_joining(left, right)
        score = min(gain, 10.0) * 0.6
        if word and gain > 1:
            reasons.append(f"“{word}”接上后成词")
        grams = self._phrases.crossing(left, right)
        score += sum(0.7 if len(gram) == 2 else 1.2 for gram in grams)
        if len(grams) > 1:
            reasons.append(f"“{max(grams, key=len)}”在文中别处也有")
        return score


def _are_whole(before: Edge, after: Edge) -> bool:
    """Whether nothing could make one sentence of two: a full stop, and no mark left open."""
    ended = before.torn_tail <= _FULL_STOP or before.heading
    return ended and after.torn_head < 0 and not after.closers


def find_repeat(left: str, right: str) -> str:
    """The longest text that ends the one and begins the other, at most four characters."""
    for length in range(min(_LONGEST_REPEAT, len(left) - 1, len(right) - 1), 0, -1):
        if left.endswith(right[:length]):
            return right[:length]
    return ""


def _mark_score(before: Edge, after: Edge, reasons: list[str]) -> float:
    """Quotation marks and brackets that only this join pairs, and marks that cannot meet."""
    score = 0.0
    if before.openers and after.closers:
        if _OPENER_OF.get(after.closers[0]) == before.openers[-1]:
            score += 4.0
            reasons.append(f"接上后{_PAIR_NAMES[after.closers[0]]}才成对")
        else:
            score -= 3.0
    elif before.openers:
        score -= 2.5
    elif after.closers:
        score -= 4.0
    if _BAD_MARK_HEAD.match(after.text) and before.text[-1] in "，、；：。！？":
        score -= 5.0
    return score


def _completes_parallel(before: Edge, right: str) -> bool:
    """Whether the join completes a list item's first clause to the length its siblings have."""
    if not before.markers:
        return False
    marker = before.markers[-1]
    if item_head(before.text, marker) is not None or len(before.text) - marker.end > len(right):
        return False
    head = item_head(before.text + right, marker)
    return head is not None and (marker.level, len(head)) in before.rhythm


def _crossing_marker(left: str, right: str) -> Marker | None:
    """A list marker such as 二|是 that only the join completes."""
    tail = re.split(r"(?<=[。；：！？])", left)[-1]
    if len(tail) > 3 or not tail:
        return None
    for marker in find_markers(tail + right):
        if marker.start < len(tail) < marker.end:
            return marker
    return None


@lru_cache(maxsize=1024)
def _log_sigmoid(odds: float) -> float:
    return -math.log1p(math.exp(-odds)) if odds > -30 else odds


def _log_sum(*logs: float) -> float:
    top = max(logs)
    return top + math.log(sum(math.exp(log - top) for log in logs))
