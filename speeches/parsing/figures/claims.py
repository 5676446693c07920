"""What kind of statement a figure makes: a result, a target, a running total, or others' work."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from speeches.parsing.documents import Claim

_TARGET = re.compile(
    "(?<!累)计划(?!生育|单列|经济)|力争|争取|(?<![虚模比草])拟(?![定订人制])|预计|预期|建议|目标是|目标为|有望"
    "|下一步|今后|接下来|明年|来年|未来|[一二三四五六七]要(?!求)|应当|亟需"
    "|到20[0-9]{2}年(?:[底末初])?(?![^，,。；;]{0,6}[已了])"
    "|将(?=(?:[^，,。；;把]{0,4})(?:达|建成|新建|新增|实现|完成|投入|投资|培训|开展|举办|增加|增至|培育|打造|引进"
    "|建设|推出|组织|突破|超过|继续|再))"
)
_DONE = re.compile("已经?(?=[^，,。；;]{0,8}[0-9])|截至目前|截至去年|去年|今年以来|近年来")
_OTHERS = re.compile("全省|全国|我国|全世界|全球|世界|全自治区")
_CUMULATIVE = re.compile(
    "累计|累积|总计|截至|截止|至今|近年来|(?:换届|成立|届|组建|启动|实施|(?<![去今])年)以来"
)
_SENTENCE_END = re.compile("[。！!？?；;\n]")
_PLANNING_PARAGRAPH = re.compile("[ 　]*(?:下一步|今后|接下来|新的一年|面向未来|建议|为此，?建议)")


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """Tells the claim of a place in one paragraph; the paragraph is searched once."""

    sentence_ends: Sequence[int]
    targets: Sequence[int]
    others: Sequence[int]
    totals: Sequence[int]
    is_plan: bool

    @classmethod
    def of(cls, text: str) -> "ClaimReader":
        """Read the marking words of a paragraph."""
        return cls(
            sentence_ends=_ends(_SENTENCE_END, text),
            targets=_ends(_TARGET, text),
            others=_ends(_OTHERS, text),
            totals=_ends(_CUMULATIVE, text),
            is_plan=_PLANNING_PARAGRAPH.match(text) is not None,
        )

    def claim_at(self, position: int) -> Claim:
        """The claim of a figure that starts at ``position``: a plan before whose it is."""
        sentence = bisect_right(self.sentence_ends, position)
        start = self.sentence_ends[sentence - 1] if sentence else 0
        if self.is_plan or _any_between(self.targets, start, position):
            return Claim.TARGET
        if _any_between(self.others, start, position):
            return Claim.OTHERS
        if _any_between(self.totals, start, position):
            return Claim.CUMULATIVE
        return Claim.RESULT


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.end() for match in pattern.finditer(text)]


def _any_between(positions: Sequence[int], start: int, end: int) -> bool:
    index = bisect_left(positions, start)
    return index < len(positions) and positions[index] <= end
