"""Pictures in a Word file: their parts in the package and the drawings in the text."""

from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from speeches.exporting.composition import PICTURE, Passage
from speeches.exporting.docx_properties import OFFICE_RELATION
from speeches.exporting.docx_styles import LINE
from speeches.exporting.pagination import picture_lines
from speeches.exporting.pictures import Picture
from speeches.exporting.wordml import OFFICE, Element, w

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_IN_TEXT: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SPACES: Final = {"wp": _IN_TEXT, "a": _DRAWING, "pic": _PICTURE, "r": OFFICE}
_UNITS_PER_MILLIMETRE: Final = 36_000


def picture_parts(pictures: Mapping[str, Picture]) -> dict[str, bytes]:
    """Return the parts of the package that hold ``pictures``."""
    return {
        f"word/{_target(number, picture)}": picture.content
        for number, picture in enumerate(pictures.values(), start=1)
    }


def picture_relations(pictures: Iterable[Picture]) -> dict[str, tuple[str, str]]:
    """Return the relations of the text to ``pictures``: identifier → type and target."""
    return {
        _identifier(number): (f"{OFFICE_RELATION}/image", _target(number, picture))
        for number, picture in enumerate(pictures, start=1)
    }


def picture_identifiers(pictures: Mapping[str, Picture]) -> dict[str, str]:
    """Return the identifier of each picture's relation by its address."""
    return {address: _identifier(number) for number, address in enumerate(pictures, start=1)}


def picture_paragraph(passage: Passage, identifier: str) -> Element:
    """Return the paragraph of a picture; it fills whole lines and stays with its caption."""
    return w(
        "p",
        w(
            "pPr",
            w("pStyle", val="Picture"),
            w("keepNext") if passage.spans else None,
            w("spacing", line=picture_lines(passage) * LINE, lineRule="atLeast"),
        ),
        w("r", w("drawing", _inline(passage, identifier))),
    )


def number_pictures(body: Element) -> None:
    """Give each drawing of ``body`` a number of its own, as Word wants it."""
    for number, properties in enumerate(body.iter(f"{{{_IN_TEXT}}}docPr"), start=1):
        properties.set("id", str(number))
        properties.set("name", f"{PICTURE}{number}")


def _identifier(number: int) -> str:
    return f"rIdPicture{number}"


def _target(number: int, picture: Picture) -> str:
    return f"media/picture{number}.{picture.extension}"


def _inline(passage: Passage, identifier: str) -> Element:
    extent = {
        "cx": round(passage.width * _UNITS_PER_MILLIMETRE),
        "cy": round(passage.height * _UNITS_PER_MILLIMETRE),
    }
    words = passage.text or PICTURE
    shape = _element(
        _PICTURE,
        "pic",
        _element(
            _PICTURE,
            "nvPicPr",
            _element(_PICTURE, "cNvPr", id=0, name=PICTURE, descr=words),
            _element(_PICTURE, "cNvPicPr"),
        ),
        _element(
            _PICTURE,
            "blipFill",
            _blip(identifier),
            _element(_DRAWING, "stretch", _element(_DRAWING, "fillRect")),
        ),
        _element(
            _PICTURE,
            "spPr",
            _element(
                _DRAWING,
                "xfrm",
                _element(_DRAWING, "off", x=0, y=0),
                _element(_DRAWING, "ext", **extent),
            ),
            _element(_DRAWING, "prstGeom", _element(_DRAWING, "avLst"), prst="rect"),
        ),
    )
    return _element(
        _IN_TEXT,
        "inline",
        _element(_IN_TEXT, "extent", **extent),
        _element(_IN_TEXT, "docPr", id=0, name=PICTURE, descr=words),
        _element(
            _IN_TEXT,
            "cNvGraphicFramePr",
            _element(_DRAWING, "graphicFrameLocks", noChangeAspect=1),
        ),
        _element(_DRAWING, "graphic", _element(_DRAWING, "graphicData", shape, uri=_PICTURE)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )


def _blip(identifier: str) -> Element:
    blip = _element(_DRAWING, "blip")
    blip.set(f"{{{OFFICE}}}embed", identifier)
    return blip


def _element(space: str, tag: str, *children: Element, **attributes: object) -> Element:
    element = etree.Element(f"{{{space}}}{tag}", nsmap=_SPACES)
    for name, value in attributes.items():
        element.set(name, str(value))
    element.extend(children)
    return element
