import pytest

from speeches.exceptions import ExportRefused
from speeches.exporting.document import DigestDocument, DigestSpeech, DigestWorkItem
from speeches.exporting.registry import export
from speeches.exporting.selection import ALL, Selection, select


def spoken(number):
    return DigestSpeech(
        id=number,
        title=f"第{number}篇",
        byline="",
        organization="",
        posts=(),
        speakers=(),
        blocks=(),
        url=f"/speeches/{number}/",
    )


def worked(number, speech_id):
    return DigestWorkItem(
        id=number,
        title="工作",
        organization="",
        summary="",
        year=None,
        url="",
        speech_id=speech_id,
    )


@pytest.fixture
def document():
    return DigestDocument(
        slug="m",
        title="青禾会议",
        url="/meetings/m/",
        speeches=tuple(map(spoken, (1, 2, 3))),
        work_items=(worked(7, 1), worked(8, 3)),
    )


def test_naming_none_takes_all(document):
    assert select(document, ALL) == document


def test_speeches_come_in_the_order_named_once_each_with_their_own_work(document):
    chosen = select(document, Selection((3, 2, 3)))
    assert [speech.id for speech in chosen.speeches] == [3, 2]
    assert [item.id for item in chosen.work_items] == [8]


def test_work_may_be_left_out(document):
    assert select(document, Selection(with_work_items=False)).work_items == ()


def test_a_speech_of_another_meeting_is_refused_by_number(document):
    with pytest.raises(ExportRefused, match="9"):
        select(document, Selection((1, 9)))


def test_a_single_speech_names_the_file(document):
    assert export(select(document, Selection((2,))), "json").filename == "第2篇.json"
    assert export(document, "json").filename == "青禾会议发言摘编.json"


def test_a_selection_survives_storage():
    selection = Selection((3, 1), with_work_items=False)
    assert Selection.from_json(selection.to_json()) == selection
