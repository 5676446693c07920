"""From current editions to the rows that are searched.

The key of a row is made of the build of the index (1 bit), the day (20 bits) and a number within
the day (22 bits). An index sorted by its keys is therefore sorted by date, and "the newest first"
needs no date beside the index.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from django.db.models import Max

from speeches.enums import SearchKind
from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.models.search import SearchDocument
from speeches.textblocks import blocks

from .marks import Piece, marks_of

MODELS: dict[SearchKind, type[Piece]] = {
    SearchKind.SPEECH: SpeechEdition,
    SearchKind.MEETING: MeetingEdition,
    SearchKind.WORK_ITEM: WorkItemEdition,
}
_DAY_BITS = 20
_PLACE_BITS = 22


def kind_of(edition: Edition) -> SearchKind:
    """Return which kind of piece an edition is of."""
    return next(kind for kind, model in MODELS.items() if isinstance(edition, model))


def documents_of(editions: Sequence[Edition], generation: int) -> list[SearchDocument]:
    """Return what is searched of ``editions``, not stored, in the given build of the index."""
    days = _meeting_days(editions)
    documents = [_document(cast(Piece, edition), generation, days) for edition in editions]
    give_keys(documents)
    return documents


def give_keys(documents: Iterable[SearchDocument]) -> None:
    """Give each new document the next key of its build and day."""
    following: dict[int, int] = {}
    for document in documents:
        first = _first_key(document.generation, document.day)
        if first not in following:
            on_day = SearchDocument.objects.filter(id__gte=first, id__lt=first + (1 << _PLACE_BITS))
            last: int | None = on_day.aggregate(last=Max("id"))["last"]
            following[first] = first + 1 if last is None else last + 1
        document.pk = following[first]
        following[first] += 1


def _first_key(generation: int, day: date | None) -> int:
    of_day = (day.toordinal() if day else 0) << _PLACE_BITS
    return ((generation % 2) << (_DAY_BITS + _PLACE_BITS)) | of_day


def _meeting_days(editions: Iterable[Edition]) -> dict[int, date | None]:
    numbers = {item.meeting_id for item in editions if isinstance(item, SpeechEdition)}
    if not numbers:
        return {}
    current = MeetingEdition.objects.current().filter(meeting_id__in=numbers).order_by()
    return dict(current.values_list("meeting_id", "start_date"))


def _document(piece: Piece, generation: int, days: dict[int, date | None]) -> SearchDocument:
    lines = _lines(piece)
    kind = kind_of(piece)
    day = _day(piece, days)
    return SearchDocument(
        generation=generation,
        kind=kind,
        number=piece.draft_id,
        edition_hash=piece.content_hash,
        day=day,
        marks=marks_of(piece, kind, day),
        title=piece.title,
        body="\n".join(text for _anchor, text in lines),
        anchors=[anchor for anchor, _text in lines],
        url=piece.get_absolute_url(),
    )


def _lines(edition: Piece) -> list[tuple[str, str]]:
    if isinstance(edition, SpeechEdition):
        spoken = [edition.byline, edition.on_behalf_of, edition.summary, *edition.topics]
    elif isinstance(edition, WorkItemEdition):
        figures = [figure.printed for figure in edition.figures.all()]
        body = str(edition.organization or "")
        spoken = [body, edition.summary, *figures, *edition.topics]
    else:
        shown = (edition.kicker, edition.subtitle, edition.place, edition.editors_note)
        return [("", line) for text in shown for line in text.split("\n") if line]
    return [("", " ".join(text.split("\n"))) for text in spoken if text] + _paragraphs(edition.body)


def _paragraphs(html: str) -> list[tuple[str, str]]:
    return [
        (block.anchor, " ".join(text.split("\n")))
        for block in blocks(html)
        for text in (map("　".join, block.rows) if block.rows else (block.text,))
        if text
    ]


def _day(edition: Piece, days: dict[int, date | None]) -> date:
    if isinstance(edition, SpeechEdition):
        day = days.get(edition.meeting_id)
    else:
        day = edition.start_date if isinstance(edition, MeetingEdition) else None
    return day or edition.first_published_at.date()
