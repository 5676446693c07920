"""A newspaper page of the speeches (发言摘登) as a tagged PDF, set by Typst.

The order of the file is the order of reading: speech by speech, column by column.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from speeches.exporting import fonts
from speeches.exporting.characters import fields_of
from speeches.exporting.composition import (
    ATTACHMENT_TITLE,
    NOTE_LABEL,
    PICTURE,
    TABLE_HEADINGS,
    Composition,
    Section,
    compose,
    day_in_words,
)
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter
from speeches.exporting.newspaper_tables import parts_of_table
from speeches.exporting.pictures import picture_notices, pictures_of
from speeches.exporting.titles import balanced_lines, single_line
from speeches.exporting.typesetting import keywords_of, typeset
from speeches.exporting.typography import Face
from speeches.site import site

_FACES = {Face.BODY: Face.SONG}
"""Newspapers print running text in 宋体."""
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures of a page: sides and margins in millimetres, sizes and gutter in points.

    ``characters`` fill a line of a column, ``few_lines`` of one column are a short speech.
    """

    page_width: int
    page_height: int
    margin_top: int
    margin_bottom: int
    columns: int
    characters: int
    size: float = 10
    pitch: float = 15
    size_table: float = 8
    size_work: float = 20
    gutter: float = 22
    few_lines: int = 56

    def width_of(self, columns: int) -> float:
        """Return the width of so many columns with what is between them, in points."""
        return columns * self.characters * self.size + (columns - 1) * self.gutter


SHEETS = {
    "a3": Sheet(297, 420, margin_top=29, margin_bottom=19, columns=4, characters=17),
    "tabloid": Sheet(275, 390, margin_top=28, margin_bottom=18, columns=4, characters=16),
}
"""A3 and 四开, the tabloid of Chinese newspapers."""

_HEADLINE_SIZES = (60, 56, 52, 48, 44, 40, 36, 32, 28)
_ONE_LINE_FROM = 44
_LONG_HEADLINE_SIZE = 24
_TITLE_SIZES = ((15, 14, 12), (20, 17, 14), (24, 20, 15), (26, 22, 16))
"""Points of a speech's title over one to four columns: the first at which it takes few lines."""
_FEW_TITLE_LINES = (3, 2, 2, 2)
_BYLINE_SIZE = 11
_WORDS = {
    "note_label": NOTE_LABEL,
    "picture": PICTURE,
    "page": "第0版",
    "work_title": ATTACHMENT_TITLE,
    "work_headings": TABLE_HEADINGS[1:],
    "continues": "（下转第0版）",
    "continued": "（上接第0版）",
}
"""What the page itself says; a number takes the place of 0."""


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as newspaper pages; refuse it when a character has no glyph."""
    pictures = pictures_of(document)
    composition = compose(document, pictures)
    sheet = SHEETS[settings.NEWSPAPER_SIZE]
    data = {
        "title": composition.title,
        "kicker_lines": composition.kicker_lines,
        "subtitle_lines": composition.subtitle_lines,
        "headline": _headline(composition, sheet),
        "note": composition.note,
        "signature": single_line(document.host) if composition.note else "",
        "sections": [_section(section, sheet) for section in composition.sections],
        "work_rows": [
            (title, body, "；".join(figures)) for _n, title, body, figures in composition.work_rows
        ],
        "newspaper": settings.NEWSPAPER_NAME or site().name,
        "date": _date(document),
        "imprint": settings.NEWSPAPER_IMPRINT,
        "author": document.host or document.source,
        "keywords": keywords_of(document),
        "measures": {**fields_of(sheet), "first_page": settings.NEWSPAPER_PAGE},
        "words": _WORDS,
    }
    return typeset("newspaper.typ", document, data, pictures, faces=_FACES)


def notices(document: DigestDocument) -> tuple[str, ...]:
    """Tell which faces are substitutes, and which pictures are not printed."""
    return (*fonts.notices(), *picture_notices(document))


def _date(document: DigestDocument) -> str:
    day = document.published_on or document.start_date
    return f"{day_in_words(day)}　星期{WEEKDAYS[day.weekday()]}" if day else ""


def _headline(composition: Composition, sheet: Sheet) -> dict[str, Any]:
    """Return the headline as large as the page's width lets it be, on one line or on two."""
    width = sheet.width_of(sheet.columns)
    for size in _HEADLINE_SIZES:
        lines = balanced_lines(composition.title, int(width / size))
        if len(lines) == 1 or (size < _HEADLINE_SIZES[0] and len(lines) == 2):
            return {"lines": lines, "size": size}
    size = _LONG_HEADLINE_SIZE
    return {"lines": balanced_lines(composition.title, int(width / size)), "size": size}


def _section(section: Section, sheet: Sheet) -> dict[str, Any]:
    widths = [sheet.width_of(columns) for columns in range(1, sheet.columns + 1)]
    return {
        "title": section.title,
        "titles": [_title(section.title, n, width) for n, width in enumerate(widths)],
        "byline": section.byline,
        "bylines": [balanced_lines(section.byline, int(width / _BYLINE_SIZE)) for width in widths],
        "passages": [
            part
            for passage in section.passages
            for part in parts_of_table(passage, sheet.width_of(1) / sheet.size_table)
        ],
    }


def _title(title: str, place: int, width: float) -> dict[str, Any]:
    """Return a title in the largest size at which it takes few lines, else in the smallest."""
    for size in _TITLE_SIZES[place]:
        lines = balanced_lines(title, int(width / size))
        if len(lines) <= _FEW_TITLE_LINES[place]:
            break
    return {"lines": lines, "size": size}


EXPORTER = Exporter(
    label=gettext_lazy("Newspaper page"),
    media_type="application/pdf",
    extension="pdf",
    variant=gettext_lazy(" (newspaper page)"),
    render=render,
    notices=notices,
)
