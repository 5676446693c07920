"""What is right is left alone: clean sentences, the samples, and the evaluation texts."""

import json

import pytest

from speeches.parsing import parse_digest
from speeches.parsing.typography import widen
from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.records import Records
from speeches.proofreading.runner import proofread
from speeches.proofreading.terms import TermList

CLEAN = """
青禾市政协坚持围绕中心、服务大局，全年提交提案19件，报送社情民意信息26篇。
委员会会议审议通过了工作要点，协会会长、县委书记和各县县长参加了协商。
我们天天走访、人人参与，渐渐形成合力，常常想、时时记，把实实在在的好事办好。
扎扎实实推进，兢兢业业履职，欣欣向荣的景象处处可见，桩桩件件有回音。
为了了解情况，大家坐在一起，把目的的达成作为检验标准；但是是否有效，还要看群众满意不满意。
全国政协十四届三次会议、政协第十四届全国委员会第三次会议、政协青禾市第十届委员会第三次会议先后召开。
政协十三届常委会第二十次会议、市政协十届常委会第八次会议、十届市委第五次全会召开。
第14届青禾国际博览会和第3届运动会同期举办。
党的二十大、二十届三中全会提出了明确要求。
增长4%—6%，每户补助5万—10万元，用时三四个月，走访几十个村、二十几家企业、300多户。
2021—2025年，热线电话0123-4567890全年畅通，网址是www.example.cn，比例为1:3，时间是10:30。
青政协发〔2024〕5号文件印发后，“3+N”模式、“1+6”机制逐步建立，A、B两类项目落地。
他说：“要把‘一岗双责’落到实处。”这句话说到了大家心里。
印发《关于落实〈工作条例〉的通知》，学习《章程》《条例》《准则》，做到“五必学”“四必谈”。
阿依古丽·买买提委员说，办成一件件实事——哪怕再小——也是大事……
北京—青禾高铁通车，“强基—提质—留人”三步走，营业里程超16.5万公里，容量5千瓦、重3千克。
一、二、三产业融合，一审、二审三级法院联动，第3、4次会议合并召开，3、4月份完成。
会议要求：抓学习、强本领，抓服务、惠民生，抓落实、见成效。
1）抓学习；2）抓服务；3）抓落实。
研究研究、讨论讨论，一个一个解决，一件一件落实，再协商协商，办法总比困难多。
主席林青青、委员王丽丽和张洋洋一同调研，丁香香同志介绍情况。
2024年2月29日、2025年12月31日两次协商，办结率98%，满意度百分之九十八。
坚持党建引领，把制度优势更好转化为治理效能；坚持人民至上，把好事办好、实事办实。
近年来，全省省级、市级、县级政协上下联动，国家家庭教育、社会会商机制更加完善。
第14届全国运动会组织委员会、市政协十届常务委员会第八次会议、党的10大举措、某市第1百货商店。
他问：“怎么办？”我们提出了“谁来办？”。当3<5，且7>6时，结论成立，抓落实；抓服务；见成效。
超过100万元，约50家，近300人，50家左右，100万元以上，至少3次。
"""


@pytest.mark.parametrize("sentence", CLEAN.strip().splitlines())
def test_a_clean_sentence_gets_no_finding(sentence):
    found = proofread(TextDocument.of(sentence), Records(), TermList())
    assert [(f.rule, f.excerpt) for f in found] == []


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["一、坚持学习。", "（一）学理论。", "（二）学业务。", "二、坚持服务。", "（一）建站点。"],
        ["一是坚持学习；二是坚持服务。", "一要抓落实，二要见成效。"],
        ["“第一段引文没有结束。", "“第二段引文在这里结束。”"],
        ["2024年，全市提交提案19件。", "2025年，全市提交提案21件。"],
        ["2025年，白鹭县政协提交提案19件。", "2025年，云岭县政协提交提案21件。"],
        ["我们提出以下建议：", "——建好站点；", "——办好实事。", "2025年9月16日"],
    ],
)
def test_clean_paragraphs_get_no_finding(paragraphs):
    found = proofread(TextDocument.of(*paragraphs), Records(), TermList())
    assert [(f.rule, f.excerpt) for f in found] == []


def test_the_samples_are_clean(samples):
    found = []
    for path in sorted(samples.glob("*.txt")):
        for speech in parse_digest(path.read_text(encoding="utf-8")).speeches:
            document = TextDocument(
                (Paragraph(speech.title, Kind.TITLE), *map(Paragraph, speech.paragraphs))
            )
            found += [(f.rule, f.excerpt) for f in proofread(document, Records(), TermList())]
    assert found == []


def test_at_most_one_false_finding_in_2000_characters_of_the_evaluation_texts(
    evaluation, record_property
):
    """Half-width marks of these texts are made full-width first: they are faults, truly found."""
    characters = findings = 0
    for path in sorted((evaluation / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("scrambled"):
            continue
        for speech in gold["speeches"]:
            paragraphs = [Paragraph(widen(text)) for text in speech["paragraphs"]]
            document = TextDocument((Paragraph(speech["title"], Kind.TITLE), *paragraphs))
            findings += len(proofread(document, Records(), TermList()))
            characters += sum(len(paragraph.text) for paragraph in paragraphs)
    record_property("findings", findings)
    record_property("characters", characters)
    assert characters > 5000
    assert findings * 2000 <= characters
