"""Bold words: where they stand in the text of a document, and in the paragraphs read from it."""

from collections.abc import Iterable, Iterator, Sequence

from .places import Place
from .typography import fold

Span = tuple[int, int]
"""Words at ``start:end`` of a text."""


def spans_of(text: str, marks: Iterable[bool]) -> list[Span]:
    """Return the runs of marked characters of ``text``, without blanks at their ends."""
    spans: list[Span] = []
    start: int | None = None
    for at, marked in enumerate((*marks, False)):
        if marked and start is None:
            start = at
        elif not marked and start is not None:
            words = text[start:at]
            first = start + len(words) - len(words.lstrip())
            if words.strip():
                spans.append((first, first + len(words.strip())))
            start = None
    return spans


def marks_of(text: str, spans: Iterable[Sequence[int]]) -> list[bool]:
    """Return for every character of ``text`` whether one of ``spans`` holds it."""
    marks = [False] * len(text)
    for start, end in spans:
        marks[start:end] = [True] * len(marks[start:end])
    return marks


def stress_of(
    source: str, stressed: Sequence[Span], paragraph: str, places: Sequence[Place]
) -> list[Span]:
    """Return which words of a paragraph are bold where it stood, ``places`` of the source.

    ``stressed`` are the bold words of the source. A character that stands nowhere is not bold.
    """
    within = [
        (start, end)
        for start, end in stressed
        if any(start < place.end and place.start < end for place in places)
    ]
    if not within:
        return []
    return spans_of(paragraph, _marks(source, within, paragraph, places))


def _marks(
    source: str, stressed: Sequence[Span], paragraph: str, places: Sequence[Place]
) -> Iterator[bool]:
    """Lay the paragraph beside its source; a blank goes with the character before it."""
    printed = [
        (fold(source[at]), any(start <= at < end for start, end in stressed))
        for place in places
        for at in range(place.start, place.end)
        if fold(source[at])
    ]
    passed, marked = 0, False
    for character in paragraph:
        folded = fold(character)
        if folded:
            stands = passed < len(printed) and printed[passed][0] == folded
            marked = stands and printed[passed][1]
            passed += stands
        yield marked
