"""The digest as it is set on pages, whatever the target: what Word and PDF have in common."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from speeches.enums import FigureClaim
from speeches.exporting.document import (
    DigestDocument,
    DigestFigure,
    DigestSpeech,
    DigestWorkItem,
)
from speeches.exporting.headings import Heading, heading_of
from speeches.exporting.pictures import Picture, printed_size
from speeches.exporting.titles import balanced_lines, single_line
from speeches.exporting.typography import (
    CHARACTERS_PER_LINE,
    CHARACTERS_PER_PAGE,
    HEADING_FACES,
    Face,
)
from speeches.parsing.supplements import TABLE_OF_FIGURES
from speeches.signatures import signature
from speeches.textblocks import Block, BlockKind, Run

CONTENTS_TITLE = "目　录"
NOTE_LABEL = "编者按："
UNTITLED = "发言摘登"
"""What a meeting without a title is called."""
PICTURE = "图片"
"""What stands for the words of a picture that has none."""
ATTACHMENT_MARK = "附件"
ATTACHMENT_TITLE = TABLE_OF_FIGURES
TABLE_HEADINGS = ("序号", "亮点工作", "单位", "数据（按原文）")
_NOTE_OPENINGS = ("编者按", "编者的话", "编 者 按", "编　者　按")
_NONE: Mapping[str, Picture] = {}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one face; emphasis is 黑体 or 楷体, never bold or slanted 仿宋."""

    text: str
    face: Face
    underline: bool = False
    superscript: bool = False
    subscript: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, quotation, list item, table or picture of a speech.

    ``level`` is the level of a heading (1 to 4) or the nesting of a list item; ``depth`` is the
    heading's place in the outline, which skips no level. ``src`` is the address of a picture that
    can be printed, ``width`` and ``height`` its millimetres on a page; its words are its caption.
    """

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    level: int = 0
    depth: int = 0
    align: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    src: str = ""
    width: float = 0.0
    height: float = 0.0

    @property
    def text(self) -> str:
        """The words without their look."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Section:
    """A speech on the page; the lines are those of its title and of its signature."""

    title: str
    title_lines: tuple[str, ...]
    byline: str
    byline_lines: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A digest on its pages.

    ``note`` are the paragraphs of the editor's note, ``signature`` the host and the date below
    it. ``own_pages`` tells whether every speech starts a page.
    """

    title: str
    title_lines: tuple[str, ...]
    kicker_lines: tuple[str, ...]
    subtitle_lines: tuple[str, ...]
    note: tuple[str, ...]
    signature: tuple[str, ...]
    sections: tuple[Section, ...]
    work_rows: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    own_pages: bool


def compose(document: DigestDocument, pictures: Mapping[str, Picture] = _NONE) -> Composition:
    """Return ``document`` as it is set on pages; ``pictures`` are those it has, by address."""
    sections = tuple(_section(speech, pictures) for speech in document.speeches)
    title = single_line(document.title) or UNTITLED
    return Composition(
        title=title,
        title_lines=balanced_lines(title),
        kicker_lines=balanced_lines(document.kicker, CHARACTERS_PER_LINE),
        subtitle_lines=tuple(_below_title(document)),
        note=_note(document.editors_note),
        signature=tuple(
            filter(None, (single_line(document.host), day_in_words(document.published_on)))
        ),
        sections=sections,
        work_rows=tuple(_work_row(n, item) for n, item in enumerate(document.work_items, start=1)),
        own_pages=_fill_pages(sections),
    )


def byline_of(speech: DigestSpeech) -> str:
    """Return the signature as printed, else what is known of body, posts and names."""
    if speech.byline.strip():
        return single_line(speech.byline)
    return single_line(signature(speech.organization, speech.posts, speech.speakers))


def figure_words(figure: DigestFigure) -> str:
    """Return a figure in its printed words, with its object and with what kind of claim it is."""
    thing = "" if figure.object in figure.printed else figure.object
    claim = FigureClaim(figure.claim)
    told = "" if claim is FigureClaim.RESULT else f"（{claim.label}）"
    return thing + figure.printed + told


def occasion(document: DigestDocument) -> str:
    """Return when and where the meeting was: ``2026年3月5日至6日　云岭省青禾市``."""
    return "　".join(filter(None, (_days(document.start_date, document.end_date), document.place)))


def day_in_words(day: date | None) -> str:
    """Return ``day`` in Arabic figures without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _days(start: date | None, end: date | None) -> str:
    if not start or not end or start == end:
        return day_in_words(start or end)
    if start.year != end.year:
        return f"{day_in_words(start)}至{day_in_words(end)}"
    month = "" if start.month == end.month else f"{end.month}月"
    return f"{day_in_words(start)}至{month}{end.day}日"


def _below_title(document: DigestDocument) -> Iterator[str]:
    yield from balanced_lines(document.subtitle, CHARACTERS_PER_LINE)
    when_and_where = occasion(document)
    if when_and_where:
        yield from balanced_lines(f"（{when_and_where}）", CHARACTERS_PER_LINE)


def _note(text: str) -> tuple[str, ...]:
    paragraphs = tuple(filter(None, (line.strip() for line in text.splitlines())))
    if paragraphs and not paragraphs[0].startswith(_NOTE_OPENINGS):
        return (NOTE_LABEL + paragraphs[0], *paragraphs[1:])
    return paragraphs


def _fill_pages(sections: Iterable[Section]) -> bool:
    """Long speeches get pages of their own; short ones follow one another."""
    lengths = [sum(len(passage.text) for passage in section.passages) for section in sections]
    return bool(lengths) and median(lengths) >= CHARACTERS_PER_PAGE


def _section(speech: DigestSpeech, pictures: Mapping[str, Picture]) -> Section:
    """Return ``speech`` on the page; one without a title is headed by its signature."""
    title, byline = single_line(speech.title), byline_of(speech)
    if not title:
        title, byline = byline or UNTITLED, ""
    return Section(
        title=title,
        title_lines=balanced_lines(title),
        byline=byline,
        byline_lines=balanced_lines(byline, CHARACTERS_PER_LINE),
        passages=tuple(_passages(speech.blocks, pictures)),
    )


def _passages(blocks: Iterable[Block], pictures: Mapping[str, Picture]) -> Iterator[Passage]:
    depth = 0
    for block in blocks:
        picture = pictures.get(block.src)
        passage = _picture(block, picture) if picture else _passage(block)
        if passage.kind is BlockKind.HEADING:
            depth = min(passage.level, depth + 1)
            passage = replace(passage, depth=depth)
        yield passage


def _picture(block: Block, picture: Picture) -> Passage:
    width, height = printed_size(picture)
    caption = (Span(block.text, Face.KAI),) if block.text else ()
    return Passage(block.kind, caption, src=block.src, width=width, height=height)


def _passage(block: Block) -> Passage:
    if block.kind is BlockKind.TABLE:
        return Passage(block.kind, rows=_rectangle(block.rows))
    if block.kind is BlockKind.IMAGE:
        return Passage(block.kind, (Span(f"（图片：{block.text or '无说明'}）", Face.KAI),))
    if block.kind is BlockKind.LIST_ITEM:
        spans = (Span(block.marker, Face.BODY), *_spans(block.runs))
        return Passage(block.kind, spans, level=block.level)
    if block.kind is BlockKind.QUOTE:
        return Passage(block.kind, tuple(_spans(block.runs, Face.KAI)), align=block.align)
    return _prose(block)


def _prose(block: Block) -> Passage:
    found = heading_of(block.text)
    if block.kind is BlockKind.HEADING:
        level = found.level if found else block.level - 1
        return _heading(block, Heading(level, len(block.text), alone=True))
    if found and found.alone:
        return _heading(block, found)
    if found:
        head, rest = _split(block.runs, found.length)
        spans = (*_spans(head, HEADING_FACES[found.level]), *_spans(rest))
        return Passage(BlockKind.PARAGRAPH, spans, align=block.align)
    return Passage(BlockKind.PARAGRAPH, tuple(_spans(block.runs)), align=block.align)


def _heading(block: Block, heading: Heading) -> Passage:
    spans = tuple(_spans(block.runs, HEADING_FACES[heading.level]))
    return Passage(BlockKind.HEADING, spans, level=heading.level, align=block.align)


def _spans(runs: Iterable[Run], face: Face = Face.BODY) -> Iterator[Span]:
    for run in runs:
        emphasis = Face.HEI if run.bold else Face.KAI if run.italic else face
        yield Span(
            run.text,
            emphasis if face is Face.BODY else face,
            underline=run.underline,
            superscript=run.superscript,
            subscript=run.subscript,
        )


def _split(runs: Iterable[Run], length: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    head: list[Run] = []
    rest: list[Run] = []
    for run in runs:
        if run.text[:length]:
            head.append(replace(run, text=run.text[:length]))
        if run.text[length:]:
            rest.append(replace(run, text=run.text[length:]))
        length = max(0, length - len(run.text))
    return tuple(head), tuple(rest)


def _rectangle(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Give every row of a table as many cells as the longest has."""
    columns = max(map(len, rows), default=0)
    return tuple((*row, *("",) * (columns - len(row))) for row in rows)


def _work_row(number: int, item: DigestWorkItem) -> tuple[str, str, str, tuple[str, ...]]:
    year = f"（{item.year}年）" if item.year else ""
    figures = tuple(map(figure_words, item.figures)) or ("—",)
    return str(number), item.title + year, item.organization, figures
