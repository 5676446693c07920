import io
import zipfile
from xml.sax.saxutils import escape

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parsing import UnreadableFile, read_file
from speeches.parsing.reading import docx
from speeches.parsing.reading.docx_formats import FORMATS, chinese
from speeches.parsing.reading.docx_package import MAX_XML

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="（%1.%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


def package(body, **parts):
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", content)
    return stored.getvalue()


def p(text, properties=""):
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def codes(source):
    return [warning.code for warning in source.warnings]


def test_a_document_by_another_writer_is_read_in_order():
    document = python_docx.Document()
    document.add_paragraph("守护一江清水")
    signed = document.add_paragraph("青禾市政协主席")
    signed.add_run("\t林清溪")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "提案", "19件"
    document.add_paragraph("正文")
    stored = io.BytesIO()
    document.save(stored)
    source = docx.read(stored.getvalue())
    assert source.text == "守护一江清水\n青禾市政协主席　林清溪\n提案\t19件\n正文"
    assert source.kind == "docx"


def test_breaks_that_shape_a_centred_title_join_and_others_stay():
    document = python_docx.Document()
    title = document.add_paragraph("青禾市政协工作\n经验交流会\n（2025年9月16日）")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("甲\n乙")
    stored = io.BytesIO()
    document.save(stored)
    lines = ["青禾市政协工作经验交流会", "（2025年9月16日）", "甲", "乙"]
    assert docx.read(stored.getvalue()).text.split("\n") == lines


def test_list_numbers_are_printed_as_word_counts_them():
    def item(text, depth):
        return p(
            text,
            f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr></w:pPr>',
        )

    body = item("甲", 0) + item("乙", 1) + item("丙", 1) + item("丁", 0) + item("戊", 1)
    source = docx.read(package(body, numbering=NUMBERING))
    assert source.text.split("\n") == ["一、甲", "（一.1）乙", "（一.2）丙", "二、丁", "（二.1）戊"]


@pytest.mark.parametrize(
    ("count", "printed"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (35, "三十五"),
        (100, "一百"),
        (103, "一百零三"),
        (110, "一百一十"),
        (115, "一百一十五"),
    ],
)
def test_chinese_counting(count, printed):
    assert chinese(count) == printed


@pytest.mark.parametrize(
    ("name", "count", "printed"),
    [
        ("decimalEnclosedCircle", 3, "③"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 14, "xiv"),
        ("decimalZero", 7, "07"),
        ("ideographTraditional", 2, "乙"),
    ],
)
def test_other_ways_of_counting(name, count, printed):
    assert FORMATS[name](count) == printed


def test_changes_are_accepted_and_told():
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>丙</w:t></w:r></w:ins></w:p>"
    )
    source = docx.read(package(body))
    assert source.text == "甲丙"
    assert codes(source) == ["changes-accepted"]


def test_pictures_notes_and_contents_are_told():
    toc = '<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
    body = (
        p("目录行……1", toc)
        + '<w:p><w:r><w:drawing/></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
        + p("正文")
    )
    source = docx.read(package(body))
    assert source.text == "\n正文"
    assert set(codes(source)) == {"pictures-left-out", "notes-left-out", "contents-left-out"}


def test_a_text_box_is_read_once():
    box = (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing><w:txbxContent>{p('框内')}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    source = docx.read(package(f"<w:p><w:r><w:t>框外</w:t>{box}</w:r></w:p>"))
    assert source.text == "框外\n框内"


def test_a_page_laid_out_in_one_table_is_read_by_paragraphs():
    cell = f"<w:tc>{p('甲')}{p('乙')}</w:tc>"
    source = docx.read(package(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    assert source.text == "甲\n乙"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["C", "Z"], include_characters="　 "), min_size=1),
        min_size=1,
        max_size=8,
    )
)
def test_no_character_is_lost_or_invented(paragraphs):
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    assert docx.read(package(body)).text.split("\n") == paragraphs


def test_a_zip_bomb_is_refused():
    bomb = package("", bomb=b"0" * (MAX_XML * 4 + 1))
    with pytest.raises(UnreadableFile, match="过大"):
        docx.read(bomb)


def test_a_large_part_is_refused():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (MAX_XML + 1))
    with pytest.raises(UnreadableFile, match="过大"):
        docx.read(stored.getvalue())


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY x "ha">']
)
def test_a_document_type_is_refused(entity):
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as file:
        file.writestr(
            "word/document.xml",
            f"<!DOCTYPE w [{entity}]><w:document {W}><w:body>{p('&x;')}</w:body></w:document>",
        )
    with pytest.raises(UnreadableFile, match="DTD"):
        docx.read(stored.getvalue())


def test_a_truncated_or_broken_document_is_refused():
    whole = package(p("正文" * 500))
    for data in (whole[: len(whole) // 2], whole.replace(b"word/document", b"word/dokument")):
        with pytest.raises(UnreadableFile, match="损坏"):
            docx.read(data)


def test_a_document_without_text_is_refused():
    with pytest.raises(UnreadableFile, match="没有文字"):
        read_file(package("<w:p/>"))
