"""The digest as one HTML file for the archive: it holds all it needs, and asks nothing of a net."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from speeches.exporting.composition import byline_of
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter
from speeches.exporting.markup import Markup, aligned
from speeches.exporting.pictures import Picture, picture_notices, pictures_of
from speeches.exporting.reading import frame_of
from speeches.exporting.titles import single_line
from speeches.site import site
from speeches.textblocks import Block

MEDIA_TYPES: Mapping[str, str] = {"jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class _Article:
    """A speech for the template; ``content`` is finished HTML."""

    number: int
    title: str
    byline: str
    content: str


def style() -> str:
    """Return the style sheet of books and archive files, in the colour of the site."""
    return _sheet().replace("COLOUR", site().colour)


@cache
def _sheet() -> str:
    path: Path = settings.BASE_DIR / "templates" / "exports" / "reading.css"
    return path.read_text(encoding="utf-8")


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as an HTML file in UTF-8 with its style sheet and pictures inside."""
    pictures = pictures_of(document)

    def inlined(block: Block) -> str:
        picture = pictures.get(block.src)
        return image(_as_data(picture), block.text) if picture else ""

    articles = [
        _Article(
            number=number,
            title=single_line(speech.title),
            byline=byline_of(speech),
            content=Markup(
                picture=inlined, attributes=aligned, anchors=f"speech-{number}-"
            ).of_blocks(speech.blocks),
        )
        for number, speech in enumerate(document.speeches, start=1)
    ]
    context = {
        "frame": frame_of(document),
        "speeches": articles,
        "style": style(),
        "edition": document.edition_hash,
    }
    return render_to_string("exports/archive.html", context).encode()


def image(address: str, words: str) -> str:
    """Return the element of a picture."""
    return f'<img src="{escape(address)}" alt="{escape(words)}"/>'


def _as_data(picture: Picture) -> str:
    data = b64encode(picture.content).decode()
    return f"data:{MEDIA_TYPES[picture.extension]};base64,{data}"


EXPORTER = Exporter(
    label=_("HTML file for the archive"),
    media_type="text/html; charset=utf-8",
    extension="html",
    render=render,
    notices=picture_notices,
)
