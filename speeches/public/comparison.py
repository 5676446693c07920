"""One indicator across bodies and years: each value beside the sentence that states it.

Values are shown, never added up: what one speech counts from January another counts from June,
and “more than 50” is no number to calculate with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from speeches.models.content import Indicator
from speeches.models.editions import FigureEdition, WorkItemEdition
from speeches.public import selectors
from speeches.public.entries import WorkEntry, work_entries
from speeches.public.figures import FigureLine, figure_line

WIDTH = 100
"""Length of the longest bar in the units of its picture."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What is known of a value, drawn: certain up to ``sure``, possible up to ``most``.

    Both are lengths out of ``WIDTH``; ``is_open`` tells that the source names no upper limit.
    """

    sure: float
    most: float
    is_open: bool

    @property
    def doubt(self) -> float:
        """The length of the part that is possible and not certain."""
        return self.most - self.sure


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of the indicator: whose, when, in which words. No bar where its unit differs."""

    work: WorkEntry
    line: FigureLine
    bar: Bar | None


def compared_indicators() -> list[Indicator]:
    """Return the indicators with public figures, each with how many as ``values_count``."""
    public = FigureEdition.objects.filter(edition__closed_at__isnull=True).order_by()
    counts = dict(public.values_list("indicator").annotate(Count("pk")))
    found = list(Indicator.objects.filter(pk__in=[key for key in counts if key]))
    for indicator in found:
        indicator.values_count = counts[indicator.pk]
    return found


def compare(indicator: Indicator) -> list[Measured]:
    """Return every public value of ``indicator``: the newest year first, then by body."""
    figures = list(
        FigureEdition.objects.filter(indicator=indicator, edition__closed_at__isnull=True)
        .select_related("indicator")
        .order_by("edition_id", "position", "pk")
    )
    editions = selectors.listed_work_items().filter(pk__in={f.edition_id for f in figures})
    works = {entry.edition.pk: entry for entry in work_entries(editions)}
    longest = _longest(figures, indicator.unit)
    values = [
        Measured(
            works[figure.edition_id], figure_line(figure), _bar(figure, indicator.unit, longest)
        )
        for figure in figures
    ]
    return sorted(values, key=lambda value: _order(value.work.edition))


def _order(edition: WorkItemEdition) -> tuple[int, str, int]:
    body = edition.organization.name if edition.organization else ""
    return (-(edition.year or 0), body, edition.pk)


def _longest(figures: Iterable[FigureEdition], unit: str) -> Decimal:
    ends = (
        end
        for figure in figures
        if figure.unit == unit
        for end in (figure.low, figure.high)
        if end is not None
    )
    return max(ends, default=Decimal(0))


def _bar(figure: FigureEdition, unit: str, longest: Decimal) -> Bar | None:
    known = [end for end in (figure.low, figure.high) if end is not None and end >= 0]
    if figure.unit != unit or not known or not longest:
        return None
    sure = figure.low if figure.low is not None else Decimal(0)
    most = figure.high if figure.high is not None else sure
    return Bar(
        sure=round(float(sure / longest * WIDTH), 2),
        most=round(float(most / longest * WIDTH), 2),
        is_open=figure.high is None,
    )
