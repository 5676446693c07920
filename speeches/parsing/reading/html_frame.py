"""The frame of a web page: menus, footers and lists of links around its text.

An element belongs to the frame by its tag, by the name of its class, or because nearly all of its
text are links; but never where it holds a good part of the page's prose, for some pages stand in
one form, and some call everything ``header``.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element

_TAGS = {"nav", "aside", "footer", "form", "header", "button", "select", "menu", "dialog"}
_NAMES = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav\w*|menu\w*|breadcrumb\w*|crumbs?|footer?|foot(?:bar|nav|box)?|"
    r"copyright|sidebar|side|share\w*|related|recommend\w*|hot(?:list|news)|pager|pagination|"
    r"prev(?:next)?|toolbar|search\w*|login|links?|friendlinks?|position|location|weizhi|"
    r"qrcode|ewm|print|topbar|header|top(?:nav|bar)?|banner|advert\w*|ads?)(?=$|[\s_-]|\d)"
)
_READ = {"article", "main"}
_MUCH = 0.2
"""Share of the page's prose that no part of a frame holds."""
_LINKED = 0.7
_LEAST = 2
_SENTENCE = re.compile(r"[^。！？；]{8,}[。！？；]")
_LISTS = {"ul", "ol", "dl", "div", "p", "td", "section", "table", "tr", "center"}


def frame_of(root: _Element) -> dict[_Element, str]:
    """Return the outermost elements of the frame with their text, which may be empty."""
    total = _prose(root)
    frame: dict[_Element, str] = {}
    chosen = _only_article(root, total)
    _gather(root, total, chosen, frame)
    return frame


def _only_article(root: _Element, total: int) -> _Element | None:
    """The one element that a page marks as its text, if it holds it."""
    for tag in sorted(_READ):
        marked = root.findall(f".//{tag}")
        if len(marked) == 1 and _prose(marked[0]) >= (1 - _MUCH) * total:
            return marked[0]
    return None


def _gather(
    element: _Element, total: int, chosen: _Element | None, frame: dict[_Element, str]
) -> None:
    for child in element:
        if not isinstance(child.tag, str) or child is chosen:
            continue
        holds_chosen = chosen is not None and any(each is chosen for each in child.iter())
        outside = chosen is not None and not holds_chosen and child.tag not in {"head", "title"}
        if not holds_chosen and (outside or _is_frame(child)) and _prose(child) <= _MUCH * total:
            frame[child] = " ".join(_text(child).split())
        else:
            _gather(child, total, chosen if holds_chosen else None, frame)


def _is_frame(element: _Element) -> bool:
    if element.tag in {"body", "h1", "h2", "head"}:
        return False
    if element.tag in _TAGS:
        return True
    if _NAMES.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return element.find(".//h1") is None and element.find(".//p") is None
    if element.tag not in _LISTS:
        return False
    links = [_text(link).strip() for link in element.iter("a")]
    filled = len("".join(_text(element).split()))
    linked = sum(len("".join(link.split())) for link in links)
    return len([link for link in links if link]) >= _LEAST and linked > _LINKED * filled


def _prose(element: _Element) -> int:
    """Characters that stand in sentences."""
    return sum(len(found) for found in _SENTENCE.findall(_text(element)))


def _text(element: _Element) -> str:
    return "".join(_texts(element))


def _texts(element: _Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in {"script", "style", "head", "template"}:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
