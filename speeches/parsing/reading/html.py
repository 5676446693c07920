"""Saved web pages and pasted rich text: block by block, without what is not the page's text."""

import re
from collections.abc import Iterator

from lxml import html as lxml_html
from lxml.etree import ParserError, _Element

from speeches.parsing.documents import ParseWarning, Source
from speeches.parsing.errors import UnreadableFile

from .blocks import to_source
from .html_blocks import Page
from .html_frame import frame_of
from .pictures import KEPT
from .text import read_text

_META_CHARSET = re.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)")
_HEAD = 4096
_SHOWN = 6
_LONGEST_SHOWN = 24


def read(data: bytes) -> Source:
    """Return the text of an HTML document: blocks as lines, table rows with cells parted by tabs.

    Menus, footers and lists of links around the text are left out and told, and so is what the
    page hides. Raises UnreadableFile for a text in no known encoding.
    """
    text = read_text(data, encoding=_declared(data))
    try:
        root = lxml_html.document_fromstring(re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text))
    except (ParserError, ValueError) as error:
        raise UnreadableFile("网页是空的：没有任何内容。") from error
    frame = frame_of(root)
    page = Page(frame)
    blocks = list(page.blocks(root))
    return to_source(blocks, "html", tuple(_warnings(page, frame)))


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


def _warnings(page: Page, frame: dict[_Element, str]) -> Iterator[ParseWarning]:
    texts = [text for text in frame.values() if text]
    if texts:
        shown = "、".join(f"“{text[:_LONGEST_SHOWN]}”" for text in texts[:_SHOWN])
        rest = f"等{len(texts)}处" if len(texts) > _SHOWN else ""
        yield ParseWarning("page-furniture", f"网页四周的导航、链接等没有读入：{shown}{rest}。")
    if page.hidden:
        yield ParseWarning("hidden-left-out", f"网页中有{page.hidden}处隐藏文字没有读入。")
    if page.album.left_out:
        yield ParseWarning("pictures-left-out", f"文件中的{page.album.left_out}幅图片没有读入。")
    if page.album.kept:
        yield ParseWarning("pictures-kept", KEPT.format(page.album.kept))
