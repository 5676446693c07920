"""Words of rich text are found by passage and changed in place; the look of all else stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.richtext import anchor_paragraphs, from_paragraphs, sanitise
from speeches.textedits import Edit, edited, passages

BODY = anchor_paragraphs(
    sanitise(
        "<p>甲<strong>乙丙</strong>丁<br>戊</p>\n<h2>题</h2><ul><li>一<em>二</em></li><li>三<ul><li>四</li>"
        "</ul>五</li></ul><table><tbody><tr><td>格</td><td>&lt;子&gt;&amp;</td></tr></tbody></table>"
        "<blockquote><p>引</p></blockquote>"
    )
)


def test_passages_are_read_in_order_with_their_place():
    assert [(part.text, part.tag, part.anchor) for part in passages(BODY)] == [
        ("甲乙丙丁\n戊", "p", "p1"),
        ("题", "h2", "p2"),
        ("一二", "li", "li-1"),
        ("三", "li", "li-2"),
        ("四", "li", "li-3"),
        ("五", "li", "li-4"),
        ("格", "td", "td-1"),
        ("<子>&", "td", "td-2"),
        ("引", "p", "p3"),
    ]


@pytest.mark.parametrize(
    ("edit", "was", "now"),
    [
        (Edit(0, 0, 1, "天"), "甲<strong>", "天<strong>"),
        (Edit(0, 1, 3, "丙"), "<strong>乙丙</strong>", "<strong>丙</strong>"),
        (Edit(0, 2, 4, "地"), "乙丙</strong>丁", "乙地</strong>"),
        (Edit(0, 3, 6, "丁，\n戊"), "丁<br>", "丁，<br>"),
        (Edit(0, 3, 6, "丁戊"), "丁<br>戊", "丁戊"),
        (Edit(2, 0, 2, ""), "一<em>二</em>", "<em></em>"),
        (Edit(7, 0, 3, "<b>"), "&lt;子&gt;", "&lt;b&gt;"),
    ],
)
def test_an_edit_keeps_the_look(edit, was, now):
    assert was in BODY
    assert edited(BODY, [edit]) == BODY.replace(was, now, 1)


def test_several_edits_of_one_passage_do_not_disturb_each_other():
    edits = [Edit(0, 0, 1, "天地"), Edit(0, 5, 6, "")]
    assert passages(edited(BODY, edits))[0].text == "天地乙丙丁"


def test_text_without_edits_stays_as_it_is():
    assert edited(BODY, []) == BODY


def test_no_text_has_no_passage():
    assert passages("") == ()


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="甲乙，。 <&>\u00a0a1", min_size=1, max_size=12), max_size=5),
    st.data(),
)
def test_an_edit_changes_its_span_alone(texts, data):
    html = from_paragraphs(texts)
    before = [part.text for part in passages(html)]
    if not before:
        return
    place = data.draw(st.integers(0, len(before) - 1))
    start = data.draw(st.integers(0, len(before[place]) - 1))
    end = data.draw(st.integers(start + 1, len(before[place])))
    after = [part.text for part in passages(edited(html, [Edit(place, start, end, "丙")]))]
    changed = before[place][:start] + "丙" + before[place][end:]
    assert after == [*before[:place], changed.strip(), *before[place + 1 :]]
