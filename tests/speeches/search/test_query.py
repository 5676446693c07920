"""What readers may type."""

import pytest

from speeches.search.query import parse


def test_quotation_marks_make_one_phrase_of_several_runs():
    assert parse("“有事 好商量”").wanted == ((("有事", "好商量"),),)
    assert parse("有事，好商量").wanted == ((("有事", "好商量"),),)


def test_a_phrase_may_be_left_out():
    assert parse('协商 -"形式主义"').unwanted == (("形式主义",),)


@pytest.mark.parametrize(
    ("text", "narrowed"),
    [
        ("organization:青禾市政协", ("organization", "青禾市政协")),
        ("单位：青禾市政协", ("organization", "青禾市政协")),
        ("發言人：林清溪", ("speaker", "林清溪")),
        ("speaker:linqingxi", ("speaker", "linqingxi")),
        ("年份:２０２４", ("year", "2024")),
        ("话题:“有事 好商量”", ("topic", "有事好商量")),
        ("topic:民生", ("topic", "民生")),
    ],
)
def test_a_field_narrows(text, narrowed):
    query = parse(f"协商 {text}")
    assert query.narrowed == (narrowed,)
    assert query.wanted == ((("协商",),),)


def test_a_field_alone_asks_for_all_of_it():
    assert parse("单位:青禾市政协")


def test_an_unknown_field_is_a_word():
    assert parse("甲:乙").wanted == ((("甲", "乙"),),)


def test_exclusions_alone_ask_nothing():
    assert not parse("-协商 -提案")
