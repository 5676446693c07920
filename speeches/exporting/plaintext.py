"""The digest as plain text in UTF-8, laid out as newspapers print it; our importer reads it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.exporting.composition import NOTE_LABEL
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter
from speeches.exporting.reading import frame_of
from speeches.exporting.wording import one_line, printed_byline
from speeches.textblocks import Block, BlockKind

_INDENT = "　　"


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as text: a paragraph a line, an empty line around title and signature."""
    return ("\n\n".join(filter(None, _parts(document))) + "\n").encode()


def _parts(document: DigestDocument) -> Iterator[str]:
    frame = frame_of(document)
    yield from (frame.kicker, frame.title, frame.subtitle, frame.occasion)
    if frame.note:
        label = "" if frame.note[0].startswith("编") else NOTE_LABEL
        yield "\n".join(_INDENT + text for text in (label + frame.note[0], *frame.note[1:]))
    for speech in document.speeches:
        yield from (one_line(speech.title), printed_byline(speech))
        yield "\n".join(_INDENT + line for line in _lines(speech.blocks))
    if frame.work:
        yield gettext("Highlighted work")
        yield "\n".join(
            f"{number}.{row.title}（{row.organization}）：{'；'.join(row.figures)}"
            for number, row in enumerate(frame.work, start=1)
        )


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            yield from map("　".join, block.rows)
        elif block.kind is BlockKind.IMAGE:
            yield gettext("(Picture) %(caption)s") % {"caption": one_line(block.text)}
        else:
            marker = block.marker and f"{block.marker} "
            first, *others = block.text.split("\n")
            yield marker + first
            yield from others


EXPORTER = Exporter(
    label=_("Plain text"),
    media_type="text/plain; charset=utf-8",
    extension="txt",
    render=render,
)
