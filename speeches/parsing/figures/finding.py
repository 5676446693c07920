"""From the paragraphs of a speech to its figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from speeches.parsing.documents import Figure

from .claims import ClaimReader
from .exclusions import is_work_figure, named_spans
from .quantities import find_quantities
from .wording import Span, word_phrase


def find_figures(paragraphs: Sequence[str]) -> tuple[Figure, ...]:
    """The work figures of a speech's paragraphs, in order, never overlapping.

    Counted are results and counts of work, percentages included; left out are ordinals, sessions,
    dates, years and durations, models, names in quotation marks and norms (see
    :mod:`speeches.parsing.figures.exclusions`). ``paragraphs[f.paragraph][f.start:f.end]`` is
    always ``f.text``.
    """
    return tuple(
        figure
        for number, text in enumerate(paragraphs)
        for figure in _figures_of_paragraph(text, number)
    )


def _figures_of_paragraph(text: str, number: int) -> Iterator[Figure]:
    quantities = list(find_quantities(text))
    if not quantities:
        return
    claims = ClaimReader.of(text)
    named = named_spans(text)
    ceilings = [*(quantity.start for quantity in quantities[1:]), len(text)]
    floor = 0
    for quantity, ceiling in zip(quantities, ceilings, strict=False):
        if is_work_figure(text, quantity, named):
            span = Span(quantity.start, quantity.end, floor, ceiling, quantity.measure)
            wording = word_phrase(text, span)
            yield Figure(
                text=text[wording.start : wording.end],
                value=float(quantity.numeral.value),
                unit=quantity.unit,
                low=_as_float(quantity.low),
                high=_as_float(quantity.high),
                bound=quantity.bound,
                paragraph=number,
                start=wording.start,
                end=wording.end,
                object=wording.object,
                claim=claims.claim_at(quantity.start),
            )
            floor = wording.end


def _as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
