import pytest

from speeches.parsing import UnreadableFile, read_text
from speeches.parsing.reading import MAX_BYTES

TEXT = "政协青禾市委员会大会发言\n第一篇：守护一江清水。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_the_encodings_of_chinese_offices_are_recognised(encoding):
    assert read_text(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("text", ["会", "政协会议", "发言摘登"])
def test_a_few_characters_of_gb18030_are_enough(text):
    assert read_text(text.encode("gb18030")) == text


def test_big5_is_read_when_named():
    text = "政協會議發言"
    assert read_text(text.encode("big5"), encoding="big5") == text


def test_line_ends_become_newlines_and_nothing_else_changes():
    assert read_text("甲\r\n乙\r丙\u2028丁 　戊\n".encode()) == "甲\n乙\n丙\n丁 　戊\n"


def _message(data, **options):
    with pytest.raises(UnreadableFile) as refusal:
        read_text(data, **options)
    return str(refusal.value)


def test_an_empty_file_is_refused():
    assert "没有任何内容" in _message(b"")


@pytest.mark.parametrize("data", [b" \n\t\n", b"\xef\xbb\xbf\n", "\u3000\n".encode()])
def test_a_file_of_blanks_is_refused(data):
    assert "只有空白" in _message(data)


@pytest.mark.parametrize("data", [bytes(range(32)) * 40, b"text \x00\x00\x00\x00" * 50 + b"\xff"])
def test_a_binary_file_is_refused(data):
    assert "不是纯文本" in _message(data)


def test_bytes_in_no_known_encoding_are_refused_with_the_place():
    message = _message(b"plain text " + b"\xff\xfa\xff" * 9)
    assert "第 12 个字节" in message
    assert "编码" in message


def test_text_that_decodes_to_unassigned_characters_is_refused():
    assert "无意义的字符" in _message("\ue123\ue456".encode() * 50)


def test_a_wrong_named_encoding_is_refused_with_the_place():
    assert "第 1 个字节" in _message("政协".encode("gb18030"), encoding="utf-8")


def test_a_misspelt_encoding_is_refused():
    assert "不认识的编码名称：utf-88" in _message(b"text", encoding="utf-88")


def test_a_truncated_file_with_a_byte_order_mark_is_refused():
    assert "UTF-16-LE" in _message(b"\xff\xfea\x00b")


def test_a_file_above_the_limit_is_refused_before_it_is_decoded():
    assert "超过 10 MB" in _message(b"\xff" * (MAX_BYTES + 1))
