"""The head of a digest: meeting, kicker, label, editors' note, page headline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import Line
from .passages import Style, build_passages
from .typography import BLANK, HAN, ends_sentence, squeeze, widen

_LONGEST_TITLE = 64

_LABEL = (
    rf"[（(]?(?:[{HAN}]{{0,6}}(?:发言|交流|讲话|建言|材料))(?:材料)?"
    r"(?:摘登|摘编|摘要|摘录|选登|选编|汇编|选粹|集锦|集萃|撷英|辑录|实录|选)[）)]?"
    r"|[（(]?(?:大会发言|交流发言|书面发言|发言材料|(?:经验)?交流材料|大会发言材料)[）)]?"
)
_LABEL_LINE = re.compile(rf"^(?:{_LABEL})$")
_MEETING_WITH_LABEL = re.compile(
    rf"^(?P<meeting>.{{4,60}}?(?:会议|(?<!政协大)会(?!会?议)|论坛))[{BLANK}]*(?P<label>{_LABEL})$"
)
_MEETING = re.compile(
    r"(?:会议|大会|全会|座谈会|交流会|推进会|研讨会|论坛|协商会|议政会|报告会|讨论会|联组会|例会|会)$"
)
_MEETING_INSIDE = re.compile(
    rf"(?:[{HAN}]{{1,12}}?政协|政协[{HAN}]{{2,12}}?)(?:第?[一二三四五六七八九十]+届)(?:委员会|常委会|常务委员会)?"
    r"(?:第?[一二三四五六七八九十]+次)(?:全体|常委)?会议"
)
_NEWS = re.compile("召开|举行|举办|开幕|闭幕")
_HELD = re.compile(
    rf"^(?P<body>[{HAN}]{{2,20}}政协)(?:召开|举行|举办)(?P<meeting>.{{4,40}}?会)(?:议)?$"
)
_SHORT_LINE = 10
_EDITORS_NOTE = re.compile(
    rf"^[【\[〔（(]?[{BLANK}]*(?:编[{BLANK}]*者[{BLANK}]*按|编者的话|编[{BLANK}]*前|核心提示|开栏[的语]|导[{BLANK}]*[读语]|前[{BLANK}]*言|按)"
    rf"[{BLANK}]*[】\]〕）):：]"
)
_SPEECH_NUMBER = re.compile(
    "(?:(?:典型|交流|大会)?(?:发言|材料))?(?:之[一二三四五六七八九十]{1,3}|[（(]?[一二三四五六七八九十]{1,3}[)）])"
    "|(?:典型|交流|大会)?(?:发言|材料)[一二三四五六七八九十0-9]{1,3}"
)
_NUMBERED_TITLE = re.compile(rf"[一二三四五六七八九十]{{1,3}}、[{HAN}“《][^，。；：！？]{{4,36}}$")
_NO_TITLE = re.compile(rf"^(?:[（(]?[一二三四五六七八九十]{{1,3}}[、）)]|[{HAN}]{{1,4}}[:：]$)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the first speech; ``headline`` is a page title that names no meeting.

    A ``meeting`` recognised inside the headline is no text of its own.
    """

    meeting: str = ""
    kicker: str = ""
    label: str = ""
    editors_note: str = ""
    headline: str = ""
    notes: tuple[str, ...] = ()


def is_title_like(line: Line) -> bool:
    """Whether a line may be a title or a part of one: short, unnumbered, no sentence."""
    text = widen(line.text)
    if not 2 <= len(text) <= _LONGEST_TITLE or "。" in text or "；" in text:
        return False
    if text[-1] in "，、：；" or _NO_TITLE.match(text) or text[0] in "，、。：；！？）”》":
        return False
    return re.search(f"[{HAN}]", text) is not None and text.count("，") <= 2


def is_numbered_title(line: Line) -> bool:
    """``三、让山区群众喝上放心水``: counts as a title only right above a signature."""
    return line.gap and _NUMBERED_TITLE.match(widen(line.text)) is not None


def part_speech_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines without those that only count the speeches (``之二``), and these."""
    numbers = [line for line in lines if _SPEECH_NUMBER.fullmatch(squeeze(line.text))]
    return [line for line in lines if line not in numbers], numbers


def is_label(text: str) -> bool:
    """``（发言摘登）``, ``大会发言摘编``."""
    return _LABEL_LINE.match(squeeze(text)) is not None


def heads_the_page(text: str) -> bool:
    """Whether a line is no speech's title: a label, or a meeting's title that ends with one."""
    return is_label(text) or _MEETING_WITH_LABEL.match(text) is not None


def names_meeting(text: str) -> bool:
    """Whether a line may be a meeting's title: it ends like one and tells no news."""
    return _MEETING.search(squeeze(text)) is not None and _NEWS.search(text) is None


def is_editors_note(text: str) -> bool:
    """Whether the text begins an editors' note."""
    return _EDITORS_NOTE.match(text) is not None


def read_heading(lines: Sequence[Line], style: Style) -> Heading:
    """Give every line above the first speech its role."""
    passages = build_passages(lines, style)
    first_lines = {line.start: line for line in lines}
    meeting = label = ""
    titles: list[str] = []
    after: list[str] = []
    note: list[str] = []
    for passage in passages:
        text = passage.text
        whole = (
            first_lines[passage.start].text
            if passage.end == first_lines[passage.start].end
            else text
        )
        combined = _MEETING_WITH_LABEL.match(whole)
        if is_editors_note(text) or note or ends_sentence(widen(text)):
            note.append(text)
        elif is_label(whole):
            label = label or whole
            if label != whole:
                after.append(whole)
        elif combined and not meeting:
            meeting, label = combined["meeting"].strip(), combined["label"]
        elif not meeting and names_meeting(whole):
            if titles and len(whole) <= _SHORT_LINE and not first_lines[passage.start].gap:
                whole = titles.pop() + whole
            meeting = whole
        elif meeting or label:
            after.append(whole)
        else:
            titles.append(whole)
    if meeting:
        return Heading(meeting, "\n".join(titles), label, _join_note(note), notes=tuple(after))
    headline = " ".join(titles)
    return Heading(
        meeting=_meeting_inside(squeeze(headline)),
        label=label,
        editors_note=_join_note(note),
        headline=headline,
        notes=tuple(after),
    )


def _meeting_inside(headline: str) -> str:
    """The meeting a headline tells of: ``某市政协召开六届十二次常委会会议``."""
    inside = _MEETING_INSIDE.search(headline)
    if inside:
        return inside.group()
    held = _HELD.match(headline)
    return held["body"] + headline[held.start("meeting") :] if held else ""


def _join_note(paragraphs: Sequence[str]) -> str:
    return widen("\n".join(paragraphs))
