"""The digest as articles for WeChat (公众号): HTML that the platform keeps as it is.

Everything is styled inline, and pictures are named, not shown: the platform drops those of other
sites, so staff insert them there. A long meeting becomes several articles.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from itertools import chain
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from speeches.exporting.composition import byline_of
from speeches.exporting.document import DigestDocument, DigestSpeech
from speeches.exporting.exporter import Exporter
from speeches.exporting.markup import Markup
from speeches.exporting.nesting import nested
from speeches.exporting.reading import Frame, frame_of
from speeches.exporting.titles import single_line
from speeches.exporting.wechat_parts import Piece, cut, parts
from speeches.exporting.wechat_rules import (
    CONTENT_LIMIT,
    DEEPEST,
    LONGEST_AUTHOR,
    LONGEST_DIGEST,
    LONGEST_TITLE,
    Article,
)
from speeches.exporting.wechat_themes import DEFAULT, THEMES, Theme
from speeches.exporting.wording import one_line
from speeches.site import site
from speeches.textblocks import Block, BlockKind, Run

_ROOM_OF_PART: Final = CONTENT_LIMIT - 600
"""Characters of a part without its frame and its last line."""
_LONGEST_HEADING: Final = 300
"""Characters of a title or signature; no record of the site has longer ones."""
_LONGEST_PASSAGE: Final = _ROOM_OF_PART - 2 * 6 * _LONGEST_HEADING
"""What fits into a part with a heading, whose signs may all be escaped."""
_SPANS: Final = frozenset({"u", "sup", "sub"})


def articles(document: DigestDocument, theme_name: str = DEFAULT) -> tuple[Article, ...]:
    """Return ``document`` as articles, each within the rules of the platform."""
    markup = _markup(THEMES[theme_name])
    frame = frame_of(document)
    contents = parts(_pieces(document, frame, markup), _ROOM_OF_PART)
    return tuple(
        Article(
            title=_shortened(frame.title + _number(number, len(contents)), LONGEST_TITLE),
            author=_shortened(frame.host or site().name, LONGEST_AUTHOR),
            digest=_shortened(_summary(document, frame), LONGEST_DIGEST),
            content=_whole(content, number, len(contents), markup),
        )
        for number, content in enumerate(contents, start=1)
    )


def render(document: DigestDocument) -> bytes:
    """Return the articles one below the other in an HTML file, each ready to be copied."""
    context = {"title": frame_of(document).title, "articles": articles(document)}
    return render_to_string("exports/wechat.html", context).encode()


def _number(number: int, count: int) -> str:
    return f"（{number}/{count}）" if count > 1 else ""


def _shortened(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` characters; the number of a part stays."""
    if len(text) <= limit:
        return text
    head, bracket, number = text.rpartition("（") if text.endswith("）") else (text, "", "")
    tail = bracket + number if "/" in number else ""
    return f"{(head if tail else text)[: limit - len(tail) - 1]}…{tail}"


def _summary(document: DigestDocument, frame: Frame) -> str:
    titles = "；".join(single_line(speech.title) for speech in document.speeches)
    return "".join(frame.note) or titles


def _markup(theme: Theme) -> Markup:
    """Return the markup that the platform keeps: every style inline, and few elements."""

    def attributes(role: str) -> str:
        style = theme.style("p" if role in {"left", "justify"} else role, site().colour)
        return f' style="{style}"' if style else ""

    return Markup(attributes=attributes, spans=_SPANS)


def _whole(content: str, number: int, count: int, markup: Markup) -> str:
    """Return a part in its frame, with a line that tells of the others."""
    if count > 1:
        words = gettext("Part %(number)d of %(count)d") % {"number": number, "count": count}
        content += _line(words, "part", markup)
    return markup.element("section", content, "article")


def _pieces(document: DigestDocument, frame: Frame, markup: Markup) -> Iterator[Piece]:
    opening = [_line(line, "kicker", markup) for line in _above(frame)]
    if frame.note:
        opening += _note(frame.note, markup)
    yield Piece("", tuple(opening))
    for speech in document.speeches:
        yield _speech(speech, markup)
    if frame.work:
        rows = (
            _paragraph(f"{row.title}（{row.organization}）：{'；'.join(row.figures)}")
            for row in frame.work
        )
        title = gettext("Highlighted work")
        yield Piece(_heading(title, "", markup), tuple(_contents(rows, markup)))


def _note(paragraphs: Iterable[str], markup: Markup) -> list[str]:
    """Return the editor's note, in one frame unless it is too long for that."""
    blocks = (_paragraph(text, "note p") for text in paragraphs)
    contents = list(_contents(blocks, markup))
    whole = "".join(contents)
    if len(whole) > _LONGEST_PASSAGE:
        return contents
    return [markup.element("section", whole, "note")]


def _above(frame: Frame) -> Iterator[str]:
    lines = (frame.kicker, frame.subtitle, frame.occasion)
    yield from (line[:_LONGEST_HEADING] for line in lines if line)


def _paragraph(text: str, role: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, (Run(text),), align=role)


def _speech(speech: DigestSpeech, markup: Markup) -> Piece:
    title = single_line(speech.title)[:_LONGEST_HEADING]
    again = gettext("%(title)s (continued)") % {"title": title}
    return Piece(
        head=_heading(title, byline_of(speech)[:_LONGEST_HEADING], markup),
        contents=tuple(_contents(chain.from_iterable(map(_lines, speech.blocks)), markup)),
        again=_heading(again, "", markup),
    )


def _heading(title: str, byline: str, markup: Markup) -> str:
    words = markup.element("h2", escape(title, quote=False), "title")
    signed = _line(byline, "byline", markup) if byline else ""
    return markup.element("section", words, "speech") + signed


def _line(text: str, role: str, markup: Markup) -> str:
    return markup.element("p", escape(text, quote=False), role)


def _lines(block: Block) -> Iterator[Block]:
    """Yield a block for each line: the platform's editor has no use for line breaks."""
    if block.kind is BlockKind.IMAGE:
        words = gettext("(Picture) %(caption)s") % {"caption": one_line(block.text)}
        yield _paragraph(words, "caption")
    elif block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE}:
        yield from (replace(block, runs=runs) for runs in _lines_of(block.runs))
    else:
        runs = tuple(replace(run, text=run.text.replace("\n", " ")) for run in block.runs)
        deepest = DEEPEST - 1 if block.kind is BlockKind.LIST_ITEM else block.level
        yield replace(block, runs=runs, level=min(block.level, deepest))


def _lines_of(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in others:
            yield tuple(line)
            line = [replace(run, text=text)]
    yield tuple(line)


def _contents(blocks: Iterable[Block], markup: Markup) -> Iterator[str]:
    """Yield the finished markup of each passage, none longer than a part can hold."""
    for passage in nested(blocks):
        for piece in cut(passage, _LONGEST_PASSAGE, lambda part: len(markup.of(part))):
            yield markup.of(piece)


def _notices(document: DigestDocument) -> tuple[str, ...]:
    blocks = chain.from_iterable(speech.blocks for speech in document.speeches)
    count = sum(block.kind is BlockKind.IMAGE for block in blocks)
    if not count:
        return ()
    words = ngettext(
        "WeChat takes no pictures from outside: insert %(count)d by hand at its caption.",
        "WeChat takes no pictures from outside: insert %(count)d by hand at their captions.",
        count,
    )
    return (words % {"count": count},)


EXPORTER = Exporter(
    label=_("WeChat articles (HTML text)"),
    media_type="text/html; charset=utf-8",
    extension="html",
    variant=_(" (WeChat)"),
    render=render,
    notices=_notices,
)
