"""What stands around the speeches in the forms that are read on a screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from speeches.exporting.composition import UNTITLED, figure_words, occasion
from speeches.exporting.document import DigestDocument
from speeches.exporting.titles import single_line


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A piece of highlighted work with its figures in their printed words."""

    title: str
    organization: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A digest without its speeches, ready for a template."""

    title: str
    kicker: str
    subtitle: str
    occasion: str
    host: str
    source: str
    published: str
    address: str
    note: tuple[str, ...]
    work: tuple[WorkRow, ...]


def frame_of(document: DigestDocument) -> Frame:
    """Return what is told of the meeting before and behind the speeches."""
    return Frame(
        title=single_line(document.title) or UNTITLED,
        kicker=single_line(document.kicker),
        subtitle=single_line(document.subtitle),
        occasion=occasion(document),
        host=single_line(document.host),
        source=single_line(document.source),
        published=document.published_on.isoformat() if document.published_on else "",
        address=settings.SITE_URL + document.url,
        note=tuple(line.strip() for line in document.editors_note.splitlines() if line.strip()),
        work=tuple(_rows(document)),
    )


def _rows(document: DigestDocument) -> Iterator[WorkRow]:
    for item in document.work_items:
        yield WorkRow(item.title, item.organization, tuple(map(figure_words, item.figures)))
