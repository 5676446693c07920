"""Tagged PDFs: their tags give blocks and order, where they can be trusted."""

import zlib

import pytest
import typst

from speeches.parsing import UnreadableFile
from speeches.parsing.reading import pdf, pdf_streams
from tests.speeches.parsing.reading.test_pdf import fonts

TAGGED = """
#set page(width: 300pt, height: 300pt, margin: 30pt, columns: 2, footer: [— 1 —])
#set text(font: "Noto Serif SC", lang: "zh", size: 10pt)
#set par(justify: true)
#place(top, scope: "parent", float: true, heading(level: 1)[守护一江清水 夯实根基])
"""
PARAGRAPH = (
    "青禾市政协把协商桌搬到田埂上，委员走村入户听取意见一百余条，白鹭县湿地的水一年比一年清。"
)


def made(body):
    return typst.compile((TAGGED + body).encode(), font_paths=fonts())


def test_paragraphs_go_on_over_columns_and_pages_without_an_indent():
    source = pdf.read(made("\n\n".join([PARAGRAPH] * 20)))
    lines = source.text.split("\n")
    assert lines[0] == "守护一江清水 夯实根基"
    assert lines[1:] == [PARAGRAPH] * 20
    assert source.blocks[0].level == 1
    assert "— 1 —" in source.warnings[0].message


def test_tables_and_lists_are_read_by_rows_and_items():
    body = "#table(columns: 2, [年份], [提案], [2024], [236件])\n+ 抓源头\n+ 抓管护\n\n" + PARAGRAPH
    lines = pdf.read(made(body)).text.split("\n")
    assert lines[-5:-1] == ["年份\t提案", "2024\t236件", "1.抓源头", "2.抓管护"]


def test_a_page_that_would_blow_up_is_refused_before_it_is_opened(monkeypatch):
    stream = zlib.compress(b"0" * 200_000)
    data = b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream endobj"
    monkeypatch.setattr(pdf_streams, "MAX_STREAM", 100_000)
    with pytest.raises(UnreadableFile, match="解开后过大"):
        pdf.read(data)
    picture = data.replace(b"<<", b"<</Subtype/Image")
    assert not pdf_streams.blows_up(picture)
    assert not pdf_streams.blows_up(data.replace(stream, b"not packed"))
    monkeypatch.setattr(pdf_streams, "MAX_STREAM", 300_000)
    monkeypatch.setattr(pdf_streams, "MAX_STREAMS", 300_000)
    assert not pdf_streams.blows_up(data)
    assert pdf_streams.blows_up(data * 2)
