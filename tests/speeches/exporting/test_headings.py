import pytest

from speeches.exporting.headings import LONGEST_HEADING, Heading, heading_of


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("一、突出政治引领", Heading(1, 8, alone=True)),
        ("十二、强化责任。下一步，", Heading(1, 8, alone=False)),
        ("（一）把准方向。坚持", Heading(2, 8, alone=False)),
        ("(二)做实过程", Heading(2, 7, alone=True)),
        ("1.健全机制。", Heading(3, 7, alone=True)),
        ("2、健全机制", Heading(3, 6, alone=True)),
        ("（3）明确责任。完成", Heading(4, 8, alone=False)),
        ("一、“怎么办？”大家问", Heading(1, 8, alone=False)),
    ],
)
def test_a_numbered_sentence_at_the_start_is_a_heading(text, heading):
    assert heading_of(text) == heading


@pytest.mark.parametrize(
    "text",
    ["", "一是健全制度。", "1.5万元资金到位。", "2025年，", "第一、二季度", "甲、乙", "（略）"],
)
def test_other_openings_are_not(text):
    assert heading_of(text) is None


def test_a_numbered_sentence_of_more_than_two_lines_is_no_heading():
    assert heading_of("一、" + "长" * (LONGEST_HEADING - 2)) is not None
    assert heading_of("一、" + "长" * (LONGEST_HEADING - 1)) is None
