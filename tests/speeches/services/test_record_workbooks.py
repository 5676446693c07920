"""Bodies, people and posts as workbooks: out, in again, and what a wrong row says."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.models import Appointment, Organization, Region, Speaker
from speeches.services.record_workbooks import (
    AppointmentWorkbook,
    OrganizationWorkbook,
    SpeakerWorkbook,
)
from speeches.services.workbooks import export, read, take_in
from speeches.spreadsheets import write

KINDS = [OrganizationWorkbook, SpeakerWorkbook, AppointmentWorkbook]


def sheet(kind, *rows: dict[str, str], columns=()) -> bytes:
    """A workbook of ``rows``, with all columns or those named."""
    chosen = [column for column in kind().columns() if not columns or column.name in columns]
    return write("表", chosen, rows)


@pytest.fixture
def records(db) -> Organization:
    """A body, its parent, a person, and a post."""
    region = Region.objects.create(code="530100", name="青禾市")
    above = Organization.objects.create(name="云岭省政协", kind="committee", level="provincial")
    body = Organization.objects.create(name="青禾市政协", parent=above, region=region)
    for name in ("市政协", "青禾政协"):
        body.aliases.create(name=name)
    person = Speaker.objects.create(name="林清溪", note="=1+1", biography="曾在白鹭县工作。")
    person.variants.create(name="林 清 溪")
    Appointment.objects.create(
        speaker=person, organization=body, post_title="主席", start_date=date(2022, 1, 8)
    )
    return body


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_handed_out_changes_nothing_when_taken_in(kind, records, staff):
    result = take_in(book=kind(), data=export(book=kind()), user=staff.editor)
    assert (result.faulty, result.created, result.updated) == ((), (), ())
    assert result.unchanged == kind.model.objects.count()


def test_bodies_come_in_with_parents_that_come_later(records, staff):
    data = sheet(
        OrganizationWorkbook,
        {"name": "白鹭县政协办公室", "parent": "白鹭县政协"},
        {"name": "白鹭县政协", "parent": "青禾市政协", "aliases": "县政协，白鹭政协"},
        {"name": "青禾市政协", "parent": "云岭省政协", "aliases": "青禾政协、市政协委员会"},
    )
    result = take_in(book=OrganizationWorkbook(), data=data, user=staff.manager)
    assert [row.number for row in result.created] == [2, 3]
    (changed,) = result.updated
    assert set(changed.changed) == {"别名", "行政区划"}
    office = Organization.objects.get(name="白鹭县政协办公室")
    assert [body.name for body in office.ancestors()] == ["白鹭县政协", "青禾市政协", "云岭省政协"]
    assert {alias.name for alias in records.aliases.all()} == {"青禾政协", "市政协委员会"}
    assert records.history.first().history_user == staff.manager


def test_columns_that_a_workbook_lacks_stay_as_they_are(records, staff):
    data = sheet(
        SpeakerWorkbook,
        {"name": "林清溪", "note": "=1+1", "biography": "现任主席。"},
        columns=("name", "note", "biography"),
    )
    take_in(book=SpeakerWorkbook(), data=data, user=staff.manager)
    person = Speaker.objects.get()
    assert person.biography == "现任主席。"
    assert [variant.name for variant in person.variants.all()] == ["林 清 溪"]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2025/1/8", "2025-01-08"),
        ("2025年1月8日", "2025-01-08"),
        ("2025-01-08 00:00:00", "2025-01-08"),
    ],
)
def test_days_are_read_as_offices_write_them(printed, day, records, staff):
    row = {"speaker": "林清溪", "note": "=1+1", "organization": "云岭省政协", "post_title": "委员"}
    data = sheet(AppointmentWorkbook, {**row, "start_date": printed})
    take_in(book=AppointmentWorkbook(), data=data, user=staff.editor)
    assert Appointment.objects.get(post_title="委员").start_date == date.fromisoformat(day)


def test_each_wrong_cell_is_named_and_nothing_is_stored(records, staff):
    post = {"speaker": "林清溪", "note": "=1+1", "organization": "青禾市政协", "post_title": "委员"}
    data = sheet(
        AppointmentWorkbook,
        post,
        {**post, "speaker": "无此人", "organization": "无此单位"},
        {**post, "start_date": "去年"},
        {**post, "start_date": "2025-02-01", "end_date": "2025-01-01"},
        {**post, "post_title": ""},
        {**post, "post_title": "长" * 61},
    )
    result = take_in(book=AppointmentWorkbook(), data=data, user=staff.manager)
    told = {row.number: [column for column, _why in row.problems] for row in result.faulty}
    assert told == {3: ["发言人", "单位"], 4: ["起始"], 5: ["结束"], 6: ["职务"], 7: ["职务"]}
    assert not any(why.isascii() for row in result.faulty for _column, why in row.problems)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"name": "云岭省政协", "parent": "青禾市政协"}, "上级单位"),
        ({"name": "新单位", "parent": "无此单位"}, "上级单位"),
        ({"name": "新单位", "parent": "新单位"}, "上级单位"),
        ({"name": "新单位", "region": "999999"}, "行政区划"),
        ({"name": "新单位", "position": "第一"}, "排序"),
        ({"name": "新单位", "kind": "不明"}, "类别"),
    ],
)
def test_a_body_that_cannot_be_is_refused_in_its_column(row, column, records, staff):
    data = sheet(OrganizationWorkbook, row)
    (faulty,) = read(book=OrganizationWorkbook(), data=data, user=staff.manager).faulty
    assert [heading for heading, _why in faulty.problems] == [column]


def test_what_readers_see_takes_its_own_right(records, staff):
    data = sheet(
        OrganizationWorkbook,
        {"name": "青禾市政协", "introduction": "新的简介", "is_public": "no"},
        {"name": "新单位", "introduction": "简介"},
        columns=("name", "introduction", "is_public"),
    )
    result = take_in(book=OrganizationWorkbook(), data=data, user=staff.editor)
    assert [row.number for row in result.faulty] == [2, 3]
    assert not Organization.objects.filter(name="新单位").exists()
    assert not take_in(book=OrganizationWorkbook(), data=data, user=staff.manager).faulty
    assert Organization.objects.get(name="青禾市政协").is_public is False


def test_who_may_not_change_records_takes_nothing_in(records, staff):
    data = sheet(SpeakerWorkbook, {"name": "新人"})
    with pytest.raises(PermissionDenied):
        take_in(book=SpeakerWorkbook(), data=data, user=staff.first)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_takes_as_many_queries_for_fifty_rows_as_for_two(kind, records, staff):
    def queries(rows: int) -> int:
        post = {"speaker": "林清溪", "note": "=1+1", "organization": "青禾市政协"}
        named = [
            {**post, "name": f"名{number}", "post_title": f"职{number}"} for number in range(rows)
        ]
        with CaptureQueriesContext(connection) as captured:
            assert not read(book=kind(), data=sheet(kind, *named), user=staff.manager).faulty
        return len(captured)

    queries(1)
    assert queries(50) == queries(2)
