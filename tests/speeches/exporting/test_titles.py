from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.exporting.titles import (
    NEVER_FIRST,
    OPENING,
    balanced_lines,
    single_line,
    text_width,
)
from tests.speeches.exporting.samples import digest

LONG = (
    "关于进一步加强和改进新时代人民政协专门委员会工作推动专门协商机构建设高质量发展的若干意见",
    "坚持“三必”“四问”工作法推动委员履职与基层治理同频共振",
    "以高质量党建引领高质量履职 推动委员工作室与基层治理深度融合 让协商在群众身边发生",
)
TITLE = st.text(st.sampled_from("加强党的建设工作，、“”《》（）·—… aB1%　"), max_size=70)


def test_a_short_title_stays_on_its_line():
    assert balanced_lines("让提案落地有声") == ("让提案落地有声",)
    assert balanced_lines("") == ()
    assert balanced_lines(" 　") == ()


def test_blanks_between_clauses_become_full_width():
    assert single_line("加强党的建设  提升 履职") == "加强党的建设　提升　履职"
    assert single_line("CPPCC CMS 建设") == "CPPCC CMS　建设"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "加强思想政治引领 自觉担起兴文化的使命和责任",
            ("加强思想政治引领", "自觉担起兴文化的使命和责任"),
        ),
        (
            "以高质量党建引领高质量履职 推动委员工作室与基层治理深度融合 让协商在群众身边发生",
            (
                "以高质量党建引领高质量履职",
                "推动委员工作室与基层治理深度融合",
                "让协商在群众身边发生",
            ),
        ),
        (
            "坚持“三必”“四问”工作法推动委员履职与基层治理同频共振",
            ("坚持“三必”“四问”工作法", "推动委员履职与基层治理同频共振"),
        ),
    ],
)
def test_lines_break_where_the_sense_does(title, lines):
    assert balanced_lines(title) == lines


@pytest.mark.parametrize("title", [*LONG, digest().title])
def test_lines_form_a_trapezoid_or_a_diamond(title):
    widths = [text_width(line) for line in balanced_lines(title)]
    steps = [below - above for above, below in pairwise(widths)]
    falling = False
    for step in steps:
        assert not (falling and step > 0), widths
        falling = falling or step < 0


@settings(deadline=None)
@given(TITLE, st.integers(min_value=4, max_value=28))
def test_no_character_is_lost_and_no_line_is_too_wide(title, limit):
    lines = balanced_lines(title, limit)
    assert "".join("".join(lines).split()) == "".join(title.split())
    glued = any(c in OPENING or c in NEVER_FIRST for c in title)
    assert all(text_width(line) <= 2 * limit for line in lines) or glued


@settings(deadline=None)
@given(st.text(st.sampled_from("加强党的建设“”《》，、"), min_size=1, max_size=60))
def test_marks_stay_with_their_words(title):
    for before, after in pairwise(balanced_lines(title)):
        if text_width(before) < 40:
            assert before[-1] not in OPENING
            assert after[0] not in NEVER_FIRST


def test_a_word_that_no_line_holds_is_cut():
    lines = balanced_lines("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", 10)
    assert "".join(lines) == "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    assert all(text_width(line) <= 20 for line in lines)


def test_a_title_of_many_lines_fills_them():
    title = "加强党的建设提升履职能力" * 15
    lines = balanced_lines(title)
    assert len(lines) > 6
    assert "".join(lines) == title
    assert all(text_width(line) <= 40 for line in lines)
