"""The text of the Word digest: paragraphs in named styles, contents, tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from speeches.exporting.composition import (
    ATTACHMENT_MARK,
    ATTACHMENT_TITLE,
    CONTENTS_TITLE,
    NOTE_LABEL,
    TABLE_HEADINGS,
    Composition,
    Passage,
    Section,
    Span,
)
from speeches.exporting.docx_pictures import number_pictures, picture_paragraph
from speeches.exporting.docx_styles import CLAUSE_STYLES, LINE, TEXT_WIDTH, indents
from speeches.exporting.line_counting import INDENT
from speeches.exporting.pagination import BLANK_LINES_BEFORE_SPEECH, paginate
from speeches.exporting.typography import Face
from speeches.exporting.wordml import (
    Element,
    field,
    field_end,
    field_start,
    run,
    w,
)
from speeches.textblocks import BlockKind

_CONTENTS_FIELD = 'TOC \\o "1-1" \\h \\z \\t "发言署名,2" \\n 2-2'
"""Titles with page numbers and, below each, its signature without one."""
_ALIGNED = {"center": "BodyCentred", "right": "BodyRight"}
_WORK_COLUMNS = (0.09, 0.32, 0.23, 0.36)
"""Shares of the text's width."""


def body(composition: Composition, pictures: Mapping[str, str]) -> Element:
    """Return the ``w:body`` of ``composition``; ``pictures`` are relations by address."""
    text = w(
        "body",
        *_front(composition),
        *_contents(composition),
        *_speeches(composition, pictures),
        *_attachment(composition),
    )
    number_pictures(text)
    return text


def _paragraph(
    style: str,
    *runs: Element,
    before: int = 0,
    after: int = 0,
    new_page: bool = False,
    indent: Element | None = None,
) -> Element:
    """Return a paragraph; ``before`` and ``after`` are blank lines of the grid."""
    spacing = w("spacing", before=before * LINE, after=after * LINE) if before or after else None
    return w(
        "p",
        w(
            "pPr",
            w("pStyle", val=style),
            w("pageBreakBefore") if new_page else None,
            spacing,
            indent,
        ),
        *runs,
    )


def _front(composition: Composition) -> Iterator[Element]:
    subtitle = composition.subtitle_lines
    if composition.kicker_lines:
        yield _paragraph("Kicker", run("\n".join(composition.kicker_lines)))
    title = _broken(composition.title, composition.title_lines)
    yield _paragraph("Title", *title, after=0 if subtitle else 1)
    if subtitle:
        yield _paragraph("Subtitle", run("\n".join(subtitle)), after=1)
    for paragraph in composition.note:
        yield _paragraph("EditorsNote", *_note_runs(paragraph))
    if composition.note:
        for number, line in enumerate(composition.signature):
            yield _paragraph("Signature", run(line), before=0 if number else 1)


def _note_runs(paragraph: str) -> Iterator[Element]:
    rest = paragraph.removeprefix(NOTE_LABEL)
    if rest != paragraph:
        yield _styled(Span(NOTE_LABEL, Face.HEI))
    yield run(rest)


def _contents(composition: Composition) -> Iterator[Element]:
    pages = paginate(composition)
    entries = [
        (section.title, section.byline, page)
        for section, page in zip(composition.sections, pages.sections, strict=True)
    ]
    if composition.work_rows:
        entries.append((ATTACHMENT_TITLE, "", pages.attachment))
    heading = _paragraph(
        "TOCHeading", run(CONTENTS_TITLE), after=1, new_page=bool(composition.note)
    )
    opening = list(field_start(_CONTENTS_FIELD, dirty=True))
    paragraphs: list[Element] = []
    for number, (title, byline, page) in enumerate(entries, start=1):
        shown = [
            run(title),
            w("r", w("tab")),
            *field(f"PAGEREF {_bookmark(number)} \\h", run(str(page))),
        ]
        paragraphs.append(_paragraph("TOC1", *opening, _link(number, shown)))
        if byline:
            paragraphs.append(_paragraph("TOC2", _link(number, [run(byline)])))
        opening = []
    if not entries:
        paragraphs.append(_paragraph("TOC1", *opening))
    paragraphs[-1].append(field_end())
    yield w(
        "sdt",
        w(
            "sdtPr",
            w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")),
        ),
        w("sdtContent", heading, *paragraphs),
    )


def _bookmark(number: int) -> str:
    return f"_Toc{number:08d}"


def _link(number: int, runs: Iterable[Element]) -> Element:
    return w("hyperlink", *runs, anchor=_bookmark(number), history=1)


def _bookmarked(number: int, *text: Element) -> tuple[Element, ...]:
    return (
        w("bookmarkStart", id=number, name=_bookmark(number)),
        *text,
        w("bookmarkEnd", id=number),
    )


def _broken(text: str, lines: Sequence[str]) -> Iterator[Element]:
    """Yield the runs of ``text`` broken into ``lines``.

    A blank where a line ends stays in the file, for whoever reads it again, but takes no room: it
    would draw a centred line to one side.
    """
    rest = text
    for line in lines[:-1]:
        rest = rest.removeprefix(line)
        behind = rest.lstrip()
        blank, rest = rest.removesuffix(behind), behind
        yield run(line)
        yield run(f"{blank}\n", w("w", val=1) if blank else None)
    yield run(lines[-1])


def _speeches(composition: Composition, pictures: Mapping[str, str]) -> Iterator[Element]:
    for number, section in enumerate(composition.sections, start=1):
        new_page = composition.own_pages or number == 1
        yield _paragraph(
            "Heading1",
            *_bookmarked(number, *_broken(section.title, section.title_lines)),
            before=0 if new_page else BLANK_LINES_BEFORE_SPEECH,
            after=0 if section.byline_lines else 1,
            new_page=new_page,
        )
        yield from _speech(section, pictures)


def _speech(section: Section, pictures: Mapping[str, str]) -> Iterator[Element]:
    if section.byline_lines:
        byline = _broken(section.byline, section.byline_lines)
        yield _paragraph("Byline", *byline, after=1)
    for passage in section.passages:
        if passage.kind is BlockKind.TABLE:
            widths = [1 / len(passage.rows[0])] * len(passage.rows[0])
            yield _paragraph("TableGap")
            yield _table(widths, [[(cell,) for cell in row] for row in passage.rows])
            yield _paragraph("TableGap")
        elif passage.src:
            yield picture_paragraph(passage, pictures[passage.src])
            if passage.spans:
                yield _passage(passage)
        else:
            yield _passage(passage)


def _passage(passage: Passage) -> Element:
    runs = map(_styled, passage.spans)
    if passage.kind is BlockKind.HEADING:
        return _paragraph(f"Heading{passage.level + 1}", *map(_plain, passage.spans))
    if passage.kind is BlockKind.QUOTE:
        return _paragraph("Quote", *map(_plain, passage.spans))
    if passage.kind is BlockKind.IMAGE:
        return _paragraph("Caption", *map(_plain, passage.spans))
    if passage.kind is BlockKind.LIST_ITEM:
        nested = passage.level > 1
        indent = indents(first=INDENT, left=INDENT * (passage.level - 1)) if nested else None
        return _paragraph("ListParagraph", *runs, indent=indent)
    return _paragraph(_ALIGNED.get(passage.align, "BodyText"), *runs)


def _styled(span: Span) -> Element:
    """Return a run in the face of ``span``, where it differs from the body."""
    style = CLAUSE_STYLES.get(span.face)
    return run(span.text, w("rStyle", val=style) if style else None, *_marks(span))


def _plain(span: Span) -> Element:
    """Return a run whose face is that of its paragraph."""
    return run(span.text, *_marks(span))


def _marks(span: Span) -> Iterator[Element]:
    if span.underline:
        yield w("u", val="single")
    if span.superscript or span.subscript:
        yield w("vertAlign", val="superscript" if span.superscript else "subscript")


def _attachment(composition: Composition) -> Iterator[Element]:
    if not composition.work_rows:
        return
    number = len(composition.sections) + 1
    yield _paragraph("AttachmentMark", run(ATTACHMENT_MARK), new_page=True)
    title = _bookmarked(number, run(ATTACHMENT_TITLE))
    yield _paragraph("Heading1", *title, before=1, after=1)
    head = [(name,) for name in TABLE_HEADINGS]
    rows = [[(n,), (title,), (unit,), figures] for n, title, unit, figures in composition.work_rows]
    yield _table(_WORK_COLUMNS, [head, *rows], first_style="TableNumber")
    yield _paragraph("TableGap")


def _table(
    shares: Sequence[float],
    rows: Iterable[Sequence[tuple[str, ...]]],
    *,
    first_style: str = "TableText",
) -> Element:
    """Return a table whose cells are lines of text; its first row is the head on every page."""
    widths = [round(TEXT_WIDTH * share) for share in shares]
    styles = [first_style, *["TableText"] * (len(widths) - 1)]
    head = ["TableHead"] * len(widths)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="TableGrid"),
            w("tblW", w=sum(widths), type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0020", firstRow=1),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *(
            w(
                "tr",
                w("trPr", w("cantSplit"), None if number else w("tblHeader")),
                *map(_cell, widths, styles if number else head, cells),
            )
            for number, cells in enumerate(rows)
        ),
    )


def _cell(width: int, style: str, lines: tuple[str, ...]) -> Element:
    return w(
        "tc",
        w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")),
        *(_paragraph(style, run(line)) for line in lines),
    )
