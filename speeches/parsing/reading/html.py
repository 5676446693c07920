"""Saved web pages and pasted rich text: one block a line, without what is not text."""

import re

from lxml import html as lxml_html
from lxml.etree import ParserError, _Element

from speeches.parsing.documents import ParseWarning, Source
from speeches.parsing.errors import UnreadableFile

from .text import read_text

_META_CHARSET = re.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)")
_HEAD = 4096
_NOT_TEXT = {
    "aside", "button", "footer", "form", "head", "iframe", "nav", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
}  # fmt: skip
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r"\n[ ]*|[ ]+(?=\n)")


def read(data: bytes) -> Source:
    """Return the text of an HTML document: blocks as lines, table rows with cells parted by tabs.

    Raises UnreadableFile for a text in no known encoding.
    """
    text = read_text(data, encoding=_declared(data))
    try:
        root = lxml_html.document_fromstring(re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text))
    except (ParserError, ValueError) as error:
        raise UnreadableFile("网页是空的：没有任何内容。") from error
    parts: list[str] = []
    _collect(_main(root), parts)
    lines = _BLANKS.sub("\n", "".join(parts)).split("\n")
    pictures = len(root.findall(".//body//img"))
    warnings = (
        (ParseWarning("pictures-left-out", f"文件中的{pictures}幅图片没有读入。"),)
        if pictures
        else ()
    )
    return Source("\n".join(line for line in lines if line.strip()), "html", warnings)


def _declared(data: bytes) -> str | None:
    """Big5 where the page names it, for it is never guessed; the bytes tell every other one."""
    found = _META_CHARSET.search(data[:_HEAD])
    if found is None or not found[1].lower().startswith(b"big5"):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "big5hkscs"
    return None


def _main(root: _Element) -> _Element:
    """The one element that a page marks as its text, or everything."""
    for tag in ("article", "main"):
        marked = root.findall(f".//{tag}")
        if len(marked) == 1:
            return marked[0]
    return root


def _collect(element: _Element, parts: list[str]) -> None:
    """Add the text of ``element``; depth is bounded by the parser (256 levels)."""
    tag = element.tag if isinstance(element.tag, str) else None
    if tag is None or tag in _NOT_TEXT or _HIDDEN.search(element.get("style", "")):
        return
    if tag == "br":
        parts.append("\n")
        return
    is_block = tag not in _INLINE
    is_cell = tag in {"td", "th"}
    if is_block:
        parts.append("\t" if is_cell and element.getprevious() is not None else "\n")
    start = len(parts)
    _add(element.text, parts)
    for child in element:
        _collect(child, parts)
        _add(child.tail, parts)
    if is_cell:
        parts[start:] = [" ".join("".join(parts[start:]).split())]
    elif is_block:
        parts.append("\n")


def _add(text: str | None, parts: list[str]) -> None:
    if text:
        parts.append(_SPACES.sub(" ", text).replace("\xa0", " "))
