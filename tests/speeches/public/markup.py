"""What is wrong with a page by the HTML standard, and where it leads."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin

import html5lib

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LABELLED = {"select", "textarea"}
UNTYPED = {"hidden", "submit", "button"}


@dataclass
class Markup:
    """A parsed page: its problems, the ids it has, and the addresses it leads to."""

    address: str
    problems: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


def read(address: str, text: str) -> Markup:
    """Parse a page as browsers do, and note what an author must not write."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    page = Markup(address, [f"{name} at {place}" for place, name, _more in parser.errors])
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    page.ids = set(ids)
    page.problems += [f"id {name!r} {total} times" for name, total in ids.items() if total > 1]
    page.problems += [f"id {name!r}" for name in ids if not name or set(name) & set(" \t\n")]
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    page.problems += [f"label for {name!r}" for name in labelled - {None} - page.ids]
    for element in elements:
        page.problems += _wrong_with(element, page.ids, labelled)
        for name in ("href", "src"):
            if element.get(name):
                page.links.add(urljoin(address, element.get(name)))
    page.problems += _outline([HEADINGS[e.tag] for e in elements if e.tag in HEADINGS])
    return page


def _wrong_with(element, ids: set[str], labelled: set[str | None]) -> list[str]:
    wrong = []
    for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
        wrong += [
            f"{name} {target!r}" for target in element.get(name, "").split() if target not in ids
        ]
    typed = element.tag == "input" and element.get("type") not in UNTYPED
    if (typed or element.tag in LABELLED) and not element.get("aria-label"):
        wrong += [] if element.get("id") in labelled else [f"no label for {element.get('name')!r}"]
    if element.tag == "img" and element.get("alt") is None:
        wrong.append(f"no alt for {element.get('src')}")
    if element.get("style") is not None:
        wrong.append(f"style on {element.tag}")
    if element.tag == "script" and not element.get("src"):
        wrong += [] if element.get("type") == "application/ld+json" else ["script in the page"]
    if element.tag == "a" and element.get("href") == "":
        wrong.append("a link to nowhere")
    return wrong


def _outline(levels: list[int]) -> list[str]:
    wrong = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of the first level"]
    return wrong + [
        f"h{after} behind h{before}"
        for before, after in zip([0, *levels], levels, strict=False)
        if after > before + 1
    ]


def without_fragment(address: str) -> tuple[str, str]:
    """Return the address of the page, and the id that is asked for in it."""
    page, fragment = urldefrag(address)
    return page, fragment
