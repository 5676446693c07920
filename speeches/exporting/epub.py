"""The digest as an electronic book (EPUB 3.3): cover, contents, a file for every speech."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from string import Template
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from speeches.exporting.archive import zipped
from speeches.exporting.composition import byline_of
from speeches.exporting.document import DigestDocument, DigestSpeech
from speeches.exporting.exporter import Exporter
from speeches.exporting.html_file import MEDIA_TYPES, image, style
from speeches.exporting.markup import Markup, aligned
from speeches.exporting.pictures import Picture, picture_notices, pictures_of
from speeches.exporting.reading import frame_of
from speeches.exporting.titles import balanced_lines, single_line
from speeches.site import site
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
_DAY_UNKNOWN: Final = date(1980, 1, 1)
_COVER_WIDTH: Final = 1000
_COVER_CHARACTERS: Final = 12
_COVER_MIDDLE: Final = 620


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A speech as a file of the book; ``content`` is finished XHTML."""

    file: str
    title: str
    byline: str
    content: str


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
    names = ["cover.xhtml", "front.xhtml", *(chapter.file for chapter in chapters)]
    names += ["work.xhtml"] if frame.work else []
    pages = {name.removesuffix(".xhtml"): name for name in names}
    context = {
        "frame": frame,
        "first": names[2] if len(names) > 2 else names[1],
        "has_pictures": bool(files),
        "entries": "\n".join(map(_entry, chapters)),
        "manifest": "\n".join((*_pages(pages), *_pictures(pictures, files))),
        "spine": "\n".join(f'<itemref idref="{name}"/>' for name in list(pages)[2:]),
        **_metadata(document),
    }
    for name in ("package.opf", "nav.xhtml", "cover.xhtml", "front.xhtml"):
        yield name, render_to_string(f"exports/epub/{name}", context)
    yield "style.css", style() + _OWN_STYLE
    yield "cover.svg", render_to_string("exports/epub/cover.svg", context | _cover(frame.title))
    for chapter in chapters:
        yield chapter.file, _filled(_speech_page(), chapter)
    if frame.work:
        yield "work.xhtml", render_to_string("exports/epub/work.xhtml", context)


def _entry(chapter: _Chapter) -> str:
    """Return the line of a speech in the contents."""
    signed = f"<small>{escape(chapter.byline)}</small>" if chapter.byline else ""
    return f'<li><a href="{chapter.file}">{escape(chapter.title)}{signed}</a></li>'


def _pages(pages: Mapping[str, str]) -> Iterator[str]:
    for identifier, name in pages.items():
        yield f'<item id="{identifier}" href="{name}" media-type="application/xhtml+xml"/>'


def _pictures(pictures: Mapping[str, Picture], files: Mapping[str, str]) -> Iterator[str]:
    for number, (address, name) in enumerate(files.items(), start=1):
        media_type = MEDIA_TYPES[pictures[address].extension]
        yield f'<item id="picture-{number}" href="{name}" media-type="{media_type}"/>'


@cache
def _speech_page() -> Template:
    path = settings.BASE_DIR / "templates" / "exports" / "epub" / "speech.xhtml"
    return Template(path.read_text(encoding="utf-8"))


def _filled(page: Template, chapter: _Chapter) -> str:
    """Return the page of a speech; a template of Django takes ten times as long for each."""
    title, byline = escape(chapter.title), escape(chapter.byline)
    signed = f'<p class="byline">{byline}</p>' if byline else ""
    return page.substitute(title=title, byline=signed, content=chapter.content)


def _chapter(number: int, speech: DigestSpeech, markup: Markup) -> _Chapter:
    return _Chapter(
        file=f"speech-{number:04}.xhtml",
        title=single_line(speech.title) or str(number),
        byline=byline_of(speech),
        content=markup.of_blocks(speech.blocks),
    )


def _metadata(document: DigestDocument) -> dict[str, Any]:
    day = document.published_on or document.start_date or _DAY_UNKNOWN
    return {
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, settings.SITE_URL + document.url),
        "publisher": site().publisher,
        "day": day.isoformat(),
        "topics": sorted({tag for speech in document.speeches for tag in speech.tags}),
        "colour": site().colour,
    }


def _cover(title: str) -> dict[str, Any]:
    """Return the lines of the title on the cover, around a height above the middle."""
    lines = balanced_lines(title, _COVER_CHARACTERS)
    size = min(96, _COVER_WIDTH // max(map(len, lines)))
    leading = size * 3 // 2
    top = _COVER_MIDDLE - leading * (len(lines) - 1) // 2
    placed = [{"text": line, "y": top + leading * number} for number, line in enumerate(lines)]
    return {"lines": placed, "size": size, "below": top + leading * len(lines)}


EXPORTER = Exporter(
    label=_("Electronic book (EPUB)"),
    media_type=_MEDIA_TYPE,
    extension="epub",
    render=render,
    notices=picture_notices,
)
