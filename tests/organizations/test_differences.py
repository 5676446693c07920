"""How two texts are compared for staff."""

from hypothesis import given
from hypothesis import strategies as st

from organizations.differences import Piece, differences, excerpt

TEXTS = st.text(alphabet="协商为民，。\n ab1", max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_hold_both_texts(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_a_changed_character_is_told_alone():
    assert differences("协商为民", "协商惠民") == [
        Piece("same", "协商"),
        Piece("removed", "为"),
        Piece("added", "惠"),
        Piece("same", "民"),
    ]


def test_numbers_are_told_whole():
    pieces = differences("办实事56件", "办实事57件")
    assert Piece("removed", "56") in pieces
    assert Piece("added", "57") in pieces


def test_an_excerpt_keeps_every_change_and_shortens_the_rest():
    before = "甲" * 200 + "为" + "乙" * 200
    pieces = excerpt(differences(before, before.replace("为", "惠")), around=5)
    assert [piece.text for piece in pieces] == [
        "…… 甲甲甲甲甲",
        "为",
        "惠",
        "乙乙乙乙乙 ……",
    ]


def test_very_long_changes_are_told_as_replaced():
    before, after = "甲" * 3000, "乙" * 3000
    assert differences(before, after) == [Piece("removed", before), Piece("added", after)]
