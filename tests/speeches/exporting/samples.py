"""An invented digest: 云岭省 and its people exist nowhere."""

from datetime import date
from pathlib import Path

from speeches.exporting.document import (
    DigestDocument,
    DigestFigure,
    DigestSpeech,
    DigestWorkItem,
)
from speeches.textblocks import blocks

_TEXT = Path(__file__).with_name("speech.txt").read_text(encoding="utf-8")
_SPEECHES = (
    (
        "加强党的建设 提升履职能力和水平",
        "云岭省政协经济委员会分党组书记、主任 温明远",
        "经济委员会",
    ),
    (
        "加强思想政治引领 自觉担起兴文化的使命和责任",
        "青禾市政协党组书记、主席 陆青禾",
        "青禾市政协",
    ),
    (
        "以高质量党建引领高质量履职 推动委员工作室与基层治理深度融合 让协商在群众身边发生",
        "白鹭县政协党组书记、主席 迪丽娜尔·阿布拉",
        "白鹭县政协",
    ),
    (
        "坚持“三必”“四问”工作法推动委员履职与基层治理同频共振",
        "临溪区政协党组书记、主席 胡　革",
        "临溪区政协",
    ),
    (
        "把委员读书活动办成学习交流的大课堂",
        "云岭省政协文化文史和学习委员会分党组书记、主任，省社会科学院原副院长 欧阳若水",
        "文化文史和学习委员会",
    ),
    ("让提案落地有声", "民革云岭省委会 周静、吴一帆", "民革云岭省委会"),
)
_RICH = (
    "<h2>四、几点体会</h2>"
    "<p>工作中有三点体会：<strong>党的领导是根本</strong>，<em>团结民主是主题</em>，"
    "<u>履职为民</u>是归宿，CO<sub>2</sub>排放下降、绿化面积增加10<sup>4</sup>平方米。</p>"
    "<ol><li>坚持问题导向。</li><li>坚持结果导向。<ul><li>年初有计划；</li></ul></li></ol>"
    "<blockquote>协商民主是实践全过程人民民主的重要形式，贵在真诚，重在持久。</blockquote>"
    "<table><tr><th>年份</th><th>提案（件）</th><th>办结率</th></tr>"
    "<tr><td>2024</td><td>212</td><td>98.1%</td></tr><tr><td>2025</td><td>236</td></tr></table>"
    '<figure><img src="/media/a.png" alt=""><figcaption>委员在白鹭湖调研</figcaption></figure>'
    '<p class="text-right">（根据发言录音整理）</p><p class="text-center">＊＊＊</p>'
)


def speech(number: int = 1, html: str | None = None, **fields: object) -> DigestSpeech:
    """Return the invented speech of that number (1 to 6), with ``html`` for its text if given."""
    title, byline, body = _SPEECHES[number - 1]
    numbers = {"a": 10 + number, "b": 3 * number, "c": 40 * number, "d": 7 + 2 * number}
    if html is None:
        texts = _TEXT.format(body=body, **numbers).splitlines()
        html = "".join(f"<p>{text}</p>" for text in texts)
        html += _RICH if number == 3 else ""
    standard = {
        "id": number,
        "title": title,
        "byline": byline,
        "organization": body,
        "posts": ("党组书记", "主席"),
        "speakers": (byline.split(" ")[-1],),
        "blocks": blocks(html),
        "url": f"/speeches/{number}/",
        "tags": ("党的建设", "基层协商"),
    }
    return DigestSpeech(**{**standard, **fields})


def work_item(number: int = 1, **fields: object) -> DigestWorkItem:
    """Return an invented piece of highlighted work."""
    standard = {
        "id": number,
        "title": "协商议事室建到群众家门口",
        "organization": "青禾市政协",
        "summary": "",
        "year": 2025,
        "url": f"/work/{number}/",
        "figures": (
            DigestFigure("提交提案19件", "提案", "件", 19, 19, "exact", "result"),
            DigestFigure("76个", "乡镇（街道）", "个", 76, 76, "exact", "result"),
            DigestFigure("帮扶资金400多万元", "帮扶资金", "元", 4e6, 5e6, "over", "cumulative"),
        ),
    }
    return DigestWorkItem(**{**standard, **fields})


def digest(**fields: object) -> DigestDocument:
    """Return the invented digest: six speeches, an editor's note, two pieces of work."""
    standard = {
        "slug": "yunling-2026",
        "title": "全省政协系统党的建设暨宣传思想工作经验交流会",
        "subtitle": "（发言摘登）",
        "url": "/meetings/yunling-2026/",
        "speeches": tuple(speech(number) for number in range(1, 7)),
        "start_date": date(2026, 3, 5),
        "end_date": date(2026, 3, 6),
        "host": "云岭省政协办公厅",
        "place": "云岭省青禾市",
        "editors_note": (
            "3月5日至6日，全省政协系统党的建设暨宣传思想工作经验交流会在青禾市召开。会议总结交流了"
            "近年来全省各级政协加强党的建设、做好宣传思想工作的做法和经验，对下一步工作作出部署。"
            "现将会上部分单位的发言摘登如下，供各地学习借鉴。"
        ),
        "source": "云岭政协报",
        "work_items": (
            work_item(1),
            work_item(
                2,
                title="白鹭湖流域生态修复专项民主监督",
                organization="白鹭县政协",
                year=None,
                figures=(
                    DigestFigure("50.4亿元", "计划投资", "元", 5.04e9, 5.04e9, "exact", "target"),
                ),
            ),
        ),
        "edition_hash": "a" * 64,
        "published_on": date(2026, 3, 9),
    }
    return DigestDocument(**{**standard, **fields})
