"""Candidates of highlighted work (亮点工作): the paragraphs of a speech that tell of results.

They are proposals: staff accept, merge or drop them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .documents import Claim, Figure
from .topics import find_topics
from .typography import ends_sentence

LONGEST_TITLE = 60
_LONGEST_HEADING = 40
_NUMBER = "[一二三四五六七八九十]{1,3}"
_NUMBERING = re.compile(
    rf"^(?:{_NUMBER}[是要、，]|第{_NUMBER}[，、]|[（(]?{_NUMBER}[）)]|[（(]?[0-9]{{1,2}}[）).．、])\s*"
)
_OWN_RESULTS = (Claim.RESULT, Claim.CUMULATIVE)


@dataclass(frozen=True, slots=True)
class WorkCandidate:
    """A paragraph (counted from 0) that tells of work done.

    ``figures`` are the places of its figures among those of the speech, targets and others' figures
    with them; ``tags`` are suggested topics.
    """

    paragraph: int
    title: str
    tags: tuple[str, ...]
    figures: tuple[int, ...]


def find_candidates(
    paragraphs: Sequence[str], figures: Sequence[Figure]
) -> tuple[WorkCandidate, ...]:
    """Return a candidate for each paragraph with a result of the speaker's own.

    A paragraph that only announces targets, or tells of others' work, makes none.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for place, figure in enumerate(figures):
        places[figure.paragraph].append(place)
    return tuple(
        WorkCandidate(
            paragraph=at,
            title=_title_at(paragraphs, at),
            tags=find_topics(_heading_above(paragraphs, at) + paragraphs[at]),
            figures=tuple(own),
        )
        for at, own in sorted(places.items())
        if any(figures[place].claim in _OWN_RESULTS for place in own)
    )


def work_title(paragraph: str) -> str:
    """Return a title for the work a paragraph tells of: its leading sentence, unnumbered.

    At most 60 characters, cut at a comma where there is one.
    """
    sentence = re.split(r"[。；！？]", _NUMBERING.sub("", paragraph), maxsplit=1)[0]
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    cut = max(sentence.rfind(mark, 0, LONGEST_TITLE) for mark in "，、：")
    return sentence[: cut if cut > 0 else LONGEST_TITLE]


def _title_at(paragraphs: Sequence[str], at: int) -> str:
    return work_title(_heading_above(paragraphs, at) or paragraphs[at])


def _heading_above(paragraphs: Sequence[str], at: int) -> str:
    """The heading right above an unnumbered paragraph; empty where there is none."""
    if at == 0 or _NUMBERING.match(paragraphs[at]):
        return ""
    above = paragraphs[at - 1]
    short = (
        len(above) <= _LONGEST_HEADING and not ends_sentence(above) and above[-1] not in "，；："
    )
    return above if short and _NUMBERING.match(above) else ""
