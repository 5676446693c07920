"""A corrected text is taken into one that staff have worked on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches import richtext
from speeches.parsing.matching import Kind
from speeches.services.merging import Change, Comparison, Merge
from speeches.textblocks import plain_paragraphs


def changes(body: str, paragraphs: list[str]) -> list[Change]:
    return Comparison(body, paragraphs).changes


def merged(body: str, paragraphs: list[str], **options) -> Merge:
    return Comparison(body, paragraphs).merged(**options)


BODY = (
    '<p id="p1"><strong>开头</strong>不变，一段话。</p>'
    '<p id="p2">全年协商<strong>138场次</strong>，解决<em>实事</em>56件。</p>'
    '<p id="p5">结尾不变，一段话。</p>'
)
PARAGRAPHS = ["开头不变，一段话。", "全年协商138场次，解决实事56件。", "结尾不变，一段话。"]

WORDS = st.text(alphabet='协商为民建言资政，。<&>" ab1', min_size=1, max_size=25).filter(str.strip)
TEXTS = st.lists(WORDS, min_size=1, max_size=6)


def test_an_unchanged_text_comes_back_letter_by_letter():
    untidy = '<p id="p1">开头&nbsp;不变</p><p id="p7"><strong>结尾</strong></p>'
    assert merged(untidy, ["开头 不变", "结尾"]).body == untidy


def test_a_changed_paragraph_keeps_its_anchor_and_the_look_around_the_change():
    paragraphs = [PARAGRAPHS[0], "全年协商139场次，解决民生实事56件。", PARAGRAPHS[2]]
    assert (
        '<p id="p2">全年协商<strong>139场次</strong>，解决民生<em>实事</em>56件。</p>'
        in merged(BODY, paragraphs).body
    )
    assert '<p id="p1"><strong>开头</strong>不变' in merged(BODY, paragraphs).body


def test_a_new_paragraph_gets_an_anchor_that_was_never_used():
    result = merged(BODY, [*PARAGRAPHS, "补写的一段。"], last_anchor=8)
    assert result.body.endswith('<p id="p9">补写的一段。</p>')
    assert result.anchors == {0: "p1", 1: "p2", 2: "p5", 3: "p9"}


def test_a_removed_paragraph_goes_and_its_anchor_with_it():
    assert 'id="p2"' not in merged(BODY, [PARAGRAPHS[0], PARAGRAPHS[2]]).body


def test_a_moved_paragraph_takes_its_anchor_along():
    body = merged(BODY, [PARAGRAPHS[1], PARAGRAPHS[2], PARAGRAPHS[0]]).body
    assert richtext._ID.findall(body) == ["p2", "p5", "p1"]


def test_only_what_was_chosen_is_taken():
    paragraphs = ["新写的导语一段。", "开头改了，一段话。", PARAGRAPHS[2]]
    told = {change.kind: change.key for change in changes(BODY, paragraphs)}
    body = merged(BODY, paragraphs, taken={told[Kind.CHANGED]}).body
    assert plain_paragraphs(body) == ("开头改了，一段话。", PARAGRAPHS[1], PARAGRAPHS[2])


def test_a_moved_paragraph_that_is_not_taken_stays_where_it_stood():
    paragraphs = [PARAGRAPHS[1], PARAGRAPHS[2] + "改。", PARAGRAPHS[0]]
    keys = {c.key for c in changes(BODY, paragraphs) if c.kind is Kind.CHANGED}
    body = merged(BODY, paragraphs, taken=keys).body
    assert plain_paragraphs(body) == (PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2] + "改。")


class TestWhatStaffAdded:
    PICTURE = '<figure><img src="/media/a.jpg" alt="议事现场"></figure>'
    TABLE = "<table><tbody><tr><td>提案</td><td>19件</td></tr></tbody></table>"

    def test_a_picture_stays_after_its_paragraph(self):
        body = BODY.replace('<p id="p5">', self.PICTURE + '<p id="p5">')
        new = merged(body, [PARAGRAPHS[0], PARAGRAPHS[1], "结尾改了，一段话。"]).body
        assert new.index("56件") < new.index("/media/a.jpg") < new.index("结尾改了")

    def test_a_table_is_left_to_be_changed_by_hand(self):
        told = changes(self.TABLE, ["提案　20件"])
        assert [(change.kind, change.by_hand) for change in told] == [(Kind.CHANGED, True)]
        assert merged(self.TABLE, ["提案　20件"]).body == self.TABLE

    def test_a_list_stays_a_list_and_takes_new_items_in(self):
        body = "<ul><li>一是搭好议事平台。</li><li>二是办好民生实事。</li></ul>"
        new = merged(body, ["一是搭好议事平台。", "补充一句话。", "二是办好民生好事。"]).body
        assert new == (
            "<ul><li>一是搭好议事平台。</li><li>补充一句话。</li><li>二是办好民生好事。</li></ul>"
        )

    def test_a_link_stays_around_its_words(self):
        body = '<p id="p1">详见<a href="/x/">全文</a>，谢谢大家。</p>'
        assert '<a href="/x/"' in merged(body, ["详见全文，谢谢各位。"]).body


@given(TEXTS, TEXTS)
def test_taking_everything_gives_the_words_of_the_file(ours, theirs):
    result = merged(richtext.from_paragraphs(ours), theirs)
    assert [" ".join(text.split()) for text in plain_paragraphs(result.body)] == [
        " ".join(text.split()) for text in theirs
    ]
    assert all(change.kind is Kind.SAME for change in changes(result.body, theirs))


@given(TEXTS, TEXTS, st.data())
def test_whatever_is_chosen_no_anchor_is_given_twice_and_unchanged_ones_stay(ours, theirs, data):
    body = richtext.from_paragraphs(ours)
    told = changes(body, theirs)
    taken = data.draw(st.sets(st.sampled_from([change.key for change in told])))
    new = merged(body, theirs, taken=taken).body
    anchors = richtext._ID.findall(new)
    assert len(anchors) == len(set(anchors))
    assert {c.anchor for c in told if c.kind is Kind.SAME} <= set(anchors)


@pytest.mark.parametrize("body", ["", "没有段落的文字", "前<strong>重</strong>后<p>段落</p>尾"])
def test_any_stored_text_can_be_merged(body):
    assert plain_paragraphs(merged(body, ["全新的一段。"]).body) == ("全新的一段。",)
