"""The links of a page, a feed, a site map or a style sheet."""

import re
from collections.abc import Iterator

from lxml import etree, html

_STYLE_LINK = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_ADDRESS_ELEMENTS = ("{*}loc", "{*}link")


def links_in(content: bytes, media_type: str) -> Iterator[str]:
    """Yield every link in ``content``, as written; nothing for types that hold none."""
    if media_type == "text/html":
        yield from _links_in_html(content)
    elif media_type == "text/css":
        yield from _links_in_style(content.decode("utf-8", "replace"))
    elif media_type.endswith("xml"):
        yield from _links_in_xml(content)


def _links_in_html(content: bytes) -> Iterator[str]:
    parser = html.HTMLParser(encoding="utf-8")
    for _element, attribute, link, _offset in html.fromstring(content, parser=parser).iterlinks():
        if attribute != "action":
            yield link


def _links_in_style(style: str) -> Iterator[str]:
    for match in _STYLE_LINK.finditer(style):
        yield match[1] or match[2]


def _links_in_xml(content: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for element in etree.fromstring(content, parser=parser).iter(*_ADDRESS_ELEMENTS):
        yield element.get("href") or (element.text or "").strip()
