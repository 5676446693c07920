"""The rules of the WeChat platform for an article, and what in an article breaks them.

Source: the documentation of drafts (公众号 草稿箱) for the lengths; for the markup, what the
platform's editor keeps of pasted HTML: inline styles of a few plain elements.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from django.utils.translation import gettext as _

LONGEST_TITLE: Final = 32
LONGEST_AUTHOR: Final = 16
LONGEST_DIGEST: Final = 128
CONTENT_LIMIT: Final = 20_000
"""Characters of the HTML, tags and styles counted: the content must be shorter."""
BYTES_LIMIT: Final = 1024 * 1024
DEEPEST: Final = 10
"""Equal elements inside one another."""

TAGS: Final = frozenset(
    "section p span strong em h1 h2 h3 h4 h5 h6 blockquote ul ol li img table tr th td hr".split()
)
_VOID: Final = frozenset({"img", "hr"})
_ATTRIBUTES: Final = {
    "img": frozenset({"style", "src", "alt"}),
    "td": frozenset({"style", "colspan", "rowspan"}),
    "th": frozenset({"style", "colspan", "rowspan"}),
    "ol": frozenset({"style", "start"}),
}
_ONLY_STYLE: Final = frozenset({"style"})
_FORBIDDEN_STYLES: Final = (
    re.compile(r"font-family"),
    re.compile(r"!\s*important"),
    re.compile(r"(?<![\w-])height\s*:\s*0"),
    re.compile(r"text-align\s*:\s*(?:start|end)"),
    re.compile(r"(?<![\w-])width\s*:\s*[\d.]+(?!\d*\.?\d*%)"),
    re.compile(r"url\s*\("),
    re.compile(r"position\s*:"),
    re.compile(r"line-height\s*:\s*0?(?:\.\d+)?(?:em)?\s*(?:;|$)"),
)
_FORBIDDEN_SIGNS: Final = re.compile(r"<!|<\?")


@dataclass(frozen=True, slots=True)
class Article:
    """An article for WeChat; ``content`` is its HTML."""

    title: str
    author: str
    digest: str
    content: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a part of an article is, and may be; ``text`` is what staff fill in by hand."""

    name: str
    length: int
    limit: int
    text: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the platform would refuse it."""
        return self.length > self.limit


def measures(article: Article) -> tuple[Measure, ...]:
    """Return the lengths that the platform limits."""
    return (
        Measure(_("Title"), len(article.title), LONGEST_TITLE, article.title),
        Measure(_("Author"), len(article.author), LONGEST_AUTHOR, article.author),
        Measure(_("Digest"), len(article.digest), LONGEST_DIGEST, article.digest),
        Measure(_("Content with its markup"), len(article.content), CONTENT_LIMIT - 1),
        Measure(_("Content in bytes"), len(article.content.encode()), BYTES_LIMIT - 1),
    )


def broken_rules(article: Article) -> tuple[str, ...]:
    """Return, in Chinese, each rule that ``article`` breaks, with where it does so."""
    return tuple(dict.fromkeys((*_too_long(article), *_markup(article.content))))


def _too_long(article: Article) -> Iterator[str]:
    for measure in measures(article):
        if measure.is_over:
            yield _("%(part)s: %(length)d, at most %(limit)d") % {
                "part": measure.name,
                "length": measure.length,
                "limit": measure.limit,
            }


def _markup(content: str) -> Iterator[str]:
    if _FORBIDDEN_SIGNS.search(content):
        yield _("Comments and declarations are not allowed")
    reader = _Reader()
    reader.feed(content)
    reader.close()
    yield from reader.broken
    if reader.open:
        yield _("Element not closed: %(tag)s") % {"tag": reader.open[-1]}


class _Reader(HTMLParser):
    """Gathers in ``broken`` what is wrong; ``open`` are the elements not yet closed."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.broken.append(_("Element not allowed: %(tag)s") % {"tag": tag})
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag not in _VOID:
            self.open.append(tag)
            if Counter(self.open)[tag] > DEEPEST:
                self.broken.append(_("Nested too deep: %(tag)s") % {"tag": tag})

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.broken.append(_("Element not opened: %(tag)s") % {"tag": tag})

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in _ATTRIBUTES.get(tag, _ONLY_STYLE):
            self.broken.append(
                _("Attribute not allowed: %(tag)s %(name)s") % {"tag": tag, "name": name}
            )
        elif name == "style" and any(rule.search(value) for rule in _FORBIDDEN_STYLES):
            self.broken.append(_("Style not allowed: %(style)s") % {"style": value})
