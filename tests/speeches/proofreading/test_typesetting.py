"""One-click typesetting sets the form, and touches no word."""

import pytest

from speeches.proofreading.documents import Kind, Paragraph, TextDocument
from speeches.proofreading.typesetting import typeset


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '会议强调:要履行"一岗双责",增长4-6%...',
            "会议强调：要履行“一岗双责”，增长4%—6%……",
        ),
        ("全年 提交提案 19 件，办结 率98％。", "全年提交提案19件，办结率98%。"),
        ("青禾市(不含郊区）办成--办好。", "青禾市（不含郊区）办成——办好。"),
        ("我们们认真履行的的职责。", "我们们认真履行的的职责。"),
        (
            "网址www.a.cn,时间10:30,数量1,200件。",
            "网址www.a.cn，时间10:30，数量1,200件。",
        ),
    ],
)
def test_the_form_is_set(before, after):
    assert typeset(TextDocument.of(before)) == TextDocument.of(after)


def test_the_blanks_of_titles_and_signatures_stay():
    document = TextDocument(
        (
            Paragraph("用心协商　办好民生", Kind.TITLE),
            Paragraph("白鹭县政协主席　江小舟", Kind.BYLINE),
        )
    )
    assert typeset(document) == document
