import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from speeches.richtext import sanitise
from speeches.textblocks import Block, BlockKind, Run, blocks, plain_paragraphs, plain_text

PARAGRAPH, HEADING, LIST_ITEM, QUOTE, TABLE, IMAGE = BlockKind


def outline(html: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in blocks(html)]


def items(html: str) -> list[tuple[int, str, str]]:
    return [(block.level, block.marker, block.text) for block in blocks(html)]


@pytest.mark.parametrize("html", ["", " \n ", "<p></p>", "<p> <br> </p>", "<ul><li></li></ul>"])
def test_no_words_give_no_block(html):
    assert blocks(html) == ()


def test_a_paragraph_keeps_its_anchor_and_alignment():
    assert blocks('<p id="p3" class="text-right">甲</p>') == (
        Block(PARAGRAPH, (Run("甲"),), align="right", anchor="p3"),
    )


@pytest.mark.parametrize("level", [2, 3, 4])
def test_headings_keep_their_level(level):
    assert blocks(f'<h{level} id="p1">题</h{level}>') == (
        Block(HEADING, (Run("题"),), level=level, anchor="p1"),
    )


def test_looks_combine_and_neighbours_of_one_look_are_one_run():
    (block,) = blocks(
        "<p>甲<strong>乙<em>丙</em></strong><strong></strong><u>丁</u>"
        "<a href='/x'>戊</a>己<sup>2</sup><sub>3</sub></p>"
    )
    assert block.runs == (
        Run("甲"),
        Run("乙", bold=True),
        Run("丙", bold=True, italic=True),
        Run("丁", underline=True),
        Run("戊己"),
        Run("2", superscript=True),
        Run("3", subscript=True),
    )


def test_a_break_is_a_line_and_a_line_of_the_source_is_a_blank():
    assert plain_text("<p> 甲\n  乙 <br>\n 丙 <strong>丁</strong> </p>") == "甲 乙\n丙 丁"


def test_a_run_of_blanks_at_either_end_is_left_out():
    assert blocks("<p><strong> </strong><em> 甲 </em><strong> </strong></p>") == (
        Block(PARAGRAPH, (Run("甲", italic=True),)),
    )


def test_words_between_blocks_are_paragraphs_with_their_looks():
    assert outline("前<strong>粗</strong>后<p>甲</p>尾") == [
        (PARAGRAPH, "前粗后"),
        (PARAGRAPH, "甲"),
        (PARAGRAPH, "尾"),
    ]


def test_a_list_counts_its_items():
    assert items("<ol><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>") == [
        (1, "1.", "甲"),
        (1, "2.", "乙"),
        (1, "•", "丙"),
    ]


def test_a_list_inside_an_item_stands_where_it_is_printed():
    html = "<ol><li>甲<ul><li>子一</li><li>子二</li></ul>续</li><li>乙</li></ol>"
    assert items(html) == [
        (1, "1.", "甲"),
        (2, "•", "子一"),
        (2, "•", "子二"),
        (1, "", "续"),
        (1, "2.", "乙"),
    ]


def test_an_item_that_holds_only_a_list_leaves_its_marker_unprinted():
    assert items("<ol><li><ul><li>子</li></ul></li><li>乙</li></ol>") == [
        (2, "•", "子"),
        (1, "2.", "乙"),
    ]


def test_paragraphs_of_an_item_share_its_marker():
    html = '<ol><li><p id="p1">甲</p><p id="p2">乙</p></li></ol>'
    assert items(html) == [(1, "1.", "甲"), (1, "", "乙")]
    assert [block.anchor for block in blocks(html)] == ["p1", "p2"]


def test_whatever_stands_directly_in_a_list_is_kept():
    html = "<ul>散<ul><li>子</li></ul><li>甲</li><img src='/a.png'></ul>"
    assert [(block.kind, block.level, block.text) for block in blocks(html)] == [
        (LIST_ITEM, 1, "散"),
        (LIST_ITEM, 2, "子"),
        (LIST_ITEM, 1, "甲"),
        (IMAGE, 0, ""),
    ]


def test_a_table_gives_its_caption_and_its_rows():
    html = (
        "<table><caption>表一</caption><thead><tr><th>单位</th><th>件数</th></tr></thead>"
        "<tbody><tr><td>白鹭<br>县</td><td><p>19</p><p>件</p></td></tr></tbody></table>"
    )
    assert blocks(html) == (
        Block(PARAGRAPH, (Run("表一"),)),
        Block(TABLE, rows=(("单位", "件数"), ("白鹭 县", "19 件"))),
    )
    assert plain_paragraphs(html) == ("表一", "单位　件数", "白鹭 县　19 件")


def test_a_table_in_a_cell_is_told_once():
    html = "<table><tr><td>外<table><tr><td>内</td><td>里</td></tr></table></td></tr></table>"
    assert blocks(html) == (Block(TABLE, rows=(("外 内 里",),)),)


def test_a_table_of_a_caption_alone_gives_no_rows():
    assert outline("<table><caption>表一</caption></table>") == [(PARAGRAPH, "表一")]


def test_a_table_in_an_item_or_a_quotation_stays_a_table():
    table = "<table><tr><td>格</td></tr></table>"
    for html in (f"<ul><li>甲{table}</li></ul>", f"<blockquote>甲{table}</blockquote>"):
        assert blocks(html)[1] == Block(TABLE, rows=(("格",),))


def test_a_picture_in_a_cell_follows_the_table():
    html = "<table><tr><td>甲<img src='/a.png' alt='图'></td></tr></table>"
    assert blocks(html) == (
        Block(TABLE, rows=(("甲",),)),
        Block(IMAGE, (Run("图"),), src="/a.png"),
    )


def test_a_quotation_may_hold_words_or_paragraphs():
    assert outline("<blockquote>引<strong>文</strong></blockquote>") == [(QUOTE, "引文")]
    html = '<blockquote><p id="p1" class="text-center">甲</p>乙</blockquote>'
    assert blocks(html) == (
        Block(QUOTE, (Run("甲"),), align="center", anchor="p1"),
        Block(QUOTE, (Run("乙"),)),
    )


def test_a_list_in_a_quotation_keeps_its_markers():
    html = "<blockquote><ol><li>甲</li></ol></blockquote>"
    assert blocks(html) == (Block(LIST_ITEM, (Run("甲"),), level=1, marker="1."),)


def test_a_picture_follows_the_words_it_stands_in():
    html = '<p id="p1">前<img src="/a.png" alt="图">后</p><img src="/b.png">'
    assert blocks(html) == (
        Block(PARAGRAPH, (Run("前后"),), anchor="p1"),
        Block(IMAGE, (Run("图"),), src="/a.png"),
        Block(IMAGE, src="/b.png"),
    )


def test_a_picture_in_a_list_of_a_list_is_shown_once():
    html = "<ul><li>甲<ul><li>乙<img src='/a.png'></li></ul></li></ul>"
    assert [block.kind for block in blocks(html)] == [LIST_ITEM, LIST_ITEM, IMAGE]


def test_a_figure_is_its_picture_under_its_caption():
    html = "<figure><img src='/a.png' alt='替'><figcaption>说<em>明</em></figcaption></figure>"
    assert blocks(html) == (Block(IMAGE, (Run("说明"),), src="/a.png"),)


def test_the_caption_of_several_pictures_stands_with_the_last():
    html = "<figure><img src='/a.png' alt='替'><img src='/b.png'><figcaption>说明</figcaption>注"
    assert outline(html + "</figure>") == [(PARAGRAPH, "注"), (IMAGE, "替"), (IMAGE, "说明")]


def test_a_figure_without_a_picture_keeps_its_words():
    assert outline("<figure><figcaption>说明</figcaption></figure>") == [(PARAGRAPH, "说明")]
    assert outline("<figure><table><tr><td>格</td></tr></table></figure>") == [(TABLE, "")]


def test_a_figure_without_a_caption_keeps_the_alternative_text():
    assert outline("<figure><img src='/a.png' alt='替'></figure>") == [(IMAGE, "替")]


pieces = st.one_of(
    st.sampled_from(
        "<p> <p> </p> <h2> </h2> <ul> <ol> <li> </li> </ul> <table> <tr> <td> </td> </table> "
        "<caption> <blockquote> </blockquote> <figure> <figcaption> </figure> <strong> </strong> "
        "<em> <a> <br> <img> <section> <form>".split()
    ),
    st.text("甲乙丙丁戊 \n<&", min_size=1, max_size=4),
)


@given(st.lists(pieces, max_size=20).map("".join).map(sanitise))
@hypothesis_settings(max_examples=400, deadline=None)
def test_no_character_is_lost_or_invented(html):
    whole = lxml_html.fragment_fromstring(html, create_parent="div").text_content()
    told = plain_text(html)
    assert sorted(re.sub(r"\s", "", told)) == sorted(re.sub(r"\s", "", whole))


@given(st.lists(pieces, max_size=20).map("".join).map(sanitise))
@hypothesis_settings(max_examples=200, deadline=None)
def test_every_block_has_words_rows_or_a_picture(html):
    for block in blocks(html):
        assert block.text.strip() or block.rows or block.kind is IMAGE
        assert all(run.text for run in block.runs)
