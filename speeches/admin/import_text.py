"""A paragraph of the import workbench as it is shown: its columns, figures and bold words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any

from speeches.enums import FigureClaim
from speeches.figures import meaning, unscaled
from speeches.services.blocks import Block

COLOURS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A piece of the file that was read in one go; ``number`` counts in reading order."""

    number: int
    moved: bool
    evidence: str
    confidence: int

    @property
    def colour(self) -> int:
        """One of the colours that tell neighbouring columns apart."""
        return (self.number - 1) % COLOURS + 1


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of a paragraph: plain, or a figure; ``column`` is given where one begins.

    ``bold`` tells that the file sets it so.
    """

    text: str
    figure: str = ""
    column: Column | None = None
    bold: bool = False


def text_parts(
    block: Block,
    begins: Mapping[int, Column] = MappingProxyType({}),
    figures: Iterable[dict[str, Any]] = (),
) -> list[TextPart]:
    """Return a paragraph cut where a column begins, a figure stands or bold words end."""
    text, bold = block["text"], block.get("bold", ())
    meanings = {(figure["start"], figure["end"]): meaning_of(figure) for figure in figures}
    cuts = {0, len(text), *begins, *chain.from_iterable([*meanings, *bold])}
    return [
        TextPart(
            text=text[start:end],
            figure=next((told for (a, b), told in meanings.items() if a <= start and end <= b), ""),
            column=begins.get(start),
            bold=any(first <= start and end <= last for first, last in bold),
        )
        for start, end in pairwise(sorted(cut for cut in cuts if cut <= len(text)))
    ]


def meaning_of(figure: dict[str, Any]) -> str:
    """Return in words what was recognised in a figure."""
    low, high = (_decimal(figure[name]) for name in ("low", "high"))
    told = meaning(low, high, figure["bound"], unscaled(figure["unit"]))
    claim = FigureClaim(figure["claim"])
    return told if claim == FigureClaim.RESULT else f"{told}（{claim.label}）"


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
