"""The frame of a web page: menus, footers and lists of links around its text.

An element belongs to the frame by its tag, by the name of its class, or because nearly all of its
text are links; but never where it holds a good part of the page's sentences, for some pages stand
in one form, and some call everything ``header``.
"""

import re
from dataclasses import dataclass

from lxml.etree import _Element

_TAGS = {"nav", "aside", "footer", "form", "header", "button", "select", "menu", "dialog"}
_NAMES = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav\w*|menu\w*|breadcrumb\w*|crumbs?|footer?|foot(?:bar|nav|box)?|"
    r"copyright|sidebar|side|share\w*|related|recommend\w*|hot(?:list|news)|pager|pagination|"
    r"prev(?:next)?|toolbar|search\w*|login|links?|friendlinks?|position|location|weizhi|"
    r"qrcode|ewm|print|topbar|header|top(?:nav|bar)?|banner|advert\w*|ads?)(?=$|[\s_-]|\d)"
)
_NEVER = {"html", "body", "head", "h1", "h2"}
_LISTS = {"ul", "ol", "dl", "div", "p", "td", "section", "table", "tr", "center"}
_UNREAD = {"script", "style", "head", "template", "noscript", "title"}
_MUCH = 0.2
"""Share of the page's sentences that no part of a frame holds."""
_LINKED = 0.7
_LEAST = 2
_SENTENCE_END = re.compile("[。！？；]")


@dataclass(slots=True)
class _Weight:
    """How many characters an element has, how many of them in links, how many sentences."""

    characters: int = 0
    linked: int = 0
    links: int = 0
    sentences: int = 0
    articles: int = 0
    paragraphs: int = 0

    def add(self, text: str | None) -> None:
        """Take in a text that is no link."""
        if text:
            self.characters += len("".join(text.split()))
            self.sentences += len(_SENTENCE_END.findall(text))

    def join(self, other: "_Weight") -> None:
        """Take in what a child holds."""
        self.characters += other.characters
        self.linked += other.linked
        self.links += other.links
        self.sentences += other.sentences
        self.articles += other.articles
        self.paragraphs += other.paragraphs


def frame_of(root: _Element) -> dict[_Element, str]:
    """Return the outermost elements of the frame with their text, which may be empty."""
    weights: dict[_Element, _Weight] = {}
    _weigh(root, weights)
    frame: dict[_Element, str] = {}
    _gather(root, weights, weights[root].sentences * _MUCH, frame)
    return frame


def _weigh(element: _Element, weights: dict[_Element, _Weight]) -> _Weight:
    weight = weights[element] = _Weight()
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return weight
    weight.add(element.text)
    for child in element:
        weight.join(_weigh(child, weights))
        weight.add(child.tail)
    if element.tag == "a" and weight.characters:
        weight.linked, weight.links = weight.characters, 1
    weight.articles += element.tag in {"article", "main"}
    weight.paragraphs += element.tag in {"p", "h1"}
    return weight


def _gather(
    element: _Element, weights: dict[_Element, _Weight], most: float, frame: dict[_Element, str]
) -> None:
    """Add the parts of the frame below ``element``; beside the one article, all is frame."""
    within = [child for child in element if weights[child].articles]
    article = within[0] if len(within) == 1 and weights[within[0]].articles == 1 else None
    for child in element:
        weight = weights[child]
        if not isinstance(child.tag, str) or child.tag in _UNREAD:
            continue
        outside = article is not None and child is not article
        if (
            child is not article
            and weight.sentences <= most
            and (outside or _is_frame(child, weight))
        ):
            frame[child] = " ".join("".join(map(str, child.itertext())).split())
        elif child is not article or child.tag not in {"article", "main"}:
            _gather(child, weights, most, frame)


def _is_frame(element: _Element, weight: _Weight) -> bool:
    if element.tag in _NEVER:
        return False
    if element.tag in _TAGS:
        return True
    if _NAMES.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return not weight.paragraphs
    linked = weight.links >= _LEAST and weight.linked > _LINKED * weight.characters
    return element.tag in _LISTS and linked
