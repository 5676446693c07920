from decimal import Decimal

import pytest

from speeches.enums import FigureBound
from speeches.figures import meaning, readable, unscaled


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
    bounds = (None if value is None else Decimal(value) for value in (low, high))
    assert meaning(*bounds, bound, "件") == expected


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


@pytest.mark.parametrize(("unit", "expected"), [("万元", "元"), ("件", "件"), ("万", ""), ("", "")])
def test_a_unit_loses_its_scale(unit, expected):
    assert unscaled(unit) == expected
