"""One indicator across bodies and years: each value beside the sentence that states it.

Values are shown, never added up: what one speech counts from January another counts from June,
and “more than 50” is no number to calculate with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from speeches.models.content import Indicator
from speeches.models.editions import FigureEdition, WorkItemEdition
from speeches.public import selectors
from speeches.public.entries import WorkEntry, work_entries
from speeches.public.figures import FigureLine, figure_line
from speeches.public.packing import of_owner

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


@dataclass(frozen=True, slots=True)
class Series:
    """What one body says of one thing over the years; ``url`` compares it with other bodies."""

    name: str
    url: str
    values: list[Measured]


def compared_indicators() -> QuerySet[Indicator]:
    """Return the indicators with public figures, each with how many as ``values_count``."""
    public = FigureEdition.objects.filter(edition__closed_at__isnull=True, **of_owner("indicator"))
    counted = Indicator.objects.annotate(values_count=selectors.count_of(public, "indicator"))
    return counted.filter(values_count__gt=0)


def compare(indicator: Indicator) -> list[Measured]:
    """Return every public value of ``indicator``: the newest year first, then by body."""
    measured = FigureEdition.objects.filter(indicator=indicator).order_by().values("edition")
    works = work_entries(selectors.listed_work_items().filter(pk__in=measured))
    figures = [
        (work, figure)
        for work in works
        for figure in work.edition.figures.all()
        if figure.indicator_id == indicator.pk
    ]
    return _measured(figures, indicator.unit)


def series_of(works: Iterable[WorkEntry]) -> list[Series]:
    """Return the figures of a body year by year: by indicator, then by what they count.

    What is not an indicator is shown where two values in one unit make a series.
    """
    groups: dict[tuple[str, str, int], list[tuple[WorkEntry, FigureEdition]]] = {}
    for work in works:
        for figure in work.edition.figures.all():
            indicator = figure.indicator
            name = indicator.name if indicator else figure.object
            unit = indicator.unit if indicator else figure.unit
            number = indicator.pk if indicator else 0
            groups.setdefault((name, unit, number), []).append((work, figure))
    return [
        Series(
            name,
            reverse("indicator", args=[number]) if number else "",
            _measured(figures, unit),
        )
        for (name, unit, number), figures in sorted(groups.items(), key=_indicators_first)
        if number or (name and len(figures) > 1)
    ]


def _indicators_first(group: tuple[tuple[str, str, int], list[Any]]) -> tuple[bool, int, str, str]:
    (name, unit, number), figures = group
    return (not number, -len(figures), name, unit)


def _measured(figures: list[tuple[WorkEntry, FigureEdition]], unit: str) -> list[Measured]:
    longest = _longest((figure for _work, figure in figures), unit)
    values = [
        Measured(work, figure_line(figure), _bar(figure, unit, longest)) for work, figure in figures
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
