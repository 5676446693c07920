"""Marks of the wrong width, repeated, misplaced or without their partner (GB/T 15834-2011)."""

import re
from collections.abc import Iterator

from speeches.parsing.typography import HAN, widen
from speeches.proofreading.documents import PROSE, Kind, Paragraph
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _

NARROW = Rule(
    "narrow-mark",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Half-width punctuation"),
    _("Chinese text takes full-width punctuation."),
)
MIXED_BRACKETS = Rule(
    "mixed-brackets",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Brackets of two widths"),
    _("The two brackets of a pair are of one width."),
)
UNPAIRED_BRACKET = Rule(
    "unpaired-bracket",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Bracket without its partner"),
    _("The other bracket of the pair is missing in this paragraph."),
)
REPEATED = Rule(
    "repeated-mark",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Two marks where one belongs"),
    _("Only one of these marks can stand here."),
)
LEADING = Rule(
    "leading-mark",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Mark at the beginning"),
    _("No paragraph begins with this mark: something may be missing before it."),
)
HEADING_STOP = Rule(
    "heading-stop",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Mark after a title"),
    _("A title ends without this mark."),
)
BLANKS = Rule(
    "blank",
    Category.PUNCTUATION,
    Severity.HINT,
    _("Blank in Chinese text"),
    _("No blank is typed between Chinese characters, or beside figures and marks."),
)
INVISIBLE = Rule(
    "invisible",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Invisible character"),
    _("A character that prints nothing stands here."),
)
UNREADABLE = Rule(
    "unreadable",
    Category.PUNCTUATION,
    Severity.SEVERE,
    _("Unreadable character"),
    _("A character was lost here, or no font outside one computer has it."),
)
WIDE_FIGURE = Rule(
    "wide-figure",
    Category.PUNCTUATION,
    Severity.ORDINARY,
    _("Full-width figures or letters"),
    _("Figures and Latin letters are half-width."),
)
RULES = (
    NARROW,
    MIXED_BRACKETS,
    UNPAIRED_BRACKET,
    REPEATED,
    LEADING,
    HEADING_STOP,
    BLANKS,
    INVISIBLE,
    UNREADABLE,
    WIDE_FIGURE,
)

_MARK = "，。、；：！？"
_REPEATED = re.compile(
    r"(?P<first>[，、；：])(?P=first)+|(?<!。)。。(?!。)"
    r"|[，、；：](?P<end>[。！？])|(?P<stop>[。！？])[，、；：。](?![。])|[，；：、]{2,}"
    r"|(?<=。)(?P<quote>[”’])。"
)
_LEADING = re.compile(f"[{_MARK}）】》〉”’]+")
_HEADING_STOP = re.compile("[。，、；：]+$")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]+")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]+")
_WIDE_FIGURE = re.compile("[Ａ-Ｚａ-ｚ０-９％]+")
_WIDE_TO_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANK = "[ \t\u00a0\u2002-\u200a\u3000]"
_WIDE_CHAR = f"{HAN}{_MARK}（）“”‘’《》〈〉【】〔〕…—"
_BLANKS = re.compile(
    rf"(?<=[{_WIDE_CHAR}]){_BLANK}+(?=[{_WIDE_CHAR}0-9A-Za-z])"
    rf"|(?<=[0-9A-Za-z%]){_BLANK}+(?=[{_WIDE_CHAR}])"
)
_SPACED_NAME = re.compile(rf"(?<![{HAN}])[{HAN}]$")
_SENTENCE_MARK = re.compile("[，。；：！？]")
_PAIRS = {"（": "）", "【": "】", "〔": "〕", "(": ")", "[": "]"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_LIST_CLOSER = re.compile(rf"(?:^|(?<=[{_MARK}]))[0-9一二三四五六七八九十A-Za-z]{{1,3}}$")
_AFTER_LATIN = {",": "，", ";": "；"}
"""Marks that are Chinese before Chinese, even after a Latin word (WTO，加入)."""
_HAN = re.compile(f"[{HAN}]")
_NARROW_MARKS = ",:;?!."


def check(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    """Find the faults of one paragraph."""
    yield from _widths(paragraph, number)
    yield from _brackets(paragraph, number)
    yield from _blanks(paragraph, number)
    text = paragraph.text
    for match in _REPEATED.finditer(text):
        yield REPEATED.mark(paragraph, number, match.span(), _one_of(match))
    leading = _LEADING.match(text)
    if leading and paragraph.kind in PROSE:
        yield LEADING.mark(paragraph, number, leading.span())
    stop = _HEADING_STOP.search(text)
    if stop and paragraph.kind in {Kind.TITLE, Kind.HEADING}:
        yield HEADING_STOP.mark(paragraph, number, stop.span(), "")
    for match in _INVISIBLE.finditer(text):
        yield INVISIBLE.mark(paragraph, number, match.span(), "")
    for match in _UNREADABLE.finditer(text):
        yield UNREADABLE.mark(paragraph, number, match.span())
    for match in _WIDE_FIGURE.finditer(text):
        narrow = match.group().translate(_WIDE_TO_NARROW)
        yield WIDE_FIGURE.mark(paragraph, number, match.span(), narrow)


def _one_of(match: re.Match[str]) -> str:
    """The mark that stays: the end of a sentence weighs more than a pause."""
    if match["quote"]:
        return match["quote"]
    return match["end"] or match["stop"] or match["first"] or match.group()[-1]


def _widths(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    text, wide = paragraph.text, widen(paragraph.text)
    for at, (is_, should) in enumerate(zip(text, wide, strict=True)):
        if is_ != should and is_ in _NARROW_MARKS + "()" and not _in_ellipsis(text, at):
            yield NARROW.mark(paragraph, number, (at, at + 1), should)
        elif is_ in _AFTER_LATIN and _HAN.match(text, at + 1):
            yield NARROW.mark(paragraph, number, (at, at + 1), _AFTER_LATIN[is_])


def _in_ellipsis(text: str, at: int) -> bool:
    return text[at] == "." and "." in (text[at - 1 : at], text[at + 1 : at + 2])


def _brackets(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    """Brackets whose partner is missing, or is of the other width."""
    text = paragraph.text
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened.append(at)
        elif char in _CLOSERS:
            if opened and text[opened[-1]] == _CLOSERS[char]:
                opened.pop()
            elif opened and {text[opened[-1]], char} in ({"(", "）"}, {"（", ")"}):
                wrong = opened.pop() if char == "）" else at
                fitting = "（" if char == "）" else "）"
                yield MIXED_BRACKETS.mark(paragraph, number, (wrong, wrong + 1), fitting)
            elif not _LIST_CLOSER.search(text[:at]):
                yield UNPAIRED_BRACKET.mark(paragraph, number, (at, at + 1))
    for at in opened:
        yield UNPAIRED_BRACKET.mark(paragraph, number, (at, at + 1))


def _blanks(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    """Blanks typed into sentences; titles, signatures and names of two characters may hold them."""
    text = paragraph.text
    if paragraph.kind not in PROSE or not _SENTENCE_MARK.search(text):
        return
    for match in _BLANKS.finditer(text):
        if not _SPACED_NAME.search(text[: match.start()]):
            yield BLANKS.mark(paragraph, number, match.span(), "")
