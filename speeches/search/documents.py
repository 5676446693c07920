"""From a current edition to the words that are searched."""

from datetime import date
from typing import cast

from speeches.enums import SearchKind
from speeches.models.editions import Edition, MeetingEdition, SpeechEdition, WorkItemEdition
from speeches.models.search import SearchDocument
from speeches.textblocks import blocks, plain_paragraphs

Piece = SpeechEdition | MeetingEdition | WorkItemEdition
MODELS: dict[SearchKind, type[Piece]] = {
    SearchKind.SPEECH: SpeechEdition,
    SearchKind.MEETING: MeetingEdition,
    SearchKind.WORK_ITEM: WorkItemEdition,
}


def kind_of(edition: Edition) -> SearchKind:
    """Return which kind of piece an edition is of."""
    return next(kind for kind, model in MODELS.items() if isinstance(edition, model))


def document_of(edition: Edition) -> SearchDocument:
    """Return what is searched of ``edition``, not stored."""
    piece = cast(Piece, edition)
    lines = _lines(piece)
    return SearchDocument(
        kind=kind_of(edition),
        number=edition.draft_id,
        edition_hash=edition.content_hash,
        title=piece.title,
        body="\n".join(text for _anchor, text in lines),
        anchors=[anchor for anchor, _text in lines],
        url=piece.get_absolute_url(),
        day=_day(piece),
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
    return [("", text) for text in spoken if text] + _paragraphs(edition.body)


def _paragraphs(html: str) -> list[tuple[str, str]]:
    found = [(block.anchor, block.text) for block in blocks(html) if block.text]
    return found or [("", text) for text in plain_paragraphs(html)]


def _day(edition: Piece) -> date:
    start = getattr(edition, "start_date", None)
    return start or edition.first_published_at.date()
