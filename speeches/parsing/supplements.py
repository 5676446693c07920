"""What a digest in the official format has around its speeches.

Contents, an attachment, and below the editors' note who issued the digest and when.
"""

import re
from collections.abc import Sequence

from .headings import is_editors_note
from .layout import Line, Wrap
from .segments import divide
from .typography import squeeze

_CONTENTS = re.compile(r"^\s*目\s*录\s*$")
_ENTRY = re.compile(r"(?:[.．·…]\s*){3,}\d{1,4}\s*$")
_ENTRY_LINES = 4
"""Lines between two entries at most: a long title and its signature."""
_DATE = re.compile(r"^[12]\d{3}年\d{1,2}月\d{1,2}日$")
_ISSUER = re.compile(r"^[^，。；：！？、]+$")
_LONGEST_ISSUER = 30
_NOTE_SIGNATURE = re.compile(
    r"^[（(][^，。；：！？、（）()]{1,26}(?:政协|委员会|办公[室厅]|报社?|编辑部)[）)]$"
)
_HEAD_LINES = 60
TABLE_OF_FIGURES = "亮点工作数据"
"""What our own exports call the table of figures behind the speeches."""
_ATTACHMENT = re.compile(
    rf"^\s*附\s*件\s*[0-9一二三四五六七八九十]*\s*[：:]?\s*$|^\s*{TABLE_OF_FIGURES}\s*$"
)


def part_supplements(lines: Sequence[Line], wrap: Wrap | None) -> tuple[list[Line], list[Line]]:
    """Return the lines without table of contents, signature and attachment, and those three.

    Contents begin with the word alone in its line and end with the last entry that leads to a page
    number, and with the signature below it, which comes again at its speech. An attachment begins
    with ``附件`` alone in its line (GB/T 9704-2012, 7.3.4), a newspaper page's table of figures
    with ``TABLE_OF_FIGURES``; neither holds a signed speech.
    """
    flow, supplements = _part_contents(list(lines))
    flow, signature = _part_signature(flow)
    supplements = signature + supplements
    for place, line in enumerate(flow):
        if place and _ATTACHMENT.match(line.text):
            division = divide(flow[place + 1 :], wrap)
            if division is None or not division.sections:
                return flow[:place], supplements + flow[place:]
    return flow, supplements


def _part_contents(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    for start, line in enumerate(lines):
        if _CONTENTS.match(line.text):
            end = place = start + 1
            while place < len(lines) and place - end <= _ENTRY_LINES:
                place += 1
                if _ENTRY.search(lines[place - 1].text):
                    end = place
            if end > start + 1:
                later = {squeeze(line.text) for line in lines[end + 1 :]}
                if end < len(lines) and squeeze(lines[end].text) in later:
                    end += 1
                return lines[:start] + lines[end:], lines[start:end]
    return lines, []


def _part_signature(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Take out who signs the editors' note: issuer and date, or a newspaper's name in brackets.

    The first by GB/T 9704-2012, 7.3.5.
    """
    noted = False
    for place, line in enumerate(lines[:_HEAD_LINES]):
        noted = noted or is_editors_note(line.text)
        if noted and _NOTE_SIGNATURE.match(line.text):
            return lines[:place] + lines[place + 1 :], [line]
        if noted and place and _DATE.match(line.text):
            issuer = lines[place - 1].text
            first = place - 1 if _ISSUER.match(issuer) and len(issuer) <= _LONGEST_ISSUER else place
            return lines[:first] + lines[place + 1 :], lines[first : place + 1]
    return lines, []
