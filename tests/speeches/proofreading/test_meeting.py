"""Pieces of one meeting are compared with each other."""

from speeches.proofreading.documents import TextDocument
from speeches.proofreading.runner import proofread_meeting


def test_two_speeches_that_contradict_each_other_are_named():
    first = TextDocument.of("2025年，全省政协提交提案1900件。")
    second = TextDocument.of("我来谈体会。", "据统计，2025年全省政协提交提案2100件。")
    nothing, found = proofread_meeting([first, second], ["甲", "乙"])
    assert nothing == []
    assert [(f.paragraph, f.excerpt, dict(f.params)["title"]) for f in found] == [
        (1, "全省政协提交提案2100件", "甲")
    ]


def test_two_bodies_may_do_different_amounts_of_the_same_work():
    first = TextDocument.of("2025年，白鹭县政协提交提案19件。")
    second = TextDocument.of("2025年，云岭县政协提交提案21件。")
    assert proofread_meeting([first, second], ["甲", "乙"]) == [[], []]


def test_the_own_work_of_two_speakers_is_not_compared():
    first = TextDocument.of("2025年，我们提交提案19件。")
    second = TextDocument.of("2025年，我们提交提案21件。")
    assert proofread_meeting([first, second], ["甲", "乙"]) == [[], []]
