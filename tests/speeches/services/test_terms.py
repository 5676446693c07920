"""The term list as a workbook: out, in again, and row by row where something is wrong."""

import io

import pytest
from openpyxl import Workbook

from speeches.models import Term
from speeches.services.terms import TermWorkbook
from speeches.services.workbooks import export, read, take_in

pytestmark = pytest.mark.django_db

HEADINGS = [column.heading for column in TermWorkbook().columns()]


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def listed() -> Term:
    return Term.objects.create(wrong="其它", right="其他", note="指人指物均用“其他”")


def test_what_is_handed_out_changes_nothing_when_taken_in(listed, staff):
    Term.objects.create(wrong="=1+1", right="", severity="severe", is_active=False)
    data = export(book=TermWorkbook())
    result = take_in(book=TermWorkbook(), data=data, user=staff.manager)
    assert (result.created, result.updated, result.faulty, result.unchanged) == ((), (), (), 2)
    assert Term.history.count() == 2


def test_reading_stores_nothing(listed, staff):
    data = workbook(["法制", "法治"], ["其它", "其余"])
    result = read(book=TermWorkbook(), data=data, user=staff.manager)
    assert ([row.number for row in result.created], [row.number for row in result.updated]) == (
        [2],
        [3],
    )
    assert Term.objects.count() == 1


def test_new_terms_are_added_known_ones_changed_and_others_stay(listed, staff):
    Term.objects.create(wrong="部份", right="部分")
    take_in(
        book=TermWorkbook(), data=workbook(["法制", "法治"], ["其它", "其余"]), user=staff.manager
    )
    assert dict(Term.objects.values_list("wrong", "right")) == {
        "其它": "其余",
        "部份": "部分",
        "法制": "法治",
    }
    assert listed.history.first().history_user == staff.manager


def test_one_wrong_row_keeps_all_of_the_workbook_out(listed, staff):
    data = workbook(
        ["法制", "法治"],
        ["相同", "相同"],
        ["", "无"],
        ["长" * 61, "短"],
        ["乙", "甲", "没有这一类"],
        ["法制", "法治"],
    )
    result = take_in(book=TermWorkbook(), data=data, user=staff.manager)
    assert [row.number for row in result.faulty] == [3, 4, 5, 6, 7]
    assert all(row.problems for row in result.faulty)
    assert Term.objects.count() == 1


def test_choices_are_read_as_printed_or_by_value(staff):
    labels = TermWorkbook().columns()[3].choices
    data = workbook(
        ["甲", "乙", "laws", labels["severe"], "依据", ""], ["丙", "丁", "", "hint", "", "no"]
    )
    take_in(book=TermWorkbook(), data=data, user=staff.manager)
    rows = Term.objects.order_by("pk").values_list("category", "severity", "note", "is_active")
    assert list(rows) == [("laws", "severe", "依据", True), ("wording", "hint", "", False)]
