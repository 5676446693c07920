from datetime import date

import pytest

from speeches.exceptions import ExportRefused
from speeches.exporting import compilation
from speeches.exporting.compilation import Scope, compilation_of
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_meetings():
    place, person = build.body(), build.person()
    for year in (2025, 2024):
        of = build.meeting(f"m{year}", title=f"{year}年会议", start_date=date(year, 3, 8))
        build.published(of)
        draft = build.speech(
            of,
            title=f"{year}年发言",
            organization=place,
            speakers=(person,),
            tags=("民生",),
        )
        build.published(draft)
        build.published(build.work(speech=draft, title=f"{year}年工作"))
    return place, person


@pytest.mark.parametrize("scope", Scope)
def test_the_speeches_of_several_meetings_come_by_date_with_their_occasion(two_meetings, scope):
    place, person = two_meetings
    key = {Scope.ORGANIZATION: place.pk, Scope.SPEAKER: person.pk, Scope.TOPIC: "民生"}[scope]
    name = {Scope.ORGANIZATION: "青禾市政协", Scope.SPEAKER: "林清溪", Scope.TOPIC: "民生"}[scope]
    document = compilation_of(scope, key)
    assert document.title == document.file_title == f"{name}发言摘编"
    assert [speech.title for speech in document.speeches] == ["2024年发言", "2025年发言"]
    assert document.speeches[0].blocks[-1].text == "（2024年3月8日，2024年会议）"
    assert {item.title for item in document.work_items} == {"2024年工作", "2025年工作"}


def test_drafts_and_withdrawn_speeches_are_left_out(two_meetings):
    place, _person = two_meetings
    of = build.meeting("other")
    build.speech(of, title="草稿", organization=place)
    build.withdrawn(_published(build.speech(of, title="撤下", organization=place)))
    titles = [s.title for s in compilation_of(Scope.ORGANIZATION, place.pk).speeches]
    assert titles == ["2024年发言", "2025年发言"]


def _published(draft):
    build.published(draft)
    return draft


def test_nothing_published_is_refused():
    with pytest.raises(ExportRefused):
        compilation_of(Scope.ORGANIZATION, build.body("空政协").pk)


def test_too_many_speeches_are_refused(two_meetings, monkeypatch):
    monkeypatch.setattr(compilation, "LONGEST", 1)
    with pytest.raises(ExportRefused, match="1"):
        compilation_of(Scope.TOPIC, "民生")


def test_the_number_of_queries_does_not_grow(two_meetings, django_assert_max_num_queries):
    place, _person = two_meetings
    with django_assert_max_num_queries(9):
        compilation_of(Scope.ORGANIZATION, place.pk)
