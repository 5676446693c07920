import html
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from speeches.exporting.characters import printable
from speeches.exporting.document import DigestDocument, DigestSpeech
from speeches.exporting.markdown import render
from speeches.exporting.wording import printed_byline
from speeches.parsing import read_markdown
from speeches.services.imports import read_digest
from speeches.textblocks import BlockKind
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech, work_item

SPECIAL = "\\`*_{}[]()<>#|~&!-+=.:;\"'/@$%^0129aA 　\t\n甲，。“”"
TEXT = st.text(st.one_of(st.sampled_from(SPECIAL), st.characters()), min_size=1, max_size=40)
LOOKALIKES = (
    "# 不是标题",
    "1. 不是列表",
    "2) 也不是",
    "- 也不是",
    "+ 也不是",
    "> 不是引文",
    "---",
    "===",
    "* * *",
    "```不是代码",
    "~~~不是代码",
    "    不是代码",
    "[不是](链接) ![不是](图)",
    "<script>alert(1)</script>",
    "&amp; &#35; &nbsp;",
    "a_b_c *d* **e** `f` ~~g~~ \\h",
    "| 不是 | 表 |\n| --- | --- |",
    "[1]: /不是引用",
    "上一行\n===",
    "上一行\n- 下一行",
    "末尾\\",
)


def tokens_of(source: str) -> list[Token]:
    """Parse Markdown; the front matter must be the first thing in it."""
    assert source.startswith("---\n")
    _front, body = source[4:].split("\n---\n", 1)
    return MarkdownIt("commonmark").enable("table").parse(body)


def words_of(inline: Token) -> str:
    """What a reader sees of a line of text; raw HTML shows nothing."""
    signs = {"softbreak": "\n", "hardbreak": "\n", "html_inline": ""}
    return "".join(signs.get(t.type, t.content) for t in inline.children or ())


def inlines(tokens: Iterable[Token], opening: str) -> Iterator[str]:
    """The words of each element of one kind: ``paragraph_open``, ``td_open``, …"""
    before = None
    for token in tokens:
        if token.type == "inline" and before == opening:
            yield words_of(token)
        before = token.type


def read_back(document: DigestDocument) -> list[Token]:
    return tokens_of(render(document).decode())


def lines_of(text: str) -> str:
    """``text`` without the blanks at the ends of its lines, which Markdown does not keep."""
    return "\n".join(line.strip(" ") for line in text.strip("\n ").split("\n"))


def texts_of(document: DigestDocument) -> list[str]:
    """What the paragraphs of the first speech are to say."""
    texts = (lines_of(block.text) for block in document.speeches[0].blocks)
    return [text for text in texts if text]


def one_speech(markup: str, **fields: object) -> DigestDocument:
    pieces = (speech(6, markup, **fields),)
    return digest(speeches=pieces, work_items=(), editors_note="", subtitle="", place="")


def paragraphs_of(document: DigestDocument) -> list[str]:
    """The paragraphs below the signature of the only speech."""
    tokens = read_back(document)
    places = [n for n, token in enumerate(tokens) if token.type == "heading_close"]
    _byline, *paragraphs = inlines(tokens[places[1] :], "paragraph_open")
    return [lines_of(text) for text in paragraphs]


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_any_paragraph_reads_back_as_itself(text: str) -> None:
    document, _notices = printable(
        one_speech(f"<p>{html.escape(text).replace(chr(10), '<br>')}</p>")
    )
    assert paragraphs_of(document) == texts_of(document)


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_any_emphasis_reads_back_as_itself(before: str, inside: str, after: str) -> None:
    one, two, three = (html.escape(" ".join(text.split("\n"))) for text in (before, inside, after))
    markup = f"<p>{one}<strong><em>{two}</em></strong>{three}</p>"
    document, _notices = printable(one_speech(markup))
    assert paragraphs_of(document) == texts_of(document)


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_any_title_signature_and_cell_reads_back_as_itself(text: str) -> None:
    document = digest(
        title=text,
        subtitle="",
        speeches=(speech(1, "", title=text, byline=text),),
        work_items=(work_item(title=text, organization=text, figures=()),),
    )
    document, _notices = printable(document)
    tokens = read_back(document)
    words = " ".join(document.title.split())
    if not words:
        return
    titles = list(inlines(tokens, "heading_open"))
    assert [" ".join(title.split()) for title in titles] == [words, words, "亮点工作"]
    cells = [" ".join(cell.split()) for cell in inlines(tokens, "td_open")]
    assert cells == [words, words, ""]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_looks_like_markdown_is_text(text: str) -> None:
    markup = html.escape(text).replace("\n", "<br>")
    document = one_speech(f"<p>{markup}</p>", title=text, byline=text)
    assert paragraphs_of(document) == [document.speeches[0].blocks[0].text]
    kinds = {token.type for token in read_back(document)}
    assert kinds == {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline")
    }


def test_looks_are_kept_even_where_markdown_knows_none() -> None:
    markup = (
        "<p><strong>“党的领导”</strong>是<em>根本</em>，10<sup>4</sup>，CO<sub>2</sub><u>！</u></p>"
    )
    source = render(one_speech(markup)).decode()
    assert (
        "<strong>“党的领导”</strong>是<em>根本</em>，10<sup>4</sup>，CO<sub>2</sub><u>！</u>"
        in source.replace("\\", "").splitlines()
    )


def test_lists_keep_their_nesting_and_their_numbers() -> None:
    markup = (
        "<ol><li>一</li><li>二<ul><li>内<ul><li>更内</li></ul></li></ul><p>续</p></li></ol>"
        "<ol><li>另一</li></ol>"
    )
    tokens = read_back(one_speech(markup))
    items = [(t.level, t.info) for t in tokens if t.type == "list_item_open"]
    assert items == [(1, "1"), (1, "2"), (3, ""), (5, ""), (1, "1")]
    *_byline, one, two, inner, innermost, more, other = inlines(tokens, "paragraph_open")
    assert (one, two, inner, innermost, more, other) == ("一", "二", "内", "更内", "续", "另一")
    (level,) = {t.level for t in tokens if t.type == "inline" and t.content == "续"}
    assert level == 3


def test_a_deep_list_without_its_outer_one_is_no_code() -> None:
    tokens = read_back(one_speech("<ul><ul><ul><li>深处</li></ul></ul></ul>"))
    assert "code_block" not in {token.type for token in tokens}
    assert "list_item_open" in {token.type for token in tokens}


def test_tables_pictures_quotes_and_headings_are_markdowns_own() -> None:
    markup = (
        "<h2>成<br>效</h2><blockquote>重在<br>持久</blockquote>"
        "<table><tr><th>年|份</th><th>件</th></tr><tr><td>2025</td></tr></table>"
        '<img src="/media/a &gt;b.png" alt="湖[景]">'
    )
    tokens = read_back(one_speech(markup))
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", "h2", "h3"]
    assert list(inlines(tokens, "heading_open"))[-1] == "成 效"
    quote = next(n for n, token in enumerate(tokens) if token.type == "blockquote_open")
    assert words_of(tokens[quote + 2]) == "重在\n持久"
    assert list(inlines(tokens, "th_open")) == ["年|份", "件"]
    assert list(inlines(tokens, "td_open")) == ["2025", ""]
    (picture,) = (c for t in tokens for c in t.children or () if c.type == "image")
    assert picture.content.replace("\\", "") == "湖[景]"
    assert picture.attrs["src"] == "/media/a%20%3Eb.png"


def test_the_whole_digest_reads_back_in_order() -> None:
    document = digest()
    tokens = read_back(document)
    titles = list(inlines(tokens, "heading_open"))
    assert titles[0] == document.title
    pieces = [piece.title for piece in document.speeches]
    assert [title for title in titles if title in pieces] == pieces
    told = [words for kind in ("paragraph_open", "td_open") for words in inlines(tokens, kind)]
    for piece in document.speeches:
        assert printed_byline(piece) in told
        kept = (block for block in piece.blocks if block.kind is BlockKind.PARAGRAPH)
        assert all(block.text in told for block in kept)
    assert "提交提案19件；乡镇（街道）76个；帮扶资金400多万元（累计）" in told


def test_the_front_matter_is_quoted() -> None:
    title = '引号"、冒号: 与\\反斜杠'
    lines = render(digest(title=title, place="")).decode().split("---")[1].splitlines()
    assert 'title: "引号\\"、冒号: 与\\\\反斜杠"' in lines
    assert 'date: "2026-03-05"' in lines
    assert not any(line.startswith("place") for line in lines)


def test_each_paragraph_of_the_note_is_a_quotation() -> None:
    tokens = read_back(digest(editors_note="第一段。\n\n- 第二段。", speeches=()))
    quotes = [n for n, token in enumerate(tokens) if token.type == "blockquote_open"]
    assert [words_of(tokens[n + 2]) for n in quotes] == ["第一段。", "- 第二段。"]


def test_a_digest_without_dates_or_signatures_is_markdown() -> None:
    bare = speech(1, "", byline="", organization="", posts=(), speakers=())
    document = digest(speeches=(bare,), start_date=None, end_date=None, work_items=())
    tokens = read_back(document)
    assert list(inlines(tokens, "heading_open"))[-1] == bare.title
    assert tokens[-1].type == "heading_close"


def paragraphs_to_read(piece: DigestSpeech) -> list[str]:
    """What our importer is to find: a row of a table is a paragraph."""
    texts = (
        text
        for block in piece.blocks
        for text in (map("　".join, block.rows) if block.kind is BlockKind.TABLE else [block.text])
    )
    return [text for text in map(lines_of, texts) if text]


def test_our_importer_reads_the_digest_back_as_it_was() -> None:
    document = digest()
    back = read_digest(data=render(document), filename="摘编.md").digest
    assert (back.meeting, back.label) == (document.title, document.subtitle)
    assert back.editors_note == document.editors_note
    for piece, read in zip(document.speeches, back.speeches, strict=True):
        assert (read.title, read.byline) == (piece.title, printed_byline(piece))
        assert list(read.paragraphs) == paragraphs_to_read(piece)


@pytest.mark.parametrize("text", HOSTILE)
def test_our_importer_reads_hostile_text_back(text: str) -> None:
    document = hostile_digest(text)
    back = read_markdown(render(document).decode())
    assert back is not None
    (read,), (piece,) = back.speeches, document.speeches
    assert (read.title, read.byline) == (piece.title, piece.byline)
    assert list(read.paragraphs) == paragraphs_to_read(piece)


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_our_importer_reads_any_paragraph_back(text: str) -> None:
    markup = f"<p>首段。</p><p>{html.escape(text).replace(chr(10), '<br>')}</p>"
    document, _notices = printable(one_speech(markup))
    back = read_markdown(render(document).decode())
    assert back is not None
    assert [lines_of(text) for text in back.speeches[0].paragraphs] == texts_of(document)
