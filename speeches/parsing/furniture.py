"""Page furniture: what the page prints around the speeches and nobody said.

Furniture is kept in the digest's notes. It stands between columns, so the place where a line of
it was taken out is also a place where the text may be torn.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .bylines import parse_byline
from .layout import Line, Wrap
from .typography import BLANK, HAN, ends_sentence, squeeze

_LONGEST = 80
_LISTED = re.compile("^[一二三四五六七八九十（(0-9]")
_LEAST_REPEATS = 3

_DATE = (
    rf"[12][0-9]{{3}}[{BLANK}]*年[{BLANK}]*[01]?[0-9][{BLANK}]*月[{BLANK}]*[0-3]?[0-9][{BLANK}]*日"
)
_PAGE = rf"第?[{BLANK}]*[A-Z]?[0-9〇零一二三四五六七八九十]+[{BLANK}]*版"

_CERTAIN = re.compile(
    "|".join(
        (
            rf"^[（(]?[{BLANK}]*(?:上接|下转|紧接|转)[{BLANK}]*{_PAGE}.*[)）]?$",
            rf"^(?:[—－–-]+|·)[{BLANK}]*[0-9]{{1,4}}[{BLANK}]*(?:[—－–-]+|·)$",
            rf"^{_PAGE}$",
            r"^[0-9]{1,3}$",
            rf"^第[{BLANK}]*[0-9]{{1,4}}[{BLANK}]*页(?:[{BLANK}/／,，]*共[{BLANK}]*[0-9]{{1,4}}[{BLANK}]*页)?$",
            rf"^共[{BLANK}]*[0-9]{{1,4}}[{BLANK}]*页$",
            r"^[0-9]{1,3}[ ]*[/／][ ]*[0-9]{1,3}$",
            rf"^[0-9A-Z]{{0,3}}[{BLANK}]*[{HAN}{BLANK}]{{2,16}}[{BLANK}]+[A-Z]{{3,}}[A-Z{BLANK}]*[0-9]*$",
            rf"^[^，,。；;！？]*{_DATE}[^，,。；;！？]*(?:星期[一二三四五六日天]|{_PAGE})[^，,。；;！？]*$",
            rf"^[^，,。；;！？]*星期[一二三四五六日天][^，,。；;！？]*{_PAGE}[^，,。；;！？]*$",
            r"^(?:新华社|本报)?(?:特约)?(?:记者|通讯员)[^，,。；;！？]{0,24}(?:摄|文/图|图/文|供图)$",
            r"^(?:https?://|www\.)[\x21-\x7e]+$",
            rf"^[（(]?[{BLANK}]*(?:版权所有|未经(?:许可|授权|书面))[^。]*(?:转载|版权所有|使用)[{BLANK}。]*[)）]?$",
            rf"^——[{BLANK}]*编[{BLANK}]*者$",
            rf"^(?:责任编辑|责编|版式设计|美术编辑)[{BLANK}]*[:：]",
        )
    )
)
_LIKELY = re.compile(
    "|".join(
        (
            (
                rf"^(?:本期|本版|值班)?(?:编辑|版式|校对|审核|审校|美编|组版|制图|监制|统筹|总值班|值班主任|值班编辑|主编|"
                rf"执行主编|副刊编辑|检校|视觉设计)[{BLANK}]*[:：]"
            ),
            (
                rf"^(?:本版|本报|新闻|编辑部|联系|热线|投稿|订阅|发行|广告|零售)?(?:热线|联系|咨询)?"
                rf"(?:电话|邮箱|信箱|电子邮箱|地址|社址|邮编|传真|网址|微信号?|公众号|电邮|E-?mail)[{BLANK}]*[:：]"
            ),
            r"^(?:请|欢迎)?(?:扫码|扫描|扫一扫|长按识别|微信扫|关注)[^，,。；;！？]{0,18}$",
            rf"^(?:当前位置|您的位置|上一篇|下一篇|分享到|主办单位|承办单位|技术支持|浏览次数|字号)[{BLANK}]*[:：]",
            rf"^(?:【[{HAN}]{{2,6}}】[{BLANK}]*)+$",
            rf"^[{HAN}]?ICP备[0-9]+号|^[{HAN}]?公网安备|^返回(?:顶部|首页|列表)$",
            r"^本版(?:图片|文字|稿件|内容|摄影|撰文)",
            r"^(?:图片?|题图)(?:[①-⑳]|[一二三四五六七八九十][:：]|为[:：]?|[:：])",
            r"^(?:国内统一(?:连续出版物|刊)号|邮发代号|零售每份|广告)",
            rf"^(?:来源|来稿|供稿|图片来源|文字整理|稿件来源|发布时间)[{BLANK}]*[:：]",
            r"^（?网友提问[:：]",
        )
    )
)
_SOURCE = re.compile(
    rf"^《(?P<paper>[^》]{{2,20}})》[{BLANK}]*[（(]?[{BLANK}]*(?P<date>{_DATE})[{BLANK}]*(?P<page>{_PAGE})?"
)
_HEADER = re.compile(
    rf"^(?P<paper>[{HAN}]{{2,14}}?(?:报|时报|日报|晚报|周刊|杂志)?)[{BLANK}]+(?P<date>{_DATE})"
    rf"(?:.*?(?P<page>{_PAGE}))?"
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where and when the page was printed, as far as its furniture tells."""

    newspaper: str = ""
    issue_date: str = ""
    page: str = ""


def take_out(lines: Sequence[Line], wrap: Wrap | None) -> tuple[list[Line], list[Line]]:
    """Part the lines into text and furniture; text after furniture is marked ``parted``."""
    repeated = _find_repeated(lines)
    text: list[Line] = []
    furniture: list[Line] = []
    parted = gap = False
    for line in lines:
        if _is_furniture(line, wrap) or line.text in repeated:
            furniture.append(line)
            parted, gap = True, gap or line.gap
            continue
        text.append(replace(line, parted=parted, gap=line.gap or gap) if parted else line)
        parted = gap = False
    return text, furniture


def read_imprint(furniture: Sequence[Line]) -> Imprint:
    """Newspaper, date and page from the first line of furniture that prints them."""
    for line in furniture:
        match = _SOURCE.match(line.text) or _HEADER.match(line.text)
        if match:
            return Imprint(
                newspaper=match["paper"],
                issue_date=squeeze(match["date"]),
                page=squeeze(match["page"] or ""),
            )
    return Imprint()


def _is_furniture(line: Line, wrap: Wrap | None) -> bool:
    if len(line.text) > _LONGEST:
        return False
    if _CERTAIN.match(line.text) or _SOURCE.match(line.text):
        return True
    in_column = wrap is not None and wrap.exact and len(line.text) == wrap.width
    return not in_column and not ends_sentence(line.text) and bool(_LIKELY.match(line.text))


def _find_repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Running heads: the same short line, several times in the file and at no speech's head."""
    counts = Counter(line.text for line in lines if 5 <= len(line.text) <= 30)
    often = {
        text
        for text, count in counts.items()
        if count >= _LEAST_REPEATS and not ends_sentence(text) and not _LISTED.match(text)
    }
    if not often:
        return frozenset()
    of_speeches = {
        line.text
        for line, after in zip(lines, [*lines[1:], lines[-1]], strict=True)
        if line.text in often and (parse_byline(line.text) or parse_byline(after.text))
    }
    return frozenset(often - of_speeches)
