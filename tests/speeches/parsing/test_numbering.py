import pytest

from speeches.parsing.numbering import Count, find_markers, top_level


@pytest.mark.parametrize(
    ("text", "level", "number"),
    [
        ("一、加强领导", 1, 1),
        ("十二、加强领导", 1, 12),
        ("二十、加强领导", 1, 20),
        ("（三）加强领导", 2, 3),
        ("(三)加强领导", 2, 3),
        ("4.加强领导", 3, 4),
        ("（5）加强领导", 4, 5),
        ("第二，加强领导", 5, 2),
        ("一是加强领导", 6, 1),
        ("三要加强领导", 6, 3),
    ],
)
def test_list_markers_are_found(text, level, number):
    marker = find_markers(text)[0]
    assert (marker.level, marker.number, marker.leading) == (level, number, True)


@pytest.mark.parametrize("text", ["1.5亿元", "一一、重复", "二要素", "三方面的工作", "十十、"])
def test_numbers_and_words_are_no_markers(text):
    assert find_markers(text) == []


def test_markers_inside_a_paragraph_do_not_lead_it():
    found = find_markers("坚持学习。一是学理论；二是学业务。")
    assert [(marker.number, marker.leading) for marker in found] == [(1, False), (2, False)]


def test_a_marker_prints_as_people_read_it():
    texts = ["一、甲", "（二）甲", "3.甲", "（4）甲", "第五，甲", "六是甲", "十二、甲"]
    assert [find_markers(text)[0].printed for text in texts] == [
        "一、",
        "（二）",
        "3.",
        "（4）",
        "第五",
        "六是",
        "12、",
    ]


def test_the_top_level_counts_at_least_to_two():
    assert top_level(find_markers("一、甲。一是乙。二是丙。")) == 6
    assert top_level(find_markers("一、甲。\n二、乙。一是丙。二是丁。")) == 1
    assert top_level([]) is None


def _scores(text):
    count = Count()
    return [count.take(marker) for marker in find_markers(text)]


def test_counting_on_speaks_for_an_order_and_jumping_against_it():
    on = _scores("一、甲。\n二、乙。\n三、丙。")
    jump = _scores("一、甲。\n三、丙。\n二、乙。")
    assert sum(on) > 0 > sum(jump)


def test_a_list_that_begins_late_or_again_speaks_against_an_order():
    assert _scores("三、甲。")[0] < -2
    assert _scores("三是甲。")[0] < -2
    assert _scores("一、甲。\n一、乙。")[1] < -2


def test_lower_lists_begin_anew_under_every_higher_item():
    assert min(_scores("一、甲。一是乙。二是丙。\n二、丁。一是戊。二是己。")) > 0
