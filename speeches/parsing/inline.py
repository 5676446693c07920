"""Speeches reported inside running text: ``某某委员代表民革中央发言说，…``.

Each may be a paragraph of its own, or several may stand in one paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .bylines import Byline
from .passages import Passage
from .titled import TITLED_INSIDE
from .typography import HAN, widen
from .vocabulary import NAME, SEAT_TITLES

_SEAT = "|".join(SEAT_TITLES)
_WHO = f"(?:{NAME}|[{HAN}]{{2,6}}?)"
_VERB = (
    "(?:发言|发出呼吁|说|表示|建议|认为|指出|提出|呼吁|谈到|谈道|强调|介绍|分享|提到|希望|主张|谈了|就|围绕|关注|"
    "坦言|直言|告诉|补充|结合|聚焦|以|从|作了?|在)"
)
_LEAD = re.compile(
    rf"(?P<names>{_WHO}(?:[、和]{_WHO}){{0,3}})(?P<seat>{_SEAT})"
    rf"(?:(?:也|则|还|又|同样|分别|联合|受托|共同)*代表(?P<body>[{HAN}、]{{2,24}}?))?"
    rf"(?:在?(?:大会|书面|口头|联组|小组|联合|会上|视频)*)?(?={_VERB})"
)
_SENTENCE_START = re.compile(r"(?:^|(?<=[。！？；”]))")
_NOT_A_NAME = re.compile(
    "位|名|各|多|些|有的|与会|政协|人大|全体|出席|列席|广大|来自|大家|部分|其他|全国|界别|代表|委员|"
    "^[省市县区我他她他们这那该由让请被对向]|主席|主任|书记|部长"
)
_GOES_ON = re.compile(
    "^(?:他|她|他们|她们)(?:还|也|同时|进一步|建议|说|认为|指出|表示|提出|强调|呼吁|们)"
)
_PREFIX = re.compile("^(?:会上|发言中|大会发言中|座谈会上|讨论中|其中)[，,]")


@dataclass(frozen=True, slots=True)
class Report:
    """One reported speech: who, and its paragraphs with their source range."""

    byline: Byline
    paragraphs: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a speaker is introduced in a paragraph."""

    start: int
    byline: Byline


def find_leads(paragraph: str) -> list[Lead]:
    """Speakers introduced at the beginning of the paragraph or of a later sentence."""
    leads = []
    for start in _sentence_starts(paragraph):
        prefix = _PREFIX.match(paragraph[start : start + 12])
        at = start + (prefix.end() if prefix else 0)
        match = _LEAD.match(paragraph, at, at + 80)
        if match is None:
            continue
        names = _split_names(match["names"])
        if any(_NOT_A_NAME.search(name) for name in names):
            continue
        if (
            not all(re.fullmatch(NAME, name) for name in names)
            and "发言" not in paragraph[at : at + 60]
        ):
            continue
        body = match["body"] or ""
        titled = TITLED_INSIDE.match(paragraph, match.end())
        byline = Byline(match.group(), body, (match["seat"],), names, body)
        leads.append(Lead(start, replace(byline, title=titled["title"]) if titled else byline))
    return leads


def _split_names(printed: str) -> tuple[str, ...]:
    """``王志强和黄小卫`` are two, ``赵清和`` is one."""
    if re.fullmatch(NAME, printed):
        return (printed,)
    return tuple(part for part in re.split("[、和]", printed) if part)


def _sentence_starts(paragraph: str) -> Iterator[int]:
    return (match.start() for match in _SENTENCE_START.finditer(paragraph))


def read_reports(passages: Sequence[Passage]) -> tuple[list[Report], list[str]]:
    """The reported speeches, and the paragraphs that report something else."""
    reports: list[Report] = []
    others: list[str] = []
    open_report = False
    for passage in passages:
        text = widen(passage.text)
        leads = find_leads(text)
        if not leads:
            if open_report and _GOES_ON.match(text):
                last = reports[-1]
                reports[-1] = Report(last.byline, (*last.paragraphs, text), last.start, passage.end)
            else:
                others.append(text)
                open_report = False
            continue
        if leads[0].start > 0:
            others.append(text[: leads[0].start])
        ends = [*(lead.start for lead in leads[1:]), len(text)]
        for lead, end in zip(leads, ends, strict=True):
            reports.append(
                Report(lead.byline, (text[lead.start : end],), passage.start, passage.end)
            )
        open_report = True
    return reports, others
