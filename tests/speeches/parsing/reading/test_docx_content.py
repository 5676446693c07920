"""What stands in a Word document beside plain paragraphs."""

import io
import struct
import zipfile
import zlib

import docx as python_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from speeches.parsing import parse_digest, read_file
from speeches.parsing.documents import BlockRole
from speeches.parsing.reading import docx
from tests.speeches.parsing.reading.test_docx import W, codes, p, package

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def saved(document):
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def png():
    def chunk(kind, content):
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\1\2\0\3\4")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_headings_of_different_styles_are_parted_and_told():
    document = python_docx.Document()
    document.add_heading("青禾市政协经验交流会", 1)
    title = document.add_paragraph()
    title.add_run("守护一江清水").bold = True
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("青禾市政协主席　林清溪").alignment = WD_ALIGN_PARAGRAPH.CENTER
    text = document.add_paragraph()
    text.add_run("一、抓源头。").bold = True
    text.add_run("关停企业12家。")
    source = docx.read(saved(document))
    assert source.text.split("\n") == [
        "青禾市政协经验交流会",
        "",
        "守护一江清水",
        "",
        "青禾市政协主席　林清溪",
        "一、抓源头。关停企业12家。",
    ]
    heading, bold, centred, lead = source.blocks
    assert (heading.role, heading.level) == (BlockRole.HEADING, 1)
    assert (bold.bold, bold.centred) == (True, True)
    assert source.text[centred.start : centred.end] == "青禾市政协主席　林清溪"
    assert (lead.bold, lead.lead) == (False, 6)
    assert parse_digest(source.text).meeting == "青禾市政协经验交流会"


def test_a_picture_is_kept_with_its_place():
    document = python_docx.Document()
    document.add_paragraph("甲")
    document.add_picture(io.BytesIO(png()))
    document.add_paragraph("乙")
    source = read_file(saved(document))
    (picture,) = source.pictures
    assert (picture.media_type, picture.content) == ("image/png", png())
    assert source.text[picture.offset :].strip() == "乙"
    assert codes(source) == ["pictures-kept"]


def test_a_table_of_contents_made_by_a_field_is_left_out():
    body = (
        f"<w:p>{FIELD.format('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
        f"{FIELD.format('separate')}<w:r><w:t>目录行</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>又一行</w:t></w:r>{FIELD.format('end')}</w:p>"
        f"<w:p>{FIELD.format('begin')}<w:r><w:instrText>DATE</w:instrText></w:r>"
        f"{FIELD.format('separate')}<w:r><w:t>9月16日</w:t></w:r>{FIELD.format('end')}</w:p>"
    )
    source = docx.read(package(body))
    assert source.text == "9月16日"
    assert codes(source) == ["contents-left-out"]


def test_a_deleted_paragraph_end_joins_two_and_a_deleted_row_goes():
    body = (
        p("前半", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>")
        + p("后半")
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('删')}</w:tc></w:tr></w:tbl>"
    )
    assert docx.read(package(body)).text == "前半后半"


def test_notes_headers_comments_and_hidden_text_are_told():
    notes = f"<w:footnotes {W}><w:footnote>{p('数据来自年鉴')}</w:footnote></w:footnotes>"
    header = f"<w:hdr {W}>{p('青禾政协简报')}</w:hdr>"
    body = (
        '<w:p><w:r><w:t>正\u00ad文</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:commentReference/></w:r>"
        '<w:r><w:sym w:char="2460"/><w:sym w:char="F0A7"/><w:sym w:char="?"/>'
        "<w:softHyphen/></w:r></w:p>"
    )
    source = docx.read(package(body, footnotes=notes, header1=header))
    assert source.text == "正文①"
    told = {warning.code: warning.message for warning in source.warnings}
    assert "数据来自年鉴" in told["notes-left-out"]
    assert "青禾政协简报" in told["page-furniture"]
    assert {"comments-left-out", "hidden-left-out", "symbols-left-out"} <= set(told)


def test_the_strict_form_is_read_like_the_other():
    body = p("正文")
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as file:
        text = f"<w:document {W}><w:body>{body}</w:body></w:document>"
        file.writestr("word/document.xml", text.replace(transitional, strict))
    assert docx.read(stored.getvalue()).text == "正文"


def test_rows_of_a_table_stay_rows_of_a_speech():
    document = python_docx.Document()
    for text in ("让老街活起来", "鹤湾区政协主席　江照野", "鹤湾区把老街改造作为民生实事。"):
        document.add_paragraph(text)
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("年份", "提案"), ("2024", "236件")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    (speech,) = parse_digest(docx.read(saved(document)).text).speeches
    assert speech.paragraphs == ("鹤湾区把老街改造作为民生实事。", "年份\t提案", "2024\t236件")
