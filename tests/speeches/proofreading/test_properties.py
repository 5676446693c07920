"""What holds of any text: no crash, places inside it, suggestions that change only their span."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.proofreading.corrections import corrected
from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.findings import Severity
from speeches.proofreading.records import Person, Post, Records
from speeches.proofreading.runner import RULES, proofread
from speeches.proofreading.terms import Term, TermList
from speeches.proofreading.typesetting import SET_BY_MACHINE, typeset

RECORDS = Records([Person("林清溪", (Post(("白鹭县政协",), ("主席",)),))])
TERMS = TermList([Term("其它", "其他"), Term("提案", "", severity=Severity.SEVERE)])
PIECES = st.sampled_from(
    '一、 二、 （一） 1. 第一， 一是 “ ” ‘ ’ 《 》 〈 〉 （ ） ( ) " '
    "， 。 、 ； ： , . : … ... —— -- — ～ - "
    "% 万 亿 十 百 千 几 约 余 左右 2025年 2月30日 4 6 12 第 届 次会议 政协 委员会 党的 大 中全会 "
    "我们 我们们 的 的的 工作 进一步 白鹭县政协主席 "
    "林清溪 林青溪 其它 提案 19件 全市 ·  • <文件> 「 」 ９ "
    "\u200b \u3000 \ufffd 等 …… 百分之 发〔2024〕5号 [2024]05号 二○二五年 ？ ！ \n a B".split(" ")
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=30).map("".join))
DOCUMENTS = st.lists(st.builds(Paragraph, text=TEXTS, kind=st.sampled_from(Kind)), max_size=4).map(
    lambda paragraphs: TextDocument(tuple(paragraphs))
)


@settings(deadline=None, max_examples=300)
@given(DOCUMENTS)
def test_findings_lie_in_the_text_and_never_overlap(document):
    findings = proofread(document, RECORDS, TERMS)
    for finding in findings:
        text = document.paragraphs[finding.paragraph].text
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.excerpt == text[finding.start : finding.end]
        assert finding.suggestion != finding.excerpt
        assert finding.rule in RULES
        assert finding.message % dict(finding.params)
    for one, following in pairwise(findings):
        assert one.paragraph <= following.paragraph
        assert one.paragraph < following.paragraph or one.end <= following.start
    assert proofread(document, RECORDS, TERMS) == findings


@settings(deadline=None, max_examples=150)
@given(DOCUMENTS)
def test_a_suggestion_changes_only_its_span(document):
    for finding in proofread(document, RECORDS, TERMS):
        after = corrected(document, [finding])
        before_text = document.paragraphs[finding.paragraph].text
        after_text = after.paragraphs[finding.paragraph].text
        kept = finding.excerpt if finding.suggestion is None else finding.suggestion
        assert after_text == before_text[: finding.start] + kept + before_text[finding.end :]
        others = set(range(len(document.paragraphs))) - {finding.paragraph}
        assert all(after.paragraphs[at] == document.paragraphs[at] for at in others)


@settings(deadline=None, max_examples=200)
@given(DOCUMENTS)
def test_typesetting_twice_changes_nothing_more(document):
    once = typeset(document)
    assert typeset(once) == once
    left = proofread(once, Records(), TermList())
    assert not [f for f in left if f.rule in SET_BY_MACHINE and f.suggestion is not None]


def test_the_rules_of_typesetting_exist():
    assert set(RULES) >= SET_BY_MACHINE
