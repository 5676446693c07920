from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.enums import FigureBound
from speeches.exporting.characters import printable, printable_text, strings_in, where_in
from speeches.textblocks import BlockKind
from tests.speeches.exporting.samples import digest, speech


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("甲\x00\x07乙", "甲乙"),
        ("甲\u200b\ufeff\u202e乙", "甲乙"),
        ("甲\ue000\U000f0000乙", "甲乙"),
        ("甲\ud800\uffff乙", "甲乙"),
        ("甲\xa0乙\u2003丙\t丁", "甲 乙 丙 丁"),
        ("胡　革", "胡　革"),
        ("一\r\n二\r三\u2028四\u2029五", "一\n二\n三\n四\n五"),
        ("𠮷野家 😀", "𠮷野家 😀"),
    ],
    ids=["controls", "invisible", "private", "no characters", "blanks", "wide", "lines", "rare"],
)
def test_what_cannot_be_printed_is_left_out(text, printed):
    assert printable_text(text) == printed


@given(st.text(st.characters()))
def test_printable_text_stays_as_it_is(text):
    once = printable_text(text)
    assert printable_text(once) == once


def test_a_clean_document_is_unchanged_and_without_notices():
    assert printable(digest()) == (digest(), ())


def test_each_part_that_loses_characters_is_named_once():
    broken = replace(digest(), title="会\x01议", place="青禾\x02市\x01")
    broken = replace(broken, speeches=(speech(1), speech(2, "<p>正\ue000文</p>", title="题")))
    cleaned, notices = printable(broken)
    assert (cleaned.title, cleaned.place) == ("会议", "青禾市")
    assert cleaned.speeches[1].blocks[0].text == "正文"
    assert notices == (
        "会议信息：已略去无法印刷的字符 U+0001、U+0002",
        "第 2 篇“题”：已略去无法印刷的字符 U+E000",
    )


def test_a_line_break_of_windows_is_no_loss():
    cleaned, notices = printable(digest(editors_note="一\r\n二"))
    assert (cleaned.editors_note, notices) == ("一\n二", ())


def test_kinds_stay_members_of_their_enumeration():
    cleaned, _notices = printable(digest())
    assert cleaned.speeches[0].blocks[0].kind is BlockKind.PARAGRAPH


def test_every_string_is_seen():
    assert list(strings_in(("甲", ("乙", 3, None), FigureBound.OVER))) == ["甲", "乙", "over"]
    assert "计划投资" in list(strings_in(digest()))


def test_every_part_has_a_name():
    names = [name for name, _part in where_in(digest())]
    assert names[0] == "会议信息"
    assert names[1] == "第 1 篇“加强党的建设 提升履职能力和水平”"
    assert names[-1] == "第 2 项亮点工作“白鹭湖流域生态修复专项民主监督”"
