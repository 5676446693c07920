"""Stored rich text as a row of passages that can be reworded, dropped and put in another order.

A passage is a paragraph, a heading, an item of a list or a paragraph of a quotation. What is more
than words (a table, a nested list, a picture) is one passage that stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import html as lxml_html
from lxml.etree import _Element

from organizations.differences import differences
from speeches import richtext, textblocks
from speeches.parsing.stress import Span

_PARAGRAPHS = ("p", "h2", "h3", "h4")
_INNER = {"ul": ("li",), "ol": ("li",), "blockquote": _PARAGRAPHS}
"""What the pieces of a list or quotation are; anything else inside makes it one block."""
_INLINE = frozenset(("strong", "em", "u", "sub", "sup", "a", "br", "img"))


@dataclass(eq=False, slots=True)
class Passage:
    """One piece of a stored text; ``fixed`` is a block that stays as it is.

    ``texts`` are its words: one text, several of a fixed block, none of a mere picture.
    ``wrapper`` is the list or quotation it stands in.
    """

    element: _Element
    texts: list[str]
    wrapper: _Element | None = None
    fixed: bool = False

    @property
    def anchor(self) -> str:
        """The stable id of the paragraph, empty for what has none."""
        return self.element.get("id") or ""

    @property
    def holds_a_picture(self) -> bool:
        """Whether dropping the passage would drop a picture."""
        return self.element.find(".//img") is not None


@dataclass(slots=True)
class _Slot:
    """A stretch of words in a paragraph: the text or the tail of an element, or a line break."""

    holder: _Element
    where: str
    text: str
    kept: list[str] = field(default_factory=list)


def passages_of(body: str) -> list[Passage]:
    """Return the passages of stored rich text in reading order."""
    return [passage for element in _blocks_of(body) for passage in _passages_in(element)]


def _wrap_bare_words(root: _Element) -> None:
    """Put words that stand outside any block into paragraphs of their own."""
    current: Any = None
    for node in [root.text, *(part for child in list(root) for part in (child, child.tail))]:
        if isinstance(node, str) or node is None:
            if node and node.strip():
                current = _opened(root, current)
                _append_words(current, node)
            continue
        node.tail = None
        if node.tag in _INLINE:
            current = _opened(root, current)
            current.append(node)
        else:
            current = None
            root.append(node)
    root.text = None


def _opened(root: _Element, current: _Element | None) -> _Element:
    if current is not None:
        return current
    paragraph: _Element = lxml_html.Element("p")
    root.append(paragraph)
    return paragraph


def _append_words(paragraph: _Element, words: str) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + words
    else:
        paragraph.text = (paragraph.text or "") + words


def _passages_in(element: _Element) -> Iterator[Passage]:
    if element.tag in _PARAGRAPHS or (element.tag == "blockquote" and _is_simple(element)):
        yield _paragraph(element)
    elif element.tag in _INNER and all(
        child.tag in _INNER[str(element.tag)] and _is_simple(child) for child in element
    ):
        yield from (_paragraph(child, element) for child in element)
    else:
        yield Passage(element, list(textblocks.plain_paragraphs(_html(element))), fixed=True)


def _paragraph(element: _Element, wrapper: _Element | None = None) -> Passage:
    text = "".join(slot.text for slot in _slots(element))
    return Passage(element, [text] if text.strip() else [], wrapper)


def _is_simple(element: _Element) -> bool:
    return all(inner.tag in _INLINE for inner in element.iterdescendants())


def _slots(element: _Element) -> Iterator[_Slot]:
    yield _Slot(element, "text", element.text or "")
    for child in element:
        if child.tag == "br":
            yield _Slot(child, "break", "\n")
        else:
            yield from _slots(child)
        yield _Slot(child, "tail", child.tail or "")


def reword(element: _Element, text: str) -> None:
    """Give ``element`` the words ``text``; what stays keeps its look."""
    slots = list(_slots(element))
    place, offset = 0, 0
    for piece in differences("".join(slot.text for slot in slots), text):
        if piece.kind == "added":
            target = place if slots[place].where != "break" else place + 1
            slots[target].kept.append(piece.text)
            continue
        left = piece.text
        while left:
            while offset == len(slots[place].text):
                place, offset = place + 1, 0
            step = min(len(left), len(slots[place].text) - offset)
            if piece.kind == "same":
                slots[place].kept.append(left[:step])
            left, offset = left[step:], offset + step
    for slot in reversed(slots):
        if slot.where != "break":
            setattr(slot.holder, slot.where, "".join(slot.kept))
    for slot in reversed(slots):
        if _is_emptied(slot):
            cast("lxml_html.HtmlElement", slot.holder).drop_tag()


def _is_emptied(slot: _Slot) -> bool:
    if slot.where == "break":
        return not slot.kept
    holder = slot.holder
    inline = slot.where == "text" and holder.tag in _INLINE - {"br", "img"}
    return inline and not holder.text and not len(holder)


def serialised(order: Sequence[Passage]) -> Iterator[str]:
    """Yield the blocks; neighbours out of one list or quotation stand in one again.

    A new passage between two of them (one without texts yet) joins them.
    """
    shell: _Element | None = None
    wrapper: _Element | None = None
    for place, passage in enumerate(order):
        around = passage.wrapper
        if around is None and not passage.texts and not passage.fixed and wrapper is not None:
            following = next((later for later in order[place + 1 :] if later.texts), None)
            if following is not None and following.wrapper is wrapper:
                around = wrapper
                passage.element.tag = _INNER[str(wrapper.tag)][0]
        if shell is not None and around is not wrapper:
            yield _html(shell)
            shell = None
        wrapper = around
        element = deepcopy(passage.element)
        element.tail = None
        if around is None:
            yield _html(element)
            continue
        if shell is None:
            shell = lxml_html.Element(str(around.tag))
        shell.append(element)
    if shell is not None:
        yield _html(shell)


def _html(element: _Element) -> str:
    html: str = lxml_html.tostring(element, encoding="unicode", with_tail=False)
    return html


def new_passage() -> Passage:
    """Return an empty paragraph."""
    return Passage(lxml_html.Element("p"), [])


def embolden(element: _Element, spans: Iterable[Span]) -> None:
    """Make words of a paragraph that has nothing but words bold: ``start:end`` of its text."""
    text, position = element.text or "", 0
    element.text = None
    for start, end in spans:
        _append_words(element, text[position:start])
        strong = lxml_html.Element("strong")
        strong.text = text[start:end]
        element.append(strong)
        position = end
    _append_words(element, text[position:])


def illustrated(body: str, figures: Iterable[tuple[str, str, str]]) -> str:
    """Return stored rich text with pictures in it: anchor, address and words of each.

    A picture stands behind the block that holds its anchor, after those that came before it, at the
    end where the anchor is not there.
    """
    figures = list(figures)
    if not figures:
        return body
    order = _blocks_of(body)
    last: dict[str, _Element] = {}
    for anchor, address, alt in figures:
        figure = lxml_html.Element("figure")
        figure.append(lxml_html.Element("img", src=address, alt=alt))
        before = last.get(anchor) if anchor else None
        if before is None and anchor:
            before = next((block for block in order if _holds(block, anchor)), None)
        order.insert(len(order) if before is None else order.index(before) + 1, figure)
        last[anchor] = figure
    html = "\n".join(_html(block) for block in order)
    return richtext.anchor_paragraphs(richtext.sanitise(html))


def _blocks_of(body: str) -> list[_Element]:
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    _wrap_bare_words(root)
    return list(root)


def _holds(block: _Element, anchor: str) -> bool:
    return any(element.get("id") == anchor for element in block.iter())
