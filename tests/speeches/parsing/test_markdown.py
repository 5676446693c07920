from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parsing import read_markdown

EXPORTED = """---
title: "青禾市政协会议"
kicker: "学习"
subtitle: "（发言摘登）"
---

学习

# 青禾市政协会议

（发言摘登）

2026年3月5日

> 编者按。

## 第一篇 \\*星\\*

*白鹭县政协主席　林清溪*

甲\\
乙<strong>丙</strong>\\<u\\>。

### 一、小标题

1. 条目

    续

<!-- -->

1. 另一条

> 引文

| 年\\|份 | 件 |
| --- | --- |
| 2025 |  |

![湖\\[景\\]](</media/a.png>)

## 亮点工作

| 工作 | 数据 |
| --- | --- |
| 协商 | 19件 |
"""


def test_an_exported_digest_is_read_by_its_marks():
    digest = read_markdown(EXPORTED)
    assert (digest.meeting, digest.kicker, digest.label) == (
        "青禾市政协会议",
        "学习",
        "（发言摘登）",
    )
    assert digest.editors_note == "编者按。"
    (speech,) = digest.speeches
    assert (speech.title, speech.byline) == ("第一篇 *星*", "白鹭县政协主席　林清溪")
    assert (speech.organization, speech.speakers) == ("白鹭县政协", ("林清溪",))
    assert speech.paragraphs == (
        "甲\n乙丙<u>。",
        "一、小标题",
        "条目",
        "续",
        "另一条",
        "引文",
        "年|份　件",
        "2025",
        "湖[景]",
    )
    assert digest.notes == ("2026年3月5日", "亮点工作", "工作　数据", "协商　19件")


def test_other_text_is_left_to_the_parser_of_texts():
    assert read_markdown("# 标题\n\n正文。") is None
    assert read_markdown("---\n分隔\n---\n正文。") is None


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_no_text_breaks_it(text):
    read_markdown(f'---\ntitle: "会"\n---\n\n# 会\n\n## {text}\n\n{text}\n')
