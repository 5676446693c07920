"""The body and posts of a speaker whose byline is the bare name (``张强代表——``)."""

import re

from .bylines import looks_like_unit, split_unit
from .typography import HAN
from .vocabulary import POST_WORD

_REACH = 200
_LEAD_IN = re.compile("^(?:来自|作为|身为|我是|一名|一位|这位|全国人大代表、|全国政协委员、)+")


def read_affiliation(paragraph: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Find ``某村党支部书记张强代表`` or ``作为某校校长，`` in the first sentences."""
    text = paragraph[:_REACH]
    for pattern in (
        rf"(?P<unit>[{HAN}（）、]{{4,40}}){re.escape(name)}",
        rf"(?:作为|身为|我是)(?P<unit>[{HAN}（）、]{{4,40}})[，。]",
    ):
        match = re.search(pattern, text)
        if match is None:
            continue
        unit = _LEAD_IN.sub("", match["unit"])
        if POST_WORD.search(unit) and looks_like_unit(unit):
            return split_unit(unit)
    return "", ()
