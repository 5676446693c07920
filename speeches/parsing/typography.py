"""Characters: blanks, widths, and half-width punctuation in Chinese sentences.

Every change made here replaces one character by one character, so offsets stay valid.
"""

import re
from collections.abc import Iterator

HAN = r"〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Body of a regular-expression class: Chinese characters."""

BLANK = r"\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x1f"
"""Body of a regular-expression class: characters that print nothing."""

CELL = "\t"
"""What parts the cells of a table's row, which is a line."""

CLOSERS = "”’）】》〉」』〕)]}"
SENTENCE_ENDS = "。！？!?…"

_BLANKS = re.compile(f"[{BLANK}]+")
_HAN = re.compile(f"[{HAN}]")
_INNER_BLANK = re.compile(
    f"(?<=[^\x00-\x7f])(?:(?!{CELL})[{BLANK}])+|(?:(?!{CELL})[{BLANK}])+(?=[^\x00-\x7f])"
)
_LETTER_SPACED = re.compile(
    f"(?:(?<=[{BLANK}（(“《【])|^)[{HAN}](?:[{BLANK}][{HAN}]){{3,}}(?![{HAN}])"
)
_WIDE_BY_NARROW = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_NARROW_MARK = re.compile(r"[,:;?!()\".]")
_FOLD = {
    **{0xFF01 + step: 0x21 + step for step in range(0x5E)},
    ord("。"): ord("."),
    ord("“"): ord('"'),
    ord("”"): ord('"'),
}


def squeeze(text: str) -> str:
    """Take out every blank."""
    return _BLANKS.sub("", text)


def fold(text: str) -> str:
    """One width and one kind of quotation mark for all, without blanks: for comparing."""
    return squeeze(text).translate(_FOLD)


def is_han(char: str) -> bool:
    """Whether the one character is Chinese."""
    return _HAN.match(char) is not None


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a full stop, question or exclamation mark, closers aside."""
    kernel = text.rstrip(CLOSERS)
    return bool(kernel) and kernel[-1] in SENTENCE_ENDS


def close_letter_spacing(text: str) -> str:
    """Take the blanks out of ``总 结 运 用``; two words parted by a blank stay apart."""
    return _LETTER_SPACED.sub(lambda match: squeeze(match.group()), text)


def drop_inner_blanks(text: str) -> str:
    """Take out the blanks beside Chinese characters, which mean nothing in running text."""
    return _INNER_BLANK.sub("", text)


def widen(text: str) -> str:
    """Turn half-width punctuation into full-width where it stands in Chinese.

    ``50.4``, ``10:30``, ``1,200`` and ``www.example.cn`` stay as they are; so do the source's own
    typos. Straight double quotes become “ and ” by turns where they come in pairs.
    """
    if not _NARROW_MARK.search(text):
        return text
    chars = list(text)
    for at, char in enumerate(text):
        if char in _WIDE_BY_NARROW and _in_chinese(text, at):
            chars[at] = _WIDE_BY_NARROW[char]
        elif char == "." and _is_full_stop(text, at):
            chars[at] = "。"
    for opened, closed in _bracket_pairs(text):
        if _is_wide_bracket(text, opened, closed):
            chars[opened], chars[closed] = "（", "）"
    _curl_quotes(chars)
    return "".join(chars)


def _in_chinese(text: str, at: int) -> bool:
    """Whether a neighbour (blanks aside) of the mark is Chinese or full-width."""
    return _is_wide(_neighbour(text, at, -1)) or (
        _is_wide(_neighbour(text, at, 1)) and not text[at - 1 : at].isalpha()
    )


def _neighbour(text: str, at: int, step: int) -> str:
    """The next character in a direction, looking over at most two blanks; "" at the end."""
    for distance in (1, 2, 3):
        place = at + step * distance
        if not 0 <= place < len(text):
            return ""
        if not text[place].isspace():
            return text[place]
    return ""


def _is_wide(char: str) -> bool:
    return bool(char) and (ord(char) > 0x2E7F or char in "“”‘’…—·")


def _is_full_stop(text: str, at: int) -> bool:
    """A point after a Chinese character or 100% at the very end of the text or before a closer."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    ends = bool(before) and (is_han(before) or before in "%％‰℃）》”")
    return ends and (not after or after in CLOSERS)


def _bracket_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Places of matching half-width brackets."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            yield opened.pop(), at


def _is_wide_bracket(text: str, opened: int, closed: int) -> bool:
    """Whether Chinese stands beside or just inside a pair of brackets."""
    beside = (text[opened - 1 : opened], text[closed + 1 : closed + 2])
    inside = (text[opened + 1], text[closed - 1])
    return any(_is_wide(char) for char in (*beside, *inside))


def _curl_quotes(chars: list[str]) -> None:
    """Turn paired straight double quotes into “ and ” by turns."""
    places = [at for at, char in enumerate(chars) if char == '"']
    if len(places) % 2:
        return
    for turn, at in enumerate(places):
        chars[at] = "”" if turn % 2 else "“"
