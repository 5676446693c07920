from html import escape

import pytest
from lxml import html

from speeches.exporting.wechat import EXPORTER, articles, render
from speeches.exporting.wechat_rules import broken_rules
from speeches.exporting.wechat_themes import THEMES
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech


def words(content: str) -> str:
    return "".join(html.fromstring(content).itertext())


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_keeps_the_rules_and_every_word(theme):
    document = digest(kicker="学习贯彻全省政协工作会议精神")
    (article,) = articles(document, theme)
    assert broken_rules(article) == ()
    told = words(article.content)
    for piece in document.speeches:
        assert all(block.text in told for block in piece.blocks)
        assert all(cell in told for block in piece.blocks for row in block.rows for cell in row)


def test_a_long_meeting_is_parted_between_speeches():
    document = digest(speeches=tuple(speech(1 + n % 6, id=n) for n in range(40)))
    made = articles(document)
    assert len(made) > 3
    assert [broken_rules(article) for article in made] == [()] * len(made)
    assert made[1].title.endswith(f"（2/{len(made)}）")
    headings = [html.fromstring(article.content).xpath("//h2/text()") for article in made]
    titles = [title.split() for part in headings for title in part]
    assert titles == [*(piece.title.split() for piece in document.speeches), ["亮点工作"]]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{'甲乙丙。' * 12_000}</p>",
        f"<p>{'&amp;' * 12_000}</p>",
        f"<ol>{'<li>条目</li>' * 3_000}</ol>",
        f"<ul><li>{'甲' * 40_000}</li></ul>",
        f"<table>{'<tr><td>2025</td><td>件</td></tr>' * 2_000}</table>",
        f"<table><tr><td>{'甲' * 40_000}</td></tr></table>",
        "<p>短。</p>" * 2_000,
    ],
)
def test_a_passage_that_no_part_can_hold_is_cut_without_loss(markup):
    document = digest(speeches=(speech(6, markup),), work_items=(), editors_note="")
    made = articles(document)
    assert len(made) > 1
    assert [broken_rules(article) for article in made] == [()] * len(made)
    told = "".join(words(article.content) for article in made)
    for character in "甲乙丙&条短":
        said = sum(block.text.count(character) for block in document.speeches[0].blocks)
        said += sum(
            cell.count(character)
            for block in document.speeches[0].blocks
            for row in block.rows
            for cell in row
        )
        assert told.count(character) == said


def test_what_goes_on_in_the_next_part_says_so():
    document = digest(speeches=(speech(6, "<p>短。</p>" * 2_000),), work_items=())
    second = html.fromstring(articles(document)[1].content)
    assert second.xpath("string(//h2)") == "让提案落地有声（续）"


def test_title_author_and_digest_are_cut_to_their_lengths():
    document = digest(title="会" * 60, host="办" * 40, editors_note="按" * 400)
    (article,) = articles(document)
    assert (len(article.title), len(article.author), len(article.digest)) == (32, 16, 128)
    assert article.title.endswith("…")


def test_deep_lists_stay_within_the_nesting_that_is_kept():
    markup = "<ul><li>甲" * 20 + "</li></ul>" * 20
    (article,) = articles(digest(speeches=(speech(6, markup),)))
    assert broken_rules(article) == ()
    assert words(article.content).count("甲") == 20


def test_pictures_are_named_and_told_to_staff():
    piece = speech(1, '<p>一</p><figure><img src="/media/a.png" alt="湖"></figure>')
    document = digest(speeches=(piece,))
    (article,) = articles(document)
    assert "<img" not in article.content
    assert "（图）湖" in words(article.content)
    assert len(EXPORTER.notices(document)) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    document = hostile_digest(text)
    (article,) = articles(document)
    assert broken_rules(article) == ()
    assert document.speeches[0].blocks[1].text in words(article.content)


def test_the_file_holds_each_article_with_what_is_filled_in_by_hand():
    document = digest(speeches=tuple(speech(1 + n % 6, id=n) for n in range(20)))
    root = html.fromstring(render(document).decode())
    made = articles(document)
    assert len(root.xpath("//article")) == len(made)
    for element, article in zip(root.xpath("//article"), made, strict=True):
        assert escape(article.title) in html.tostring(element, encoding="unicode")
        assert words(article.content) in "".join(element.itertext())


def test_a_meeting_without_words_is_an_article():
    bare = digest(speeches=(), work_items=(), subtitle="", editors_note="", start_date=None)
    assert [broken_rules(article) for article in articles(bare)] == [()]
