"""What a page puts around a signature: bullets, brackets, stars, a date, a mark inside it."""

import re

from .typography import BLANK, HAN
from .vocabulary import is_known_name

_BULLET = re.compile(f"^[■●◆▲★□○◇△☆▌▍◎※•][■●◆▲★□○◇△☆▌▍◎※•{BLANK}]*")
_WRAPPED = re.compile(
    r"^(?:（(?P<round>[^（）]+(?:（[^（）]*）[^（）]*)*)）|【(?P<solid>[^【】]+)】|\[(?P<square>[^\[\]]+)\]"
    r"|〔(?P<shell>[^〔〕]+)〕|(?P<stars>\*{1,3})(?P<bold>[^*]+)(?P=stars))$"
)
_DATE = re.compile(
    f"[{BLANK}]*[（(]?(?:[12][0-9]{{3}}年)?[0-9]{{1,2}}月[0-9]{{1,2}}日[)）]?[{BLANK}]*$"
)
_WRITTEN_BY = re.compile(f"^文[{BLANK}]*[/／丨|｜:：][{BLANK}]*")
_RULE = re.compile(f"[{BLANK}]*[|｜丨/／][{BLANK}]*")
_ADDRESS = re.compile(f"(?<=[{HAN}]{{2}})(?:同志)$")
_TELLING = re.compile(
    f"^(?P<rest>.*[{HAN}）)])[{BLANK}]*(?:同志)?(?:作|做)?(?:交流|大会|书面|典型|口头)?发言$"
)


def undress(line: str) -> tuple[str, bool]:
    """The signature alone, and whether brackets stood around it."""
    core = _DATE.sub("", _BULLET.sub("", line))
    wrapped = _WRAPPED.match(core)
    if wrapped:
        core = next(filter(None, wrapped.group("round", "solid", "square", "shell", "bold")))
    core = _WRITTEN_BY.sub("", _DATE.sub("", core.strip()))
    ruled = _RULE.split(core)
    if len(ruled) == 2 and any(is_known_name(part) for part in ruled):
        core = "\u3000".join(ruled)
    told = _TELLING.match(core)
    if told and "代表" not in core:
        core = told["rest"]
    return _ADDRESS.sub("", core), wrapped is not None
