"""The highlighted work of a digest and its figures in an Akoma Ntoso file, as its ``proprietary``.

They are what an office found in the speeches, not words that were spoken, and so data about
the file in a namespace of their own, which the standard allows there, and no part of the debate. A
figure keeps its printed words beside ``low`` and ``high``; a side that is open has no attribute.
"""

from collections.abc import Iterable
from typing import Final

from speeches.exporting.document import DigestFigure, DigestWorkItem
from speeches.exporting.elements import Element, add, new
from speeches.exporting.wording import one_line

WORK_NAMESPACE: Final = "urn:cppcc-cms:work:1"


def work_of(items: Iterable[DigestWorkItem], speech_ids: Iterable[int]) -> Element | None:
    """Return ``items`` as a ``proprietary``, or None; ``speech_ids`` are those of the file."""
    element = new("proprietary", source="#editor")
    spoken = set(speech_ids)
    for item in items:
        work = add(
            element,
            "work",
            xmlns=WORK_NAMESPACE,
            title=one_line(item.title),
            organization=one_line(item.organization),
            year=str(item.year or ""),
            speech=f"#speech_{item.speech_id}" if item.speech_id in spoken else "",
        )
        if item.summary.strip():
            add(work, "summary", item.summary.strip())
        for figure in item.figures:
            _figure(work, figure)
    return element if len(element) else None


def _figure(work: Element, figure: DigestFigure) -> None:
    add(
        work,
        "figure",
        figure.printed,
        object=figure.object,
        unit=figure.unit,
        low=_number(figure.low),
        high=_number(figure.high),
        bound=figure.bound,
        claim=figure.claim,
        indicator=figure.indicator,
    )


def _number(value: float | None) -> str:
    """Return ``value`` without an exponent and without zeros that say nothing."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
