"""What a passage sounds like: the opening of a speech, its problems, its proposals, its close.

Speeches at these meetings keep to one plan: what has been done, what is still wrong and why, what
should be done, and a resolve at the end. Weights are natural log odds, set by hand and tuned on
digests torn on purpose.
"""

import re
from enum import IntEnum

from .typography import HAN


class Stage(IntEnum):
    """Where in the plan of a speech a passage belongs, as far as its words tell."""

    OPENING = 0
    PROBLEM = 1
    CAUSE = 2
    PROPOSAL = 3
    CLOSE = 4


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
                "我[国省市县区州盟旗](?:现|是|有|地|自|共|作为|位于|海拔)|随着|根据|按照|为深入|为贯彻|自[12][0-9]{3}年|"
                "[12][0-9]{3}年|民族要复兴|人民政协|作为|非常|今天|我们[两二三四几][人位个]"
            ),
        ),
        (1.5, "目前|当前|[全我][国省市县区州盟旗]|乡村振兴|党中央|国家(?![和级])"),
    )
)
_OWN_REGION = re.compile(f"(?:[我全][国省市县区州盟旗]|[{HAN}]{{2,5}}[省市县区州])")
_PORTRAIT = "(?:是|地处|位于|现有|素有|拥有|北|南|东|西|总面积|常住|辖)"
_NARRATIVE = re.compile(
    "我(?:当了?|做了?|干了?|来自|出生|从小|和|有一?个|曾|所在|在[^，。]{2,12}(?:工作|生活|任教|行医|扎根))"
    "|(?:去年|前年|今年|[0-9一二两三四五六七八九十几]+年前的?)(?:[春夏秋冬]|年初|年底|夏秋|[0-9一二三四五六七八九十]+月)"
    "|(?:前不久|不久前|前段时间|前些天|有一次|记得|常听|提起|说起|每当|每逢|走进|来到)"
)
"""Many a speaker begins with a story of their own."""
_DEFINING = re.compile(f"[{HAN}“”]{{2,14}}(?:是|事关|关系)(?:我|全)[国省市县区州盟旗]")
_LATER_CUE = re.compile("[。，；](?:近年来|近几年|一直以来|长期以来|去年以来|今年以来|截至)")
_HEADED = re.compile("(?<=。)(?:一是|第一[，、]|首先)")
_CLOSING = re.compile(
    "(?:下一步|下步|今后(?:[，,]|一个时期|我们|将|要)|我们将(?:继续|持续|一如既往)|下一阶段|新的一年|"
    "新时代新征程|面向未来|展望未来|站在新的起点|接下来|未来[，,]|"
    "最后[，,]|总之|综上|以上发言|以上是|谢谢|我们相信|我的发言|征程万里|新征程上)"
)
_RESOLVING = re.compile(f"[。！](?:我们|[{HAN}]{{2,12}})?将(?:继续|持续|一如既往|始终|不断)")
"""A sentence of the speaker's resolve: the paragraph that it ends does not open the speech."""
_INTRODUCING = re.compile(
    "(?:以下|如下|下述|下列|下面)[^。]{0,12}[。：]$|(?:几点|[二三四五六]点)(?:建议|体会|做法|思考|意见)[。：]$|"
    "[几两二三四五六七八九十][个件点项条]?(?:事|事情|方面|方面工作|工作|建议|意见|体会)[。：]$|：$"
)
_ENDING = re.compile(
    "一定(?:能|会)|我们(?:愿|将|坚信|相信)|让我们|"
    "(?:贡献|力量|篇章|台阶|作为|局面|辉煌|未来|明天|见效|征程|谢谢)[^，。]{0,4}[。！]$"
)
_STRONG_ENDING = re.compile(
    "(?:就|必|也)?一定(?:能|会|要)[^。]{2,50}[。！]$|(?:贡献[^，。]{0,10}(?:力量|智慧|作为)|新篇章|新辉煌|新答卷|更加美好"
    "|谢谢[^，。]{0,4}|一年接着一年[^。]{2,40})[。！]$"
)
_CONTINUING = re.compile(
    "(?:建议|为此|对此|因此|鉴于此|同时|此外|另外|其次|再次|再者|与此同时|在此基础上|通过以上|但是?[，,]?|"
    "然而|不过|究其原因|具体|其中|针对|基于|我们(?!国|[两二三四几][人位个])|他们|这[些一个种]|对于|一方面|有的|从.{1,8}看"
    "|造成这|之所以|调研中|实践(?:告诉|证明|表明)|如今[，,]|在此过程|究其)"
)
_PROPOSAL = re.compile(
    "(?:为此|因此|对此|鉴于此)?[，,]?(?:特|我们|特此)?(?:建议|提议|呼吁)|要(?!素|点|领|闻)"
)
_CAUSE = re.compile("究其原因|(?:造成|出现|产生|存在)(?:这|上述|以上)|之所以")
_PROBLEM = re.compile(
    "(?:但|然而|不过|调研中|调研发现|目前|当前|同时|应当看到|也要看到)[^。]{0,60}"
    "(?:问题|不足|困难|短板|瓶颈|制约|滞后|薄弱|偏短|突出)"
)


def opening_score(text: str, names: tuple[str, ...], place: str) -> float:
    """How much the text sounds like the first sentence of a speech.

    ``names`` are names of the speaker's own body, ``place`` is where it is (``云门县``).
    """
    if _CLOSING.match(text) or _RESOLVING.search(text) or _CONTINUING.match(text):
        return 0.0
    if any(text.startswith(name) for name in names):
        return 3.0
    if _DEFINING.match(text) or (place and re.match(f"[{HAN}]{{2,12}}是{place}", text)):
        return 2.5
    cued = (weight for weight, cue in _OPENING_CUES if cue.match(text))
    score = next(cued, 1.0 if _OWN_REGION.match(text) else 0.0)
    if any(name in text[:24] for name in names):
        score += 2.0
    if score < 2.5 and _NARRATIVE.match(text):
        score = 2.5
    if score < 2.5 and place and re.search(place + _PORTRAIT, text[:40]):
        score = 2.5
    if score < 1.5 and _LATER_CUE.search(text[:60]):
        score = 1.5
    return score


def is_closing(text: str) -> bool:
    """Whether the text begins as the last paragraph of a speech does."""
    return bool(_CLOSING.match(text)) and not is_introducing(text)


def is_introducing(text: str) -> bool:
    """Whether the text announces a list."""
    return bool(_INTRODUCING.search(text))


def is_continuing(text: str) -> bool:
    """Whether the text begins as only a later paragraph does."""
    return bool(_CONTINUING.match(text))


def ending_score(text: str) -> float:
    """How much the end of the text sounds like the last words of a speech."""
    if _STRONG_ENDING.search(text[-80:]) or _RESOLVING.search(text[-60:]):
        return 1.8
    return 0.7 if _ENDING.search(text[-40:]) else 0.0


def read_stage(text: str, opening: float) -> Stage | None:
    """The stage a passage belongs to, None where its words do not tell."""
    if is_closing(text):
        return Stage.CLOSE
    if _PROPOSAL.match(text):
        return Stage.PROPOSAL
    if _CAUSE.match(text):
        return Stage.CAUSE
    first = text[:120]
    if _PROBLEM.match(first):
        return Stage.PROBLEM
    return Stage.OPENING if opening >= 2 else None
