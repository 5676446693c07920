"""Building XML: elements, text between them, and runs of text in their looks."""

from collections.abc import Iterable, Mapping

from lxml import etree

from speeches.textblocks import Run

Element = etree._Element  # noqa: SLF001  # lxml has no public name for the type


def new(tag: str, text: str = "", **attributes: str) -> Element:
    """Return an element; a trailing ``_`` of an attribute's name is cut, an empty one left out."""
    element = etree.Element(tag)
    for name, value in attributes.items():
        if value:
            element.set(name.rstrip("_"), value)
    if text:
        element.text = text
    return element


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append a new element to ``parent`` and return it."""
    element = new(tag, text, **attributes)
    parent.append(element)
    return element


def add_text(parent: Element, text: str) -> None:
    """Put ``text`` behind everything that is in ``parent``."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def add_runs(
    parent: Element,
    runs: Iterable[Run],
    looks: Mapping[str, str],
    line_break: str,
) -> Element:
    """Put ``runs`` into ``parent`` and return it; ``looks`` names the element of each look."""
    for run in runs:
        inner = parent
        for look, tag in looks.items():
            if getattr(run, look):
                inner = add(inner, tag)
        for number, line in enumerate(run.text.split("\n")):
            if number:
                add(inner, line_break)
            if line:
                add_text(inner, line)
    return parent
