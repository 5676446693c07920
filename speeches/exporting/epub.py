"""The digest as an electronic book (EPUB 3.3): cover, contents, a file for every speech."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from speeches.exporting import epub_pages as pages
from speeches.exporting.archive import zipped
from speeches.exporting.composition import byline_of
from speeches.exporting.document import DigestDocument, DigestSpeech
from speeches.exporting.exporter import Exporter
from speeches.exporting.html_file import MEDIA_TYPES, image, style
from speeches.exporting.markup import Markup, aligned
from speeches.exporting.pictures import Picture, picture_notices, pictures_of
from speeches.exporting.reading import frame_of
from speeches.exporting.titles import single_line
from speeches.textblocks import Block

_MEDIA_TYPE: Final = "application/epub+zip"
_CONTAINER: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_OWN_STYLE: Final = """body { font-family: serif; }
section > h2 { margin: 1.6em 0 0.6em; font-size: 1.1em; text-align: left; }
h1.speech { margin-top: 2em; font-size: 1.35em; }
section > img { display: block; max-height: 100vh; margin: 0 auto; }
"""


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as an EPUB file; equal documents give equal bytes."""
    pictures = pictures_of(document)
    files = {
        address: f"pictures/{number}.{picture.extension}"
        for number, (address, picture) in enumerate(pictures.items(), start=1)
    }
    parts = {"mimetype": _MEDIA_TYPE.encode(), "META-INF/container.xml": _CONTAINER}
    for name, text in _texts(document, pictures, files):
        parts[f"EPUB/{name}"] = text.encode()
    for address, name in files.items():
        parts[f"EPUB/{name}"] = pictures[address].content
    return zipped(parts, stored=frozenset({"mimetype", *(f"EPUB/{f}" for f in files.values())}))


def _texts(
    document: DigestDocument, pictures: Mapping[str, Picture], files: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the files that are text, the package first."""

    def linked(block: Block) -> str:
        return image(files[block.src], block.text) if block.src in files else ""

    markup = Markup(linked, aligned, anchors="", top=2)
    chapters = [
        _chapter(number, speech, markup) for number, speech in enumerate(document.speeches, start=1)
    ]
    frame = frame_of(document)
    names = [*(chapter.file for chapter in chapters), *(["work.xhtml"] if frame.work else [])]
    yield (
        "package.opf",
        pages.package(document, frame, names=names, pictures=tuple(_pictures(pictures, files))),
    )
    yield "nav.xhtml", pages.navigation(frame, chapters, first=next(iter(names), "front.xhtml"))
    yield "cover.xhtml", pages.cover(frame)
    yield "front.xhtml", pages.front(frame)
    yield "style.css", style() + _OWN_STYLE
    yield "cover.svg", pages.cover_picture(frame)
    for chapter in chapters:
        yield chapter.file, chapter.page()
    if frame.work:
        yield "work.xhtml", pages.work(frame)


def _pictures(pictures: Mapping[str, Picture], files: Mapping[str, str]) -> Iterator[str]:
    for number, (address, name) in enumerate(files.items(), start=1):
        media_type = MEDIA_TYPES[pictures[address].extension]
        yield f'<item id="picture-{number}" href="{name}" media-type="{media_type}"/>'


def _chapter(number: int, speech: DigestSpeech, markup: Markup) -> pages.Chapter:
    return pages.Chapter(
        file=f"speech-{number:04}.xhtml",
        title=single_line(speech.title) or str(number),
        byline=byline_of(speech),
        content=markup.of_blocks(speech.blocks),
    )


EXPORTER = Exporter(
    label=_("Electronic book (EPUB)"),
    media_type=_MEDIA_TYPE,
    extension="epub",
    render=render,
    notices=picture_notices,
)
