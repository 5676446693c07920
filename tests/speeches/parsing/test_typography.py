import pytest

from speeches.parsing.typography import (
    close_letter_spacing,
    drop_inner_blanks,
    ends_sentence,
    fold,
    widen,
)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("坚持学习,认真履职;办好实事:", "坚持学习，认真履职；办好实事："),
        ("为什么?因为!", "为什么？因为！"),
        ("76个乡镇(街道)全部成立", "76个乡镇（街道）全部成立"),
        ("《协定》(RCEP)生效", "《协定》（RCEP）生效"),
        ("占比达96.7%,贡献了58%的税收", "占比达96.7%，贡献了58%的税收"),
        ('打造"药旅融合"示范点', "打造“药旅融合”示范点"),
        ("工作取得实效.", "工作取得实效。"),
        ("他说“好.”", "他说“好。”"),
    ],
)
def test_punctuation_in_chinese_becomes_full_width(narrow, wide):
    assert widen(narrow) == wide


@pytest.mark.parametrize(
    "text",
    [
        "签约50.4亿元",
        "“1+6”体系",
        "上午10:30开会",
        "捐款1,200元",
        "见 www.example.cn/a?b=1",
        "zt@example.cn",
        "Hello, world (again)!",
        "1.加强领导",
        "做出色、做出彩为促进发展",
        '引号"只有一个',
    ],
)
def test_numbers_addresses_and_typos_stay_as_they_are(text):
    assert widen(text) == text


def test_widening_keeps_every_offset():
    text = '甲,乙(丙)"丁"戊.'
    assert len(widen(text)) == len(text)


def test_folding_makes_both_widths_equal():
    assert fold("甲，乙（丙） “丁”。") == fold('甲,乙(丙)"丁".')


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("完成。", True),
        ("“完成。”", True),
        ("好不好？）", True),
        ("完成", False),
        ("”", False),
        ("", False),
    ],
)
def test_a_sentence_ends_with_a_full_stop_closers_aside(text, whole):
    assert ends_sentence(text) is whole


def test_letter_spacing_is_closed_and_words_stay_apart():
    assert close_letter_spacing("总 结 运 用 经 验") == "总结运用经验"
    assert close_letter_spacing("加强党建 促进发展") == "加强党建 促进发展"


def test_blanks_inside_running_text_vanish_and_between_latin_words_stay():
    assert drop_inner_blanks("坚持 “两个 确立” big data 平台") == "坚持“两个确立”big data平台"
