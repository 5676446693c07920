"""Writing WordprocessingML: elements, runs of text and parts of a package."""

from collections.abc import Iterator
from functools import cache

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = {"w": WORD}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = etree._Element  # noqa: SLF001  # lxml has no public name for the type
Content = Element | str | None


def w(tag: str, *contents: Content, **attributes: object) -> Element:
    """Return an element of the ``w`` namespace, as are its attributes; None is left out.

    The order of children is the schema's, and the caller's to keep.
    """
    element = etree.Element(_qualified(tag), None, _NAMESPACES)
    for name, value in attributes.items():
        element.set(_qualified(name), str(value))
    for content in contents:
        if isinstance(content, str):
            element.text = content
        elif content is not None:
            element.append(content)
    return element


@cache
def _qualified(name: str) -> str:
    return f"{{{WORD}}}{name}"


def relation(tag: str, identifier: str, **attributes: object) -> Element:
    """Return an element of the ``w`` namespace that points at another part of the package."""
    element = etree.Element(_qualified(tag), None, {**_NAMESPACES, "r": OFFICE})
    for name, value in attributes.items():
        element.set(_qualified(name), str(value))
    element.set(f"{{{OFFICE}}}id", identifier)
    return element


def run(text: str, *properties: Content) -> Element:
    """Return a run of ``text``; its line breaks become those of Word."""
    element = w("r", w("rPr", *properties) if any(p is not None for p in properties) else None)
    for number, line in enumerate(text.split("\n")):
        if number:
            element.append(w("br"))
        if line:
            element.append(kept_text("t", line))
    return element


def kept_text(tag: str, text: str) -> Element:
    """Return an element of text whose blanks at either end stay."""
    element = w(tag, text)
    element.set(_SPACE, "preserve")
    return element


def field(instruction: str, *shown: Element, dirty: bool = False) -> Iterator[Element]:
    """Yield the runs of a field that shows ``shown`` until Word computes it."""
    yield from field_start(instruction, dirty=dirty)
    yield from shown
    yield field_end()


def field_start(instruction: str, *, dirty: bool = False) -> Iterator[Element]:
    """Yield the runs that open a field, which may run over many paragraphs."""
    begin = w("fldChar", fldCharType="begin")
    if dirty:
        begin.set(f"{{{WORD}}}dirty", "true")
    yield w("r", begin)
    yield w("r", kept_text("instrText", f" {instruction} "))
    yield w("r", w("fldChar", fldCharType="separate"))


def field_end() -> Element:
    """Return the run that closes a field."""
    return w("r", w("fldChar", fldCharType="end"))


def part(element: Element) -> bytes:
    """Return ``element`` as a part of the package."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
