"""The headings that official prose carries in its text: ``一、``, ``（一）``, ``1.``, ``（1）``."""

import re
from dataclasses import dataclass

LONGEST_HEADING = 56
"""Characters, two full lines: what is longer is a numbered sentence, not a heading."""

_MARKERS = (
    (1, re.compile(r"[一二三四五六七八九十百]{1,4}、")),
    (2, re.compile(r"[（(][一二三四五六七八九十百]{1,4}[）)]")),
    (3, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_SENTENCE_END = re.compile(r"[。！？][”’）】》]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the head of a paragraph: its level (1 to 4) and its length in characters.

    ``alone`` tells that nothing follows it in the paragraph.
    """

    level: int
    length: int
    alone: bool


def heading_of(text: str) -> Heading | None:
    """Return the heading that ``text`` opens with.

    Where the paragraph goes on, the heading ends with the first full stop (GB/T 9704-2012, 7.3.3:
    the levels differ by typeface, and a run-in heading is only its own sentence).
    """
    level = next((level for level, marker in _MARKERS if marker.match(text)), None)
    if level is None:
        return None
    end = _SENTENCE_END.search(text)
    length = end.end() if end else len(text)
    if length > LONGEST_HEADING:
        return None
    return Heading(level, length, alone=not text[length:].strip())
