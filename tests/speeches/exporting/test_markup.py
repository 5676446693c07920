from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from speeches.exporting.markup import Markup, aligned
from speeches.textblocks import Block, BlockKind, Run, blocks

RICH = (
    '<h2 id="p1">题</h2><p id="p2" class="text-right">甲<strong><em>乙</em></strong><br>丙</p>'
    "<ol><li>一</li><li>二<ul><li>内</li></ul></li></ol><blockquote>引</blockquote>"
    "<table><tr><th>年</th><th>件</th></tr><tr><td>2025</td></tr></table>"
    '<figure><img src="/media/a.png"><figcaption>湖</figcaption></figure>'
)


def test_each_kind_of_block_has_its_element():
    markup = Markup(attributes=aligned, anchors="s-", picture=lambda block: f"<b>{block.src}</b>")
    assert markup.of_blocks(blocks(RICH)).split("\n") == [
        '<h3 id="s-p1">题</h3>',
        '<p id="s-p2" class="right">甲<strong><em>乙</em></strong><br/>丙</p>',
        "<ol><li><p>一</p></li><li><p>二</p><ul><li><p>内</p></li></ul></li></ol>",
        "<blockquote><p>引</p></blockquote>",
        "<table><tr><th>年</th><th>件</th></tr><tr><td>2025</td><td></td></tr></table>",
        "<figure><b>/media/a.png</b><figcaption>湖</figcaption></figure>",
    ]


def test_roles_give_attributes_and_looks_may_be_spans():
    markup = Markup(attributes=lambda role: f' role="{role}"', spans=frozenset({"sup"}))
    quote = Block(BlockKind.QUOTE, (Run("10"), Run("4", superscript=True)))
    assert markup.of(quote) == (
        '<blockquote role="blockquote"><p role="blockquote p">10'
        '<span role="sup">4</span></p></blockquote>'
    )


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])))
def test_any_text_is_text(text):
    element = etree.fromstring(Markup().of(Block(BlockKind.PARAGRAPH, (Run(text),))))
    assert element.text == (text or None)
