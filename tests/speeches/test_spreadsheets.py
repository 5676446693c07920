"""Workbooks of records: what is written is read back, and hostile files are refused."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from speeches.exceptions import SpreadsheetRefused
from speeches.spreadsheets import Column, read, write

COLUMNS = (
    Column("wrong", "不规范", required=True),
    Column("right", "规范"),
    Column("kind", "类别", {"a": "甲类", "b": "乙类"}, default="a"),
)


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_what_is_written_is_read_back():
    rows = [
        {"wrong": "其它", "right": "其他", "kind": "b"},
        {"wrong": "=1+1", "right": "@SUM(A1)", "kind": "a"},
        {"wrong": "-2", "right": "+3\t4", "kind": "a"},
    ]
    read_back = read(write("表", COLUMNS, rows), COLUMNS)
    assert [row.values for row in read_back] == rows
    assert [row.number for row in read_back] == [2, 3, 4]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_nothing_written_is_a_formula(formula):
    data = write("表", COLUMNS, [{"wrong": formula}])
    cell = load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", formula, True)


def test_columns_are_known_by_their_heading_in_any_order():
    data = workbook(
        ["备注", "规范", "不规范"], ["x", "其他", "其它"], [None, None, None], ["", "乙", "甲"]
    )
    assert [(row.number, row.values) for row in read(data, COLUMNS)] == [
        (2, {"wrong": "其它", "right": "其他"}),
        (4, {"wrong": "甲", "right": "乙"}),
    ]


def test_problems_name_the_row_and_the_column():
    data = workbook(["不规范", "类别"], ["", "甲类"], ["其它", "丙类"], [3.0, "b"])
    empty, unknown, good = read(data, COLUMNS)
    assert (empty.number, [column for column, _why in empty.problems]) == (2, ["不规范"])
    assert (unknown.number, [column for column, _why in unknown.problems]) == (3, ["类别"])
    assert (good.values["wrong"], good.values["kind"], good.problems) == ("3", "b", ())


@pytest.mark.parametrize(
    "data",
    [
        "不规范,规范\n其它,其他\n".encode("gbk"),
        "\ufeff不规范,规范\n".encode(),
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    ],
)
def test_csv_and_old_workbooks_are_told_what_to_do(data):
    with pytest.raises(SpreadsheetRefused, match="另存为"):
        read(data, COLUMNS)


def bomb() -> bytes:
    file = io.BytesIO(workbook(["不规范"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * (60 * 1024 * 1024))
    return file.getvalue()


def entities() -> bytes:
    file = io.BytesIO(workbook(["不规范"]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/evil.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"wrong;right",
        b"PK\x03\x04",
        bomb(),
        entities(),
        b"\0" * (2 * 1024 * 1024),
        workbook(["规范"], ["其他"]),
        workbook(["不规范"], *([str(number)] for number in range(10_001))),
    ],
    ids=["empty", "csv", "torn", "bomb", "entities", "large", "heading", "rows"],
)
def test_what_is_no_workbook_of_ours_is_refused(data):
    with pytest.raises(SpreadsheetRefused):
        read(data, COLUMNS)


def test_a_workbook_of_other_parts_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(SpreadsheetRefused):
        read(file.getvalue(), COLUMNS)
