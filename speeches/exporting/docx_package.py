"""The parts of a Word file around its text, zipped so that equal input gives equal bytes."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from speeches.exporting import typography as page
from speeches.exporting.archive import zipped
from speeches.exporting.document import DigestDocument
from speeches.exporting.docx_pictures import picture_parts, picture_relations
from speeches.exporting.docx_properties import (
    CORE_RELATION,
    OFFICE_RELATION,
    content_types_part,
    core_properties_part,
    extended_properties_part,
    relations_part,
)
from speeches.exporting.docx_styles import (
    ALTERNATIVE_FONTS,
    LINE,
    OFFICIAL_FONTS,
    TEXT_WIDTH,
    styles_part,
)
from speeches.exporting.docx_theme import theme_part
from speeches.exporting.pictures import Picture
from speeches.exporting.typography import Face
from speeches.exporting.wordml import Element, field, part, relation, run, w

_ODD_FOOTER, _EVEN_FOOTER = "rId5", "rId6"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_PACKAGE: Final = "application/vnd.openxmlformats-package.{}+xml"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument.{}+xml"
_KINDS: Final = {
    "word/document.xml": _WORD.format("document.main"),
    "word/styles.xml": _WORD.format("styles"),
    "word/settings.xml": _WORD.format("settings"),
    "word/fontTable.xml": _WORD.format("fontTable"),
    "word/theme/theme1.xml": _OFFICE.format("theme"),
    "word/footer1.xml": _WORD.format("footer"),
    "word/footer2.xml": _WORD.format("footer"),
    "docProps/core.xml": _PACKAGE.format("core-properties"),
    "docProps/app.xml": _OFFICE.format("extended-properties"),
}
_PACKAGE_RELATIONS: Final = {
    "rId1": (f"{OFFICE_RELATION}/officeDocument", "word/document.xml"),
    "rId2": (CORE_RELATION, "docProps/core.xml"),
    "rId3": (f"{OFFICE_RELATION}/extended-properties", "docProps/app.xml"),
}
_TEXT_RELATIONS: Final = {
    "rId1": (f"{OFFICE_RELATION}/styles", "styles.xml"),
    "rId2": (f"{OFFICE_RELATION}/settings", "settings.xml"),
    "rId3": (f"{OFFICE_RELATION}/fontTable", "fontTable.xml"),
    "rId4": (f"{OFFICE_RELATION}/theme", "theme/theme1.xml"),
    _ODD_FOOTER: (f"{OFFICE_RELATION}/footer", "footer1.xml"),
    _EVEN_FOOTER: (f"{OFFICE_RELATION}/footer", "footer2.xml"),
}
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_TWIPS_PER_MILLIMETRE: Final = 1440 / 25.4
_MILLIMETRES_PER_POINT: Final = 25.4 / 72


def package(document: DigestDocument, body: Element, pictures: Mapping[str, Picture]) -> bytes:
    """Return the Word file of ``body``, a ``w:body`` without its section properties."""
    relations = {**_TEXT_RELATIONS, **picture_relations(pictures.values())}
    body.append(_section_properties())
    return zipped(
        {
            "[Content_Types].xml": content_types_part(_KINDS),
            "_rels/.rels": relations_part(_PACKAGE_RELATIONS),
            "docProps/core.xml": core_properties_part(document),
            "docProps/app.xml": extended_properties_part(document),
            "word/document.xml": part(w("document", body)),
            "word/_rels/document.xml.rels": relations_part(relations),
            "word/styles.xml": styles_part(),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": part(w("fonts", *map(_font, Face))),
            "word/theme/theme1.xml": theme_part(),
            "word/footer1.xml": _footer("Footer"),
            "word/footer2.xml": _footer("FooterEven"),
            **picture_parts(pictures),
        }
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MILLIMETRE)


def _section_properties() -> Element:
    """A4 with the margins and the grid of GB/T 9704-2012.

    The dashes of the page number, in the middle of the footer's line, lie 7 mm below the text.
    """
    half_a_line = page.SIZE_PAGE_NUMBER / 2 * _MILLIMETRES_PER_POINT
    return w(
        "sectPr",
        relation("footerReference", _ODD_FOOTER, type="default"),
        relation("footerReference", _EVEN_FOOTER, type="even"),
        w("pgSz", w=_twips(page.PAGE_WIDTH), h=_twips(page.PAGE_HEIGHT)),
        w(
            "pgMar",
            top=_twips(page.MARGIN_TOP),
            right=_twips(page.MARGIN_RIGHT),
            bottom=_twips(page.MARGIN_BOTTOM),
            left=_twips(page.MARGIN_LEFT),
            header=_twips(page.MARGIN_TOP / 2),
            footer=_twips(page.MARGIN_BOTTOM - page.FOOTER_GAP - half_a_line),
            gutter=0,
        ),
        w("cols", space=TEXT_WIDTH // page.CHARACTERS_PER_LINE),
        w("docGrid", type="lines", linePitch=LINE),
    )


def _footer(style: str) -> bytes:
    number = field("PAGE", run("1"))
    paragraph = w("p", w("pPr", w("pStyle", val=style)), run("— "), *number, run(" —"))
    return part(w("ftr", paragraph))


@cache
def _settings() -> bytes:
    mode = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    habits = ("spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotExpandShiftReturn")
    return part(
        w(
            "settings",
            w("defaultTabStop", val=420),
            w("evenAndOddHeaders"),
            w("drawingGridVerticalSpacing", val=LINE),
            w("characterSpacingControl", val="compressPunctuation"),
            w("compat", *map(w, habits), w("useFELayout"), mode),
            w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        )
    )


def _font(face: Face) -> Element:
    """Name what may stand for an official font on a machine without it."""
    return w(
        "font",
        w("altName", val=ALTERNATIVE_FONTS[face]),
        w("charset", val="86"),
        w("family", val="roman" if face in {Face.TITLE, Face.SONG} else "modern"),
        w("pitch", val="default"),
        name=OFFICIAL_FONTS[face],
    )
