"""The parts of a Word package that are not WordprocessingML: relations, types, properties."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from lxml import etree

from speeches.exporting.document import DigestDocument
from speeches.exporting.titles import single_line
from speeches.exporting.wordml import Element, part

OFFICE_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_RELATION: Final = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
_DUBLIN_TERMS: Final = "http://purl.org/dc/terms/"
_SCHEMA_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_EARLIEST: Final = date(1980, 1, 1)


def content_types_part(kinds: Mapping[str, str]) -> bytes:
    """Return ``[Content_Types].xml``; ``kinds`` gives each part's media type."""
    root = _root(_CONTENT_TYPES, "Types")
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "jpg": "image/jpeg",
        "png": "image/png",
    }
    for extension, kind in defaults.items():
        _child(root, "Default", Extension=extension, ContentType=kind)
    for name, kind in kinds.items():
        _child(root, "Override", PartName=f"/{name}", ContentType=kind)
    return part(root)


def relations_part(targets: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the relations of a part: identifier → type and target."""
    root = _root(_RELATIONS, "Relationships")
    for identifier, (kind, target) in targets.items():
        _child(root, "Relationship", Id=identifier, Type=kind, Target=target)
    return part(root)


def core_properties_part(document: DigestDocument) -> bytes:
    """Return ``docProps/core.xml``; its dates are the document's own, never now."""
    spaces = {"cp": _CORE, "dc": _DUBLIN_CORE, "dcterms": _DUBLIN_TERMS, "xsi": _SCHEMA_INSTANCE}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=spaces)
    tags = sorted({tag for speech in document.speeches for tag in speech.tags})
    words = {
        f"{{{_DUBLIN_CORE}}}title": single_line(document.title),
        f"{{{_DUBLIN_CORE}}}subject": document.subtitle,
        f"{{{_DUBLIN_CORE}}}creator": document.host or document.source,
        f"{{{_CORE}}}keywords": "，".join(tags),
        f"{{{_DUBLIN_CORE}}}identifier": document.edition_hash,
        f"{{{_DUBLIN_CORE}}}language": "zh-CN",
    }
    for tag, text in words.items():
        if text:
            etree.SubElement(root, tag).text = text
    day = document.published_on or document.start_date or _EARLIEST
    for tag in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_DUBLIN_TERMS}}}{tag}")
        moment.set(f"{{{_SCHEMA_INSTANCE}}}type", "dcterms:W3CDTF")
        moment.text = f"{day.isoformat()}T00:00:00Z"
    return part(root)


def extended_properties_part(document: DigestDocument) -> bytes:
    """Return ``docProps/app.xml``."""
    root = _root(_EXTENDED, "Properties")
    if document.host:
        _child(root, "Company").text = document.host
    _child(root, "Application").text = "cppcc-cms"
    return part(root)


def _root(namespace: str, tag: str) -> Element:
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


def _child(root: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(root, etree.QName(root, tag), attributes)
