import csv
import io

import openpyxl
import pytest

from speeches.exporting import csv_file, xlsx
from speeches.exporting.sheets import safe
from tests.speeches.exporting.hostile import HOSTILE, hostile_digest
from tests.speeches.exporting.samples import digest, speech

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_row_a_speech_in_order():
    heading, *rows = rows_of(csv_file.render(digest()))
    assert heading[:6] == ["序号", "标题", "署名", "单位", "职务", "发言人"]
    assert [row[1] for row in rows] == [piece.title for piece in digest().speeches]
    text = rows[0][heading.index("正文")]
    assert text.split("\n") == [block.text for block in digest().speeches[0].blocks]


def test_a_row_a_figure_with_its_bounds():
    heading, *rows = rows_of(csv_file.render_figures(digest()))
    bounds = [heading.index(name) for name in ("原文", "下限", "上限", "计量单位")]
    assert [[row[n] for n in bounds] for row in rows][2] == [
        "帮扶资金400多万元",
        "4000000",
        "5000000",
        "元",
    ]


def test_the_workbook_has_both_tables_and_numbers_are_numbers():
    made = workbook(xlsx.render(digest()))
    assert made.sheetnames == ["发言", "数据"]
    speeches, figures = made.worksheets
    assert (speeches.max_row, figures.max_row) == (7, 5)
    assert speeches.freeze_panes == "A2"
    assert figures["H4"].value == 4_000_000


@pytest.mark.parametrize("sign", FORMULA_STARTS)
def test_no_text_is_a_formula(sign):
    assert safe(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    document = hostile_digest(text)
    (piece,) = document.speeches
    _heading, row = rows_of(csv_file.render(document))
    assert row[1] in {piece.title, f"'{piece.title}"}
    for sheet in workbook(xlsx.render(document)).worksheets:
        for cell in (cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value):
            assert cell.data_type in {"s", "n"}
            assert not str(cell.value).startswith(tuple(FORMULA_STARTS))


def test_equal_documents_give_equal_workbooks_that_tell_no_hour():
    first = xlsx.render(digest())
    assert xlsx.render(digest()) == first
    properties = workbook(first).properties
    for moment in (properties.created, properties.modified):
        assert moment.isoformat() == "2026-03-09T00:00:00"


def test_a_text_longer_than_a_cell_is_told():
    document = digest(speeches=(speech(1, f"<p>{'甲' * 40_000}</p>"),))
    assert workbook(xlsx.render(document)).worksheets[0]["J2"].value == "甲" * xlsx.LONGEST_CELL
    (notice,) = xlsx.EXPORTER.notices(document)
    assert document.speeches[0].title in notice
