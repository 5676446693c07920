"""Faulty sentences, self-written: each rule finds its fault there, and suggests what is right."""

import pytest

from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.findings import Finding
from speeches.proofreading.records import Records
from speeches.proofreading.runner import RULES, proofread
from speeches.proofreading.terms import TermList

FAULTS = [
    # rule, text, what is marked, what is suggested
    ("narrow-mark", "我们坚持党建引领,服务大局。", ",", "，"),
    ("narrow-mark", "会议强调:要办好实事。", ":", "："),
    ("narrow-mark", "办好实事;解决难题。", ";", "；"),
    ("narrow-mark", "如何破题?关键在人。", "?", "？"),
    ("narrow-mark", "青禾市政协(机关)开展学习。", "(", "（"),
    ("narrow-mark", "青禾市政协开展学习.", ".", "。"),
    ("mixed-brackets", "青禾市（不含郊区)共有提案19件。", ")", "）"),
    ("mixed-brackets", "青禾市(不含郊区）共有提案19件。", "(", "（"),
    ("unpaired-bracket", "青禾市（不含郊区共有提案19件。", "（", None),
    ("unpaired-bracket", "青禾市不含郊区）共有提案19件。", "）", None),
    ("repeated-mark", "我们坚持学习，，服务大局。", "，，", "，"),
    ("repeated-mark", "我们坚持学习，服务大局。。", "。。", "。"),
    ("repeated-mark", "我们坚持学习，。服务大局。", "，。", "。"),
    ("repeated-mark", "我们坚持学习。，服务大局。", "。，", "。"),
    ("repeated-mark", "我们走访了学校、、医院。", "、、", "、"),
    ("repeated-mark", "他说：“这件事办得好。”。", "”。", "”"),
    ("leading-mark", "，全年开展调研5次。", "，", None),
    ("blank", "全年开展 调研5次，成效明显。", " ", ""),
    ("blank", "全年提交提案 19 件，成效明显。", " ", ""),
    ("invisible", "全年\u200b开展调研5次，成效明显。", "\u200b", ""),
    ("unreadable", "全年开展\ufffd研5次，成效明显。", "\ufffd", None),
    ("wide-figure", "全年提交提案１９件，成效明显。", "１９", "19"),
    ("wide-figure", "办结率达到98％，成效明显。", "％", "%"),
    ("straight-quote", '认真履行"一岗双责"，坚持融合。', '"', "“"),
    ("straight-quote", '认真履行"一岗双责，坚持融合。', '"', None),
    ("unpaired-quote", "认真履行“一岗双责，坚持融合。", "“", None),
    ("unpaired-quote", "认真履行一岗双责”，坚持融合。", "”", None),
    ("unpaired-quote", "认真学习《章程，增强意识。", "《", None),
    ("unpaired-quote", "认真履行”一岗双责“，坚持融合。", "”", None),
    (
        "nested-quote",
        "他说：“要把“一岗双责”落到实处。”",
        "“一岗双责”",
        "‘一岗双责’",
    ),
    (
        "nested-title",
        "印发《关于落实《工作条例》的通知》。",
        "《工作条例》",
        "〈工作条例〉",
    ),
    ("outer-single-quote", "认真履行‘一岗双责’，坚持融合。", "‘一岗双责’", "“一岗双责”"),
    ("corner-quote", "认真履行「一岗双责」，坚持融合。", "「", "“"),
    ("angle-title", "认真学习<工作条例>，增强意识。", "<工作条例>", "《工作条例》"),
    ("angle-title", "认真学习<<工作条例>>，增强意识。", "<<工作条例>>", "《工作条例》"),
    ("ellipsis", "学校、医院、车站...处处可见。", "...", "……"),
    ("ellipsis", "学校、医院、车站…处处可见。", "…", "……"),
    ("ellipsis", "学校、医院、车站。。。处处可见。", "。。。", "……"),
    ("ellipsis", "学校、医院、车站………处处可见。", "………", "……"),
    ("ellipsis-and-so-on", "走访学校、医院、车站……等单位。", "……等", "等"),
    ("ellipsis-and-so-on", "走访学校、医院、车站等……", "等……", "等"),
    ("dash", "协商平台--村头的小院--办成了实事。", "--", "——"),
    ("dash", "协商平台－－村头的小院，办成了实事。", "－－", "——"),
    ("dash", "协商平台———村头的小院，办成了实事。", "———", "——"),
    ("middle-dot", "委员阿依古丽•买买提说，要办好实事。", "•", "·"),
    ("range-unit", "覆盖率提高4-6%，成效明显。", "4-6%", "4%—6%"),
    ("range-unit", "覆盖率提高4—6%，成效明显。", "4—6%", "4%—6%"),
    ("range-unit", "每户补助5-10万元，成效明显。", "5-10万", "5万—10万"),
    ("range-mark", "2021-2025年，共提交提案90件。", "2021-2025", "2021—2025"),
    ("range-mark", "每月协商3-5次，成效明显。", "3-5", "3—5"),
    ("magnitude", "修通水渠3千里，成效明显。", "3千", "3000"),
    ("magnitude", "惠及群众8百人，成效明显。", "8百", "800"),
    ("approximate-pair", "用了3、4个月，办成一件事。", "3、4", "三四"),
    ("approximate-pair", "用了三、四个月，办成一件事。", "三、四", "三四"),
    ("several", "走访了30几个村，办成一件事。", "30几", "三十几"),
    ("several", "走访了10几家企业，办成一件事。", "10几", "十几"),
    ("twice-about", "走访企业约50家左右，成效明显。", "约50家左右", None),
    ("twice-about", "走访群众近300余人，成效明显。", "近300余", None),
    ("twice-about", "筹集资金超过100万元以上，成效明显。", "超过100万元以上", None),
    ("grouping", "惠及群众12，500人，成效明显。", "12，500", "12500"),
    ("grouping", "办结率98．5%，成效明显。", "．", "."),
    ("percent-words", "办结率达到百分之98，成效明显。", "百分之98", "98%"),
    ("zero", "二○二五年，全年提交提案19件。", "二○二五", "二〇二五"),
    ("zero", "二零二五年，全年提交提案19件。", "二零二五", "二〇二五"),
    ("impossible-date", "2025年2月30日，召开协商会。", "2025年2月30日", None),
    ("impossible-date", "9月31日，召开协商会。", "9月31日", None),
    ("impossible-date", "2025年13月，召开协商会。", "2025年13月", None),
    ("document-number", "根据青政协发[2024]5号文件要求。", "[2024]5号", "〔2024〕5号"),
    ("document-number", "根据青政协发〔2024〕第05号文件要求。", "〔2024〕第05号", "〔2024〕5号"),
    ("session-figures", "市政协14届3次会议召开。", "14届3次", "十四届三次"),
    ("session-figures", "市政协十四届3次会议召开。", "十四届3次", "十四届三次"),
    ("session-figures", "政协第14届全国委员会第三次会议召开。", "14", "十四"),
    ("session-short", "市政协十四届第三次会议召开。", "十四届第三次", "十四届三次"),
    (
        "session-full",
        "政协青禾市十届委员会第三次会议召开。",
        "十届委员会第三次会议",
        "第十届委员会第三次会议",
    ),
    (
        "session-full",
        "政协青禾市第十届委员会三次会议召开。",
        "第十届委员会三次会议",
        "第十届委员会第三次会议",
    ),
    ("congress-figures", "深入学习党的20大精神。", "20", "二十"),
    ("congress-figures", "深入学习党的20届三中全会精神。", "20届三中全会", "二十届三中全会"),
    ("doubled-character", "严格落实实党建责任制。", "实实", "实"),
    ("doubled-character", "认真履行的的职责。", "的的", "的"),
    ("doubled-character", "扎实推进进各项工作。", "进进", "进"),
    ("doubled-character", "我们们坚持围绕中心。", "们们", "们"),
    ("doubled-character", "在在全市开展调研。", "在在", "在"),
    ("doubled-words", "进一步进一步提升履职能力。", "进一步进一步", "进一步"),
    ("doubled-words", "围绕中心中心服务大局。", "中心中心", "中心"),
    ("doubled-words", "推动高质量发展高质量发展的要求。", "高质量发展高质量发展", "高质量发展"),
    ("ends-with-pause", "全年开展调研5次，提交提案19件，", "提交提案19件，", None),
    ("no-end", "全年开展调研5次。下一步将继续推动各项工作落", "续推动各项工作落", None),
]
SEQUENCES = [
    ("numbering-skips", ["一、坚持学习。", "三、坚持服务。"], 1, "三、"),
    ("numbering-skips", ["（一）坚持学习。", "（二）坚持服务。", "（四）坚持创新。"], 2, "（四）"),
    ("numbering-skips", ["一是坚持学习；二是坚持服务；四是坚持创新。"], 0, "四是"),
    ("numbering-repeats", ["一、坚持学习。", "二、坚持服务。", "二、坚持创新。"], 2, "二、"),
    ("numbering-starts-late", ["二、坚持服务。", "三、坚持创新。"], 0, "二、"),
    ("numbering-mark", ["（一）、坚持服务。"], 0, "、"),
    ("numbering-mark", ["第一、坚持服务。"], 0, "、"),
    ("doubled-paragraph", ["全年开展专题学习三十余次，覆盖委员两百多人。"] * 2, 1, None),
    (
        "figure-contradiction",
        ["2025年，全市提交提案19件。", "回顾2025年，全市提交提案21件。"],
        1,
        "全市提交提案21件",
    ),
    (
        "figure-contradiction",
        ["2025年，全县新建养老服务站12个。总的看，2025年全县新建养老服务站15个。"],
        0,
        None,
    ),
]


def of_rule(document: TextDocument, rule: str) -> list[Finding]:
    return [f for f in proofread(document, Records(), TermList()) if f.rule == rule]


@pytest.mark.parametrize(("rule", "text", "excerpt", "suggestion"), FAULTS)
def test_a_fault_in_a_sentence_is_found(rule, text, excerpt, suggestion):
    found = of_rule(TextDocument.of(text), rule)
    assert (excerpt, suggestion) in [(f.excerpt, f.suggestion) for f in found]


@pytest.mark.parametrize(("rule", "texts", "place", "excerpt"), SEQUENCES)
def test_a_fault_between_paragraphs_is_found(rule, texts, place, excerpt):
    found = of_rule(TextDocument.of(*texts), rule)
    assert [f.paragraph for f in found] == [place]
    assert excerpt in {None, found[0].excerpt}


def test_a_title_with_a_full_stop_is_found():
    document = TextDocument((Paragraph("把协商桌搬到田埂上。", Kind.TITLE),))
    assert [f.excerpt for f in of_rule(document, "heading-stop")] == ["。"]


def test_every_rule_of_form_has_a_faulty_sentence():
    tested = {rule for rule, *_rest in [*FAULTS, *SEQUENCES]} | {
        "heading-stop",
        "term",
        "post-differs",
        "name-differs",
        "figure-contradiction-in-meeting",
    }
    assert tested == set(RULES)
