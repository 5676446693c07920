"""The digest as tables, one of its speeches and one of its figures: what CSV and Excel share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from speeches.enums import FigureBound, FigureClaim
from speeches.exporting.document import DigestDocument, DigestFigure, DigestWorkItem
from speeches.exporting.wording import one_line, printed_byline
from speeches.textblocks import Block, BlockKind

Cell = str | int | float | None
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, and its heading and rows with every text safe for a spreadsheet."""

    name: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def safe(cell: Cell) -> Cell:
    """Return ``cell`` so that no spreadsheet reads it as a formula: an apostrophe goes before it.

    Excel takes the full-width signs for formulas too.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def speech_sheet(document: DigestDocument) -> Sheet:
    """Return a row a speech, in the order of the digest."""
    heading = (
        _("No."),
        _("Title"),
        _("Byline"),
        _("Organization"),
        _("Posts"),
        _("Speakers"),
        _("On behalf of"),
        _("Topics"),
        _("Characters"),
        _("Text of the speech"),
        _("Meeting"),
        _("Date"),
        _("Address"),
    )
    day = document.start_date.isoformat() if document.start_date else ""
    rows = []
    for number, speech in enumerate(document.speeches, start=1):
        text = text_of(speech.blocks)
        row = (
            number,
            one_line(speech.title),
            printed_byline(speech),
            speech.organization,
            "、".join(speech.posts),
            "、".join(speech.speakers),
            speech.on_behalf_of,
            "、".join(speech.tags),
            sum(not character.isspace() for character in text),
            text,
            document.title,
            day,
            settings.SITE_URL + speech.url,
        )
        rows.append(row)
    return _sheet(_("Speeches"), heading, rows)


def figure_sheet(document: DigestDocument) -> Sheet:
    """Return a row a figure, with its printed words beside what they mean."""
    heading = (
        _("No."),
        _("Highlighted work"),
        _("Organization"),
        _("Year"),
        _("As printed"),
        _("What is counted"),
        _("Indicator"),
        _("Low"),
        _("High"),
        _("Unit"),
        _("Bound"),
        _("Claim"),
        _("Address"),
    )
    pairs = ((item, figure) for item in document.work_items for figure in item.figures)
    rows = [_figure_row(number, *pair) for number, pair in enumerate(pairs, start=1)]
    return _sheet(_("Figures"), heading, rows)


def text_of(blocks: tuple[Block, ...]) -> str:
    """Return the words of a speech, a line a paragraph or row."""
    return "\n".join(
        "\n".join(map("　".join, block.rows)) if block.kind is BlockKind.TABLE else block.text
        for block in blocks
    )


def _figure_row(number: int, item: DigestWorkItem, figure: DigestFigure) -> tuple[Cell, ...]:
    return (
        number,
        item.title,
        item.organization,
        item.year,
        figure.printed,
        figure.object,
        figure.indicator,
        _number(figure.low),
        _number(figure.high),
        figure.unit,
        _label(FigureBound, figure.bound),
        _label(FigureClaim, figure.claim),
        settings.SITE_URL + item.url,
    )


def _number(value: float | None) -> Cell:
    """Return a whole number without a decimal point."""
    return int(value) if value is not None and value == int(value) else value


def _label(choices: Callable[[str], FigureBound | FigureClaim], value: str) -> str:
    return str(choices(value).label)


def _sheet(name: str, heading: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Sheet:
    return Sheet(name, heading, tuple(tuple(map(safe, row)) for row in rows))
