from hypothesis import given
from hypothesis import strategies as st

from speeches.search.query import LONGEST, parse
from speeches.search.tokens import fold, tokens


def test_a_run_gives_its_bigrams_and_its_last_character():
    assert tokens("乡村振兴") == ["乡村", "村振", "振兴", "兴"]
    assert tokens("党") == ["党"]


def test_no_word_is_found_across_a_mark():
    assert tokens("党建，引领") == ["党建", "建", "引领", "领"]


def test_points_and_per_cent_belong_to_numbers_only():
    assert tokens("50.4亿元") == ["50", "0.", ".4", "4亿", "亿元", "元"]
    assert tokens("完成96%。") == ["完成", "成9", "96", "6%", "%"]
    assert tokens("甲.乙") == ["甲", "乙"]


def test_full_width_upper_case_and_traditional_are_folded():
    assert fold("ＡＢＣ５０．４億㎡") == "abc50.4亿m2"


def test_blanks_join_and_a_minus_excludes():
    query = parse("乡村 振兴 -脱贫")
    assert (query.wanted, query.unwanted) == (((("乡村",),), (("振兴",),)), (("脱贫",),))


def test_marks_alone_ask_nothing():
    assert not parse("“”、 % * - NEAR".replace("NEAR", "'"))


@given(st.text(max_size=300))
def test_every_text_is_a_question(text):
    query = parse(text)
    assert sum(map(len, query.words)) <= LONGEST * 18
