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
from .typography import CELL, CLOSERS, HAN, ends_sentence, widen

_NEVER_FIRST = frozenset(CLOSERS + "，、。；：！？,;:!?%‰％℃·…～.")
_SELDOM_FIRST = frozenset("的了着们地得等之性化率度者们")
_OPENERS = dict(zip("“‘（【《〈「『〔(", "”’）】》〉」』〕)", strict=True))
_CLOSER_OF = {closer: opener for opener, closer in _OPENERS.items()}

_OPENING_CUES: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(f"(?:{cues})"))
    for weight, cues in (
        (
            3.0,
            (
                "尊敬的|各位|很高兴|作为一[名位个]|我是|受.{2,12}委托|我代表|截至|截止|近年来|近几年来?|"
                "党的[一二三四五六七八九十]{1,3}大|中共[一二三四五六七八九十]{1,3}大|"
                "(?:[习李王][近][平]|总书记|习近平总书记).{0,12}(?:指出|强调|要求)"
            ),
        ),
        (
            2.0,
            (
                "一年来|五年来|多年来|一直以来|长期以来|去年以来|今年以来|换届以来|本届以来|过去一年|习近平|党中央|"
                "我[国省市县区州盟旗](?:现|是|有|地|自|共|作为|位于)|随着|根据|按照|为深入|为贯彻|自[12][0-9]{3}年|"
                "[12][0-9]{3}年|民族要复兴|人民政协|作为|非常|今天|我们[两二三四几][人位个]"
            ),
        ),
        (1.5, "目前|当前|[全我][国省市县区州盟旗]|乡村振兴|中央|国家"),
    )
)
_OWN_REGION = re.compile(f"(?:[我全][国省市县区州盟旗]|[{HAN}]{{2,5}}[省市县区州])")
_CLOSING = re.compile(
    "(?:下一步|下步|今后(?:[，,]|一个时期|我们|将|要)|我们将(?:继续|持续|一如既往)|下一阶段|新的一年|"
    "新时代新征程|面向未来|展望未来|站在新的起点|接下来|未来[，,]|"
    "最后[，,]|总之|综上|以上发言|以上是|谢谢|我们相信|我的发言|征程万里|新征程上)"
)
_RESOLVING = re.compile("[。！]我们将(?:继续|持续|一如既往)")
"""A sentence of the speaker's resolve: the paragraph that it ends does not open the speech."""
_INTRODUCING = re.compile(
    "(?:以下|如下|下述|下列|下面)[^。]{0,12}[。：]$|(?:几点|[二三四五六]点)(?:建议|体会|做法|思考|意见)[。：]$|"
    "[几两二三四五六七八九十][个件点项条]?(?:事|事情|方面|方面工作|工作|建议|意见|体会)[。：]$|：$"
)
_ENDING = re.compile(
    "一定(?:能|会)|我们(?:愿|将|坚信|相信)|让我们|"
    "(?:贡献|力量|篇章|台阶|作为|局面|辉煌|未来|明天|见效|征程|谢谢)[^，。]{0,4}[。！]$"
)
_INSIDE_PARAGRAPH = 3.4
"""A line inside a paragraph begins in mid-sentence, but for one in thirty."""
_BARE_ITEM = 3.0
_CONTINUING = re.compile(
    "(?:建议|为此|对此|因此|鉴于此|同时|此外|另外|其次|再次|再者|与此同时|在此基础上|通过以上|但是?[，,]|"
    "然而|不过|究其原因|具体|其中|针对|基于|我们(?!国|[两二三四几][人位个])|他们|这[些一个种]|对于|一方面|有的|从.{1,8}看)"
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One passage seen from its two ends.

    ``torn_head`` and ``torn_tail`` are log odds that it begins and ends in mid-sentence; ``inside``
    tells that the layout shows its beginning to be inside a paragraph. ``closers`` are closing
    marks whose opening marks stand in another passage, ``openers`` the reverse. ``rhythm`` is
    that of the whole body's list items.
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
    ending: bool = False
    flows: bool = False
    inside: bool = False
    rhythm: frozenset[tuple[int, int]] = frozenset()

    @property
    def numbered(self) -> bool:
        """Whether it begins with a list marker."""
        return bool(self.markers) and self.markers[0].leading


def read_edges(passages: Sequence[Passage], *, names: tuple[str, ...] = ()) -> list[Edge]:
    """Look at the ends of a body's passages; ``names`` are names of the speaker's own body."""
    texts = [widen(passage.text) for passage in passages]
    marked = [tuple(find_markers(text)) for text in texts]
    items = read_items(list(zip(texts, marked, strict=True)))
    return [
        _read_edge(passage, texts[at], marked[at], at=at, items=items, names=names)
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
) -> Edge:
    heading = at in items.headings
    closers, openers = _unmatched(text)
    numbered = bool(markers) and markers[0].leading
    introducing = bool(_INTRODUCING.search(text))
    closing = bool(_CLOSING.match(text)) and not introducing
    continuing = bool(_CONTINUING.match(text))
    resolving = closing or bool(_RESOLVING.search(text))
    opening = 0.0 if numbered or resolving or continuing else _opening_score(text, names)
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
        introducing=introducing,
        flows=passage.flows,
        inside=passage.opens is False,
        ending=bool(_ENDING.search(text[-40:])),
    )


def _opening_score(text: str, names: tuple[str, ...]) -> float:
    """How much the text sounds like the first sentence of a speech."""
    cued = (weight for weight, cue in _OPENING_CUES if cue.match(text))
    score = next(cued, 1.0 if _OWN_REGION.match(text) else 0.0)
    if any(text.startswith(name) for name in names):
        return 3.0
    if any(name in text[:24] for name in names):
        score += 2.0
    return score


def _head_odds(
    passage: Passage, text: str, markers: tuple[Marker, ...], closers: str, *, cued: float
) -> float:
    if passage.opens is True:
        return -8.0
    if text[0] in _NEVER_FIRST:
        return 9.0
    odds = _INSIDE_PARAGRAPH if passage.opens is False else -1.0
    if closers:
        odds += 5.0
    if text[0] in _SELDOM_FIRST:
        odds += 2.0
    if markers and markers[0].leading:
        odds -= {1: 6.0, 2: 5.0, 3: 4.0}.get(markers[0].level, 1.5)
    return odds - cued


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
