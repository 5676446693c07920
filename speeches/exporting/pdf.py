"""The digest as a tagged, archivable PDF (PDF/A-2a and PDF/UA-1), set by Typst."""

from typing import Any

from django.utils.translation import gettext_lazy

from speeches.exporting import composition as pages
from speeches.exporting import fonts, typography
from speeches.exporting.characters import fields_of
from speeches.exporting.composition import compose
from speeches.exporting.document import DigestDocument
from speeches.exporting.exporter import Exporter
from speeches.exporting.pictures import picture_notices, pictures_of
from speeches.exporting.typesetting import keywords_of, typeset


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as a PDF; refuse it when a character has no glyph."""
    pictures = pictures_of(document)
    data = {
        **fields_of(compose(document, pictures)),
        "author": document.host or document.source,
        "keywords": keywords_of(document),
        "words": _WORDS,
        "measures": _MEASURES,
    }
    return typeset("digest.typ", document, data, pictures)


def notices(document: DigestDocument) -> tuple[str, ...]:
    """Tell which faces are substitutes, and which pictures are not printed."""
    return (*fonts.notices(), *picture_notices(document))


_WORDS: dict[str, Any] = {
    "contents": pages.CONTENTS_TITLE,
    "note_label": pages.NOTE_LABEL,
    "attachment_mark": pages.ATTACHMENT_MARK,
    "attachment_title": pages.ATTACHMENT_TITLE,
    "table_headings": pages.TABLE_HEADINGS,
    "picture": pages.PICTURE,
}
_MEASURES: dict[str, int] = {
    name.lower(): value
    for name, value in vars(typography).items()
    if name.isupper() and isinstance(value, int)
}

EXPORTER = Exporter(
    label=gettext_lazy("PDF document"),
    media_type="application/pdf",
    extension="pdf",
    render=render,
    notices=notices,
)
