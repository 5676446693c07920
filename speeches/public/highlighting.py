"""Marking the words of a search in the text that it led to."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.safestring import SafeString
from lxml import etree
from lxml import html as lxml_html

from speeches.public.prose import trusted
from speeches.search.snippets import spans_of
from speeches.search.tokens import fold, runs

_LONGEST = 200
_BLOCKS = frozenset(("p", "h2", "h3", "h4", "li", "td", "th", "blockquote", "figcaption", "div"))


def prose_for(request: HttpRequest, body: str) -> SafeString:
    """Return stored rich text ready for a template, the words of ``?mark=`` marked in it."""
    words = tuple(runs(fold(request.GET.get("mark", "")[:_LONGEST])))
    return trusted(highlighted(body, words) if words else body)


def highlighted(html: str, words: tuple[str, ...]) -> str:
    """Return ``html`` with the folded ``words`` inside ``<mark>``, also across bold and links."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for texts in list(_stretches(root)):
        _mark(texts, words)
    marked: str = etree.tostring(root, encoding="unicode", method="html")
    return marked.removeprefix("<div>").removesuffix("</div>")


class _Text:
    """A text of the tree: that of an element, or the one behind it."""

    def __init__(self, element: lxml_html.HtmlElement, *, is_tail: bool) -> None:
        self._element = element
        self._is_tail = is_tail
        self.text: str = (element.tail if is_tail else element.text) or ""

    def mark(self, spans: list[tuple[int, int]]) -> None:
        """Put these stretches of the text into ``<mark>``."""
        pieces = []
        ends = [start for start, _end in spans[1:]] + [len(self.text)]
        for (start, end), following in zip(spans, ends, strict=True):
            piece = etree.Element("mark")
            piece.text, piece.tail = self.text[start:end], self.text[end:following]
            pieces.append(piece)
        before = self.text[: spans[0][0]]
        if self._is_tail:
            self._element.tail = before
            for piece in reversed(pieces):
                tail = piece.tail
                self._element.addnext(piece)
                piece.tail = tail
        else:
            self._element.text = before
            for place, piece in enumerate(pieces):
                self._element.insert(place, piece)


def _stretches(root: lxml_html.HtmlElement) -> Iterator[list[_Text]]:
    """The texts of the tree in reading order, those of one block together."""
    together: list[_Text] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield together
            together = []
        if event == "start":
            together.append(_Text(element, is_tail=False))
        elif element is not root:
            together.append(_Text(element, is_tail=True))
    yield together


def _mark(texts: list[_Text], words: tuple[str, ...]) -> None:
    spans = spans_of("".join(text.text for text in texts), words)
    start = 0
    for text in texts:
        end = start + len(text.text)
        own = [
            (max(left, start) - start, min(right, end) - start)
            for left, right in spans
            if left < end and right > start
        ]
        if own:
            text.mark(own)
        start = end
