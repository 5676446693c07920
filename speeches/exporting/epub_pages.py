"""The files of an electronic book that are text.

Their frames are templates of ``string``: a template of Django takes ten times as long for each. So
every word is escaped here, before it comes into one.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from string import Template
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext

from speeches.exporting.document import DigestDocument
from speeches.exporting.reading import Frame
from speeches.exporting.titles import balanced_lines
from speeches.site import site

_DAY_UNKNOWN: Final = date(1980, 1, 1)
_COVER_WIDTH: Final = 1000
_COVER_CHARACTERS: Final = 12
_COVER_MIDDLE: Final = 620


@dataclass(frozen=True, slots=True)
class Chapter:
    """A speech as a file of the book; ``content`` is finished XHTML."""

    file: str
    title: str
    byline: str
    content: str

    def page(self) -> str:
        """Return the file."""
        title = escape(self.title)
        byline = _lines('<p class="byline">{}</p>', [self.byline])
        return _page("speech.xhtml", title, title=title, byline=byline, content=self.content)


def package(
    document: DigestDocument, frame: Frame, *, names: Sequence[str], pictures: Sequence[str]
) -> str:
    """Return what the book is and has: after cover and contents the pages ``names``, in order."""
    day = (document.published_on or document.start_date or _DAY_UNKNOWN).isoformat()
    pages = {name.removesuffix(".xhtml"): name for name in names}
    items = [
        f'<item id="{identifier}" href="{name}" media-type="application/xhtml+xml"/>'
        for identifier, name in pages.items()
    ]
    facts = (
        _lines("<dc:creator>{}</dc:creator>", [frame.host]),
        _lines("<dc:publisher>{}</dc:publisher>", [site().publisher]),
        _lines("<dc:source>{}</dc:source>", [frame.source]),
        _lines("<dc:subject>{}</dc:subject>", sorted(_topics(document))),
        '<meta property="schema:accessMode">visual</meta>' if pictures else "",
    )
    return _filled(
        "package.opf",
        identifier=str(uuid.uuid5(uuid.NAMESPACE_URL, settings.SITE_URL + document.url)),
        title=escape(frame.title),
        day=day,
        facts="\n".join(filter(None, facts)),
        manifest="\n".join((*items, *pictures)),
        spine="\n".join(f'<itemref idref="{identifier}"/>' for identifier in pages),
    )


def navigation(frame: Frame, chapters: Iterable[Chapter], *, first: str) -> str:
    """Return the contents, and the landmarks; ``first`` is the page where the text begins."""
    entries = [_entry(chapter.file, chapter.title, chapter.byline) for chapter in chapters]
    if frame.work:
        entries.append(_entry("work.xhtml", gettext("Highlighted work")))
    contents = gettext("Contents")
    return _page(
        "nav.xhtml",
        contents,
        title=escape(frame.title),
        entries="\n".join(entries),
        first=first,
        contents=contents,
        cover=gettext("Cover"),
        landmarks=gettext("Landmarks"),
        text=gettext("Text of the speech"),
    )


def cover(frame: Frame) -> str:
    """Return the page that shows the picture of the cover."""
    title = escape(frame.title)
    return _page("cover.xhtml", title, title=title)


def cover_picture(frame: Frame) -> str:
    """Return the picture of the cover; its title stands around a height above the middle."""
    lines = balanced_lines(frame.title, _COVER_CHARACTERS)
    size = min(96, _COVER_WIDTH // max(map(len, lines)))
    leading = size * 3 // 2
    top = _COVER_MIDDLE - leading * (len(lines) - 1) // 2
    title = "".join(
        f'<text x="600" y="{top + leading * number}" font-size="{size}" font-weight="700"'
        f' fill="#211c18">{escape(line)}</text>\n'
        for number, line in enumerate(lines)
    )
    below = (
        (top + leading * len(lines), 44, frame.subtitle),
        (1360, 40, frame.occasion),
        (1440, 40, frame.host),
    )
    rest = "".join(
        f'<text x="600" y="{y}" font-size="{points}" fill="#655c54">{escape(text)}</text>\n'
        for y, points, text in below
        if text
    )
    return _filled("cover.svg", title=escape(frame.title), colour=site().colour, lines=title + rest)


def front(frame: Frame) -> str:
    """Return the page of the title, with all that is told of the meeting."""
    title = escape(frame.title)
    note = _lines("<p>{}</p>", frame.note)
    below = (
        _lines('<p class="subtitle">{}</p>', [frame.subtitle]),
        _lines('<p class="occasion">{}</p>', [frame.occasion]),
        f'<div class="note">{note}</div>' if note else "",
        _lines('<p class="occasion">{}</p>', [frame.host, frame.published]),
    )
    return _page(
        "front.xhtml",
        title,
        title=title,
        kicker=_lines('<p class="kicker">{}</p>', [frame.kicker]),
        below="\n".join(filter(None, below)),
    )


def work(frame: Frame) -> str:
    """Return the table of highlighted work."""
    table = render_to_string("exports/work_table.html", {"frame": frame})
    title = gettext("Highlighted work")
    return _page("work.xhtml", title, title=title, table=table)


def _topics(document: DigestDocument) -> set[str]:
    return {tag for speech in document.speeches for tag in speech.tags}


def _entry(file: str, title: str, byline: str = "") -> str:
    """Return a line of the contents."""
    signed = _lines("<small>{}</small>", [byline])
    return f'<li><a href="{file}">{escape(title)}{signed}</a></li>'


def _lines(markup: str, texts: Iterable[str]) -> str:
    """Return a line of ``markup`` around each of ``texts`` that is not empty."""
    return "\n".join(markup.format(escape(text)) for text in texts if text)


def _page(name: str, heading: str, **parts: str) -> str:
    """Return the template ``name`` as a whole page of the book; ``heading`` names it."""
    return _filled("page.xhtml", heading=heading, content=_filled(name, **parts))


def _filled(name: str, **parts: str) -> str:
    return _template(name).substitute(parts)


@cache
def _template(name: str) -> Template:
    path = settings.BASE_DIR / "templates" / "exports" / "epub" / name
    return Template(path.read_text(encoding="utf-8").removesuffix("\n"))
