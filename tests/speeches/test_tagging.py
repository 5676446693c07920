import pytest
from hypothesis import given
from hypothesis import strategies as st
from taggit.models import Tag

from speeches.tagging import join_tags, split_tags


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("民生，提案、教育", ["民生", "提案", "教育"]),
        ("民生,提案;教育；协商\n监督", ["民生", "提案", "教育", "协商", "监督"]),
        ("乡村 振兴", ["乡村 振兴"]),
        ("，民生，，民生、 ", ["民生"]),
        ("  民生　", ["民生"]),
        ("", []),
        (None, []),
    ],
)
def test_tags_are_split_at_marks_and_named_once(typed, names):
    assert split_tags(typed) == names


def test_tags_are_joined_in_order_as_staff_type_them():
    assert join_tags([Tag(name="提案"), Tag(name="协商")]) == "协商、提案"
    assert join_tags([]) == ""


@given(st.lists(st.text("甲乙丙 a", min_size=1).filter(str.strip).map(str.strip), unique=True))
def test_what_was_joined_is_split_again(names):
    assert split_tags(join_tags(Tag(name=name) for name in names)) == sorted(names)


def test_a_draft_takes_tags_as_they_are_typed(speech):
    speech.tags.set(split_tags("民生，提案"))
    speech.tags.add(*split_tags("提案、教育"))
    assert join_tags(speech.tags.all()) == "提案、教育、民生"
