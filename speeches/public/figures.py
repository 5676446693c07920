"""Work figures for readers: the printed words, and what they mean."""

import re
from dataclasses import dataclass

from speeches.figures import meaning
from speeches.models.editions import FigureEdition

_DIGITS = r"[0-9０-９](?:[0-9０-９,.．]*[0-9０-９])?[%％‰]?"
_NUMBERS = (
    re.compile(rf"{_DIGITS}(?:[—–－~～-]{{1,2}}{_DIGITS})?"),
    re.compile(r"[〇零一二两三四五六七八九十百千]+"),
)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as a reader sees it.

    ``before``, ``number`` and ``after`` are the printed words, cut around the number so that it
    can be set large; ``meaning`` says the same in plain terms.
    """

    before: str
    number: str
    after: str
    meaning: str
    object: str
    claim: str
    indicator: str
    verified: bool

    @property
    def printed(self) -> str:
        """The exact words of the source."""
        return f"{self.before}{self.number}{self.after}"

    @property
    def caption(self) -> str:
        """The object, where the printed words do not name it already."""
        return "" if self.object in self.printed else self.object


def figure_line(figure: FigureEdition) -> FigureLine:
    """Return ``figure`` in words; its indicator, where it has one, must be fetched already."""
    before, number, after = _cut(figure.printed)
    return FigureLine(
        before=before,
        number=number,
        after=after,
        meaning=meaning(figure.low, figure.high, figure.bound, figure.unit),
        object=figure.object,
        claim=figure.get_claim_display(),
        indicator=figure.indicator.name if figure.indicator else "",
        verified=figure.verified,
    )


def _cut(printed: str) -> tuple[str, str, str]:
    """Cut around the last number: words before it may hold others (五年以上的老纠纷17起)."""
    for pattern in _NUMBERS:
        found = list(pattern.finditer(printed))
        if found:
            start, end = found[-1].span()
            return printed[:start], printed[start:end], printed[end:]
    return "", printed, ""
