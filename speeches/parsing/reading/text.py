"""Plain text: which encoding it is in, and whether it is text at all.

Order of trial: byte order mark, UTF-8, UTF-16 by the parity of its bytes, GB18030 (which contains
GBK and GB2312). Big5 looks too much like GB18030 to be guessed: name it with ``encoding``.
"""

import codecs
import re

from speeches.parsing.errors import UnreadableFile

MAX_BYTES = 10 * 1024 * 1024
"""Files above this size are refused before anything is decoded."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_UNASSIGNED = re.compile(r"[\ue000-\uf8ff\ufffd\U000e0000-\U0010ffff]")
_SAMPLE = 64 * 1024


def read_text(data: bytes, *, encoding: str | None = None) -> str:
    """Decode a file; line ends become ``\\n``, nothing else is changed.

    Raises UnreadableFile for a file that is too large, empty, binary or in no known encoding.
    """
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise UnreadableFile(
            f"文件过大：{size:.1f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限，请分次导入。"
        )
    if not data:
        raise UnreadableFile("文件是空的：没有任何内容。")
    text = _decode(data, encoding)
    if not text.strip().strip("\ufeff"):
        raise UnreadableFile("文件是空的：只有空白，没有文字。")
    _refuse_binary(text)
    return _LINE_ENDS.sub("\n", text)


def _decode(data: bytes, encoding: str | None) -> str:
    """Decode with the named encoding, or by trial."""
    if encoding is not None:
        return _decode_as(data, encoding)
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], marked)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    wide = _guess_utf16(data)
    if wide is not None:
        return _decode_as(data, wide)
    if data.count(b"\0") * 100 > len(data):
        raise UnreadableFile("文件不是纯文本：含有大量二进制内容。")
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"无法识别文件的编码：第 {error.start + 1} 个字节起既不是 UTF-8，"
            "也不是 UTF-16 或 GB18030，请另存为 UTF-8 后再导入。"
        ) from error


def _decode_as(data: bytes, encoding: str) -> str:
    """Decode with one encoding, telling where it fails."""
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise UnreadableFile(f"不认识的编码名称：{encoding}。") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"文件不是 {encoding.upper()} 编码：第 {error.start + 1} 个字节处读不出文字。"
        ) from error


def _guess_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by the high bytes, which stand at every second place."""
    if len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    shares = {
        "utf-16-le": _share_of_high_bytes(sample[1::2]),
        "utf-16-be": _share_of_high_bytes(sample[0::2]),
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.9 else None


def _share_of_high_bytes(column: bytes) -> float:
    """Share of bytes that begin Chinese, Latin or punctuation code units: 4E-9F, 00, 20, 30, FF."""
    fits = sum(1 for byte in column if 0x4E <= byte <= 0x9F or byte in {0x00, 0x20, 0x30, 0xFF})
    return fits / len(column) if column else 0.0


def _refuse_binary(text: str) -> None:
    """Refuse what decodes but is no text: control characters or unassigned code points abound."""
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) * 100 > len(sample) or "\0" in text:
        raise UnreadableFile("文件不是纯文本：含有大量控制字符，像是二进制文件。")
    if len(_UNASSIGNED.findall(sample)) * 20 > len(sample):
        raise UnreadableFile(
            "无法识别文件的编码：读出的多是无意义的字符，请另存为 UTF-8 后再导入。"
        )
