"""What is kept of searches."""

import pytest

from speeches.models import SearchedQuery
from speeches.search import report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_gathered():
    report.write()
    SearchedQuery.objects.all().delete()


def test_questions_are_counted_by_month():
    for found in (True, True, False):
        report.note("  鄉村　振興 ", found=found)
    report.write()
    report.note("乡村 振兴", found=True)
    report.write()
    row = SearchedQuery.objects.get()
    assert (row.text, row.times, row.without_result) == ("乡村 振兴", 4, 1)
    assert row.month.day == 1


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "电话 138-0013-8000",
        "0931-8888 777",
        "620102199001011234",
        "lin@example.cn",
        "甘A12345",
        "",
        "\0",
    ],
)
def test_what_looks_personal_is_not_kept(text):
    report.note(text, found=True)
    report.write()
    assert not SearchedQuery.objects.exists()


def test_no_column_tells_of_a_reader():
    names = {field.name for field in SearchedQuery._meta.get_fields()}
    assert names == {"id", "month", "text", "times", "without_result"}
