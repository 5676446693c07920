"""The digest as Markdown (CommonMark with tables), escaped so that it reads back unchanged."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.exporting.composition import figure_words, occasion
from speeches.exporting.document import DigestDocument, DigestSpeech, DigestWorkItem
from speeches.exporting.exporter import Exporter
from speeches.exporting.wording import printed_byline
from speeches.textblocks import Block, BlockKind, Run

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LINE_START = re.compile(r"^([ \t]*)(?:([-=]|\+(?=\s|$))|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)
_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "superscript": "sup",
    "subscript": "sub",
}
_LIST_INDENT = "    "
"""Enough for what stands in an item numbered up to 99., too little for a block of code."""
_NEW_LIST = "<!-- -->"
"""Keeps two lists apart that follow one another, so that the second counts from 1 again."""


def render(document: DigestDocument) -> bytes:
    """Return ``document`` as UTF-8 Markdown with front matter."""
    parts = [
        _front_matter(document),
        *_head(document),
        *(part for speech in document.speeches for part in _speech(speech)),
        *_work(document.work_items),
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is."""
    return _at_line_starts(_inline(text))


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _at_line_starts(markdown: str) -> str:
    """Escape what would begin a list or underline a heading."""
    return _LINE_START.sub(_escaped_start, markdown)


def _escaped_start(match: re.Match[str]) -> str:
    blank, mark, number, dot = match.groups()
    return f"{blank}\\{mark}" if mark else f"{blank}{number}\\{dot}"


def _line(text: str) -> str:
    return escape(" ".join(text.split("\n")).strip())


def _front_matter(document: DigestDocument) -> str:
    """Return what is known of the meeting as YAML; its strings are those of JSON."""
    told = {
        "title": document.title,
        "kicker": document.kicker,
        "subtitle": document.subtitle,
        "slug": document.slug,
        "date": _iso(document.start_date),
        "end_date": _iso(document.end_date),
        "term": document.term,
        "session": document.session,
        "place": document.place,
        "host": document.host,
        "source": document.source,
        "published_on": _iso(document.published_on),
        "edition": document.edition_hash,
    }
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items() if value
    ]
    return "\n".join(["---", *lines, "---"])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _head(document: DigestDocument) -> Iterator[str]:
    yield _line(document.kicker)
    yield f"# {_line(document.title)}"
    yield _line(document.subtitle)
    yield _line(occasion(document))
    for paragraph in document.editors_note.splitlines():
        if paragraph.strip():
            yield f"> {_line(paragraph)}"


def _speech(speech: DigestSpeech) -> Iterator[str]:
    yield f"## {_line(speech.title)}"
    yield f"*{_line(byline)}*" if (byline := printed_byline(speech)) else ""
    yield from _blocks(speech.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield each block; a list item lies at most one level deeper than the one before it."""
    depth = 0
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM:
            starts_again = block.marker == "1." and depth >= block.level
            depth = min(block.level, depth + 1)
            if starts_again:
                yield _LIST_INDENT * (depth - 1) + _NEW_LIST
            yield _list_item(block, depth)
        else:
            depth = 0
            yield _block(block)


def _list_item(block: Block, depth: int) -> str:
    """Return an item with its marker, or the further words of the item before it."""
    marker = "-" if block.marker == "•" else block.marker
    words = f"{marker} {_runs(block.runs)}" if marker else _LIST_INDENT + _runs(block.runs)
    return _LIST_INDENT * (depth - 1) + words


def _block(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"{'#' * (block.level + 1)} {_runs(block.runs, ' ')}"
    if block.kind is BlockKind.QUOTE:
        return "\n".join(f"> {line}" for line in _runs(block.runs).split("\n"))
    if block.kind is BlockKind.TABLE:
        return _table(block.rows[0], block.rows[1:])
    if block.kind is BlockKind.IMAGE:
        return f"![{_line(block.text)}](<{_inline(block.src)}>)"
    return _runs(block.runs)


def _runs(runs: Iterable[Run], line_break: str = "\\\n") -> str:
    """Return ``runs`` on one line of source for every line of theirs."""
    lines = "".join(map(_run, runs)).strip("\n ").split("\n")
    return line_break.join(_at_line_starts(line.strip(" ")) for line in lines)


def _run(run: Run) -> str:
    """Return ``run`` with its look as HTML: ``**`` does not close between ” and a character."""
    tags = [tag for look, tag in _TAGS.items() if getattr(run, look) and run.text.strip()]
    opening = "".join(f"<{tag}>" for tag in tags)
    closing = "".join(f"</{tag}>" for tag in reversed(tags))
    return opening + _inline(run.text) + closing


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heading, tuple("---" for _cell in heading), *rows]
    cells = (
        (cell if cell == "---" else _line(cell) for cell in _filled(line, len(heading)))
        for line in lines
    )
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _filled(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row, *("" for _missing in range(width - len(row))))


def _work(items: tuple[DigestWorkItem, ...]) -> Iterator[str]:
    if not items:
        return
    yield f"## {gettext('Highlighted work')}"
    rows = [
        (item.title, item.organization, "；".join(map(figure_words, item.figures)))
        for item in items
    ]
    yield _table((gettext("Work"), gettext("Organization"), gettext("Figures")), rows)


EXPORTER = Exporter(
    label=_("Markdown text"),
    media_type="text/markdown; charset=utf-8",
    extension="md",
    render=render,
)
