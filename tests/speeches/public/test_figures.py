from decimal import Decimal

import pytest

from speeches.enums import FigureBound
from speeches.models.editions import FigureEdition
from speeches.public.figures import figure_line, meaning, readable


@pytest.mark.parametrize(
    ("bound", "low", "high", "expected"),
    [
        (FigureBound.EXACT, 19, 19, "19件"),
        (FigureBound.OVER, 30, 40, "多于30件，少于40件"),
        (FigureBound.OVER, 30, None, "多于30件"),
        (FigureBound.UNDER, None, 100, "不到100件"),
        (FigureBound.AT_LEAST, 5, None, "不少于5件"),
        (FigureBound.AT_MOST, None, 5, "不超过5件"),
        (FigureBound.RANGE, 30, 40, "30件至40件"),
        (FigureBound.RANGE, None, None, "约数，原文未给出确切范围"),
    ],
)
def test_a_bound_is_told_in_words(bound, low, high, expected):
    figure = FigureEdition(printed="…", bound=bound, low=low, high=high, unit="件")
    assert meaning(figure) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("5040000000.0000", "元", "50.4亿元"),
        ("4000000.0000", "元", "400万元"),
        ("12345.0000", "人", "1.2345万人"),
        ("123456789.5000", "人", "123456789.5人"),
        ("100.0000", "%", "100%"),
        ("98.5000", "%", "98.5%"),
        ("0", "件", "0件"),
    ],
)
def test_a_value_is_scaled_only_where_it_stays_exact(value, unit, expected):
    assert readable(Decimal(value), unit) == expected


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("提交提案19件", ("提交提案", "19", "件")),
        ("400多万元", ("", "400", "多万元")),
        ("近百场次", ("近", "百", "场次")),
        ("98.5%", ("", "98.5%", "")),
        ("19,", ("", "19", ",")),
        ("若干", ("", "若干", "")),
        ("五年以上的老纠纷17起", ("五年以上的老纠纷", "17", "起")),
        ("第2批办结4%—6%", ("第2批办结", "4%—6%", "")),
    ],
)
def test_the_number_is_cut_out_and_no_character_is_lost(printed, parts):
    line = figure_line(FigureEdition(printed=printed))
    assert (line.before, line.number, line.after) == parts
    assert line.printed == printed


def test_the_object_is_captioned_only_where_the_words_do_not_name_it():
    assert figure_line(FigureEdition(printed="74个村", object="村")).caption == ""
    assert figure_line(FigureEdition(printed="19件", object="提案")).caption == "提案"
