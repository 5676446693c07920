"""What kind of statement a figure makes: a result, a target, a running total, or others' work."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from speeches.parsing.documents import Claim

_CLAUSE_START = "(?:^|(?<=[。！？；;，,：:、\n 　]))"
_YEAR = "(?:[0-9０-９]{1,4}|[一二两三四五六七八九十])年"
_LATER_VERB = (
    "达|建成|新建|新增|实现|完成|投入|投资|培训|开展|举办|增加|增至|培育|打造|引进|建设|推出"
    "|组织|突破|超过|继续|再|选派|安排"
)
_TARGET = re.compile(
    "(?<!累)计划(?!生育|单列|经济)|力争|争取(?=[^到了])|(?<![虚模比草])拟(?![定订人制])|预计|预期"
    "|目标[是为]|有望|下一步|今后|接下来|明年|来年|应当|亟需"
    rf"|{_CLAUSE_START}(?:为此|因此|我们|特)?[，,]?建议(?![0-9０-９书案])"
    rf"|(?:(?:{_CLAUSE_START}|(?<=建议)|(?<=力争))到20[0-9]{{2}}年[底末初]?|{_YEAR}[内之]内?)(?![^。；;]{{0,8}}[已了累共])"
    rf"|将(?=[^，,。；;把]{{0,4}}(?:{_LATER_VERB}))"
)
_DONE = re.compile("去年|前年|今年以来|[一两近]年来|已[经有]?|累计|截至|现有")
_OTHERS = re.compile(
    rf"{_CLAUSE_START}(?:目前|当前|去年|今年|据统计|截至[^，,。；;]{{2,8}})?"
    "(?:全省(?!政协)|全国(?!政协|人大|性)|我国|全自治区|全球|全世界)"
)
_TOTAL = re.compile(
    "累计|累积|总计|截至|截止|至今|近年来|多年来|(?:换届|成立|届|组建|启动|实施)以来"
    "|(?:[两二三四五六七八九十]|近[0-9一二三四五六七八九十]+)年(?:以来|来|间)"
)
_CLAUSE_END = re.compile("[。！？；;，,!?\n]")
_SENTENCE_END = re.compile("[。！？；;!?\n]")
_PLAN = re.compile(
    "[ 　]*(?:下一步|今后|接下来|新的一年|面向未来|(?:为此|因此)?[，,]?建议"
    "|[一二三四五六七八九十]要)"
)


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """Tells the claim of a place in one paragraph, which is searched but once.

    The sequences hold text offsets in ascending order. A target or a running total is announced for
    its sentence, others' work for its clause, and a paragraph that opens as a plan
    is one but where it looks back.
    """

    clauses: Sequence[int]
    sentences: Sequence[int]
    targets: Sequence[int]
    done: Sequence[int]
    others: Sequence[int]
    totals: Sequence[int]
    is_plan: bool

    @classmethod
    def of(cls, text: str) -> "ClaimReader":
        """Read the marking words of a paragraph."""
        return cls(
            clauses=_ends(_CLAUSE_END, text),
            sentences=_ends(_SENTENCE_END, text),
            targets=_ends(_TARGET, text),
            done=_ends(_DONE, text),
            others=_ends(_OTHERS, text),
            totals=_ends(_TOTAL, text),
            is_plan=_PLAN.match(text) is not None,
        )

    def claim_at(self, position: int) -> Claim:
        """The claim of a figure at ``position``; a plan before whose it is."""
        clause = _last_before(self.clauses, position)
        sentence = _last_before(self.sentences, position)
        if _any_between(self.targets, sentence, position) and not self._looks_back(
            clause, position
        ):
            return Claim.TARGET
        if self.is_plan and not _any_between(self.done, sentence, position):
            return Claim.TARGET
        if _any_between(self.others, clause, position):
            return Claim.OTHERS
        if _any_between(self.totals, sentence, position):
            return Claim.CUMULATIVE
        return Claim.RESULT

    def _looks_back(self, clause: int, position: int) -> bool:
        """Whether a clause tells what is already there, and announces nothing after that."""
        done = _last_before(self.done, position)
        return done > clause and _last_before(self.targets, position) < done


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.end() for match in pattern.finditer(text)]


def _last_before(positions: Sequence[int], position: int) -> int:
    index = bisect_right(positions, position)
    return positions[index - 1] if index else 0


def _any_between(positions: Sequence[int], start: int, end: int) -> bool:
    index = bisect_left(positions, start)
    return index < len(positions) and positions[index] <= end
