"""The whole way: source text → meeting, speeches in reading order, figures, warnings."""

from collections.abc import Sequence
from dataclasses import replace

from .accounting import account
from .affiliations import read_affiliation
from .bodies import Body, read_bodies
from .bylines import Byline
from .documents import ParsedDigest, ParsedSpeech, ParseWarning
from .figures import find_figures
from .findings import warn_of_body, warn_of_body_text, warn_of_byline, warn_of_digest
from .furniture import read_imprint, take_out
from .headings import is_title_like, part_speech_numbers, read_heading
from .inline import Report, read_reports
from .layout import Line, find_wrap, split_lines
from .passages import Style, build_passages, find_style
from .progress import Stage, report, watched
from .segments import Division, Section, divide
from .supplements import part_supplements
from .turns import Conversation, read_conversation
from .typography import widen


def parse_digest(text: str) -> ParsedDigest:
    """Read a digest; what cannot be read well is told in its warnings, never raised."""
    report(Stage.SEGMENTS)
    lines = split_lines(text)
    wrap = find_wrap(lines)
    lines, supplements = part_supplements(lines, wrap)
    flow, furniture = take_out(lines, wrap)
    flow, numbers = part_speech_numbers(flow)
    style = find_style(flow, wrap)
    digest = _read(flow, style)
    imprint = read_imprint(furniture)
    digest = replace(
        digest,
        newspaper=imprint.newspaper,
        issue_date=imprint.issue_date,
        page=imprint.page,
        notes=(*digest.notes, *(line.text for line in (*furniture, *numbers, *supplements))),
    )
    lost, invented = account(text, digest)
    digest = replace(digest, lost=lost, invented=invented)
    return replace(digest, warnings=(*digest.warnings, *warn_of_digest(digest)))


def _read(flow: Sequence[Line], style: Style) -> ParsedDigest:
    """Choose between a conversation, signed speeches, speeches reported in the text, and none."""
    conversation = read_conversation(flow)
    if conversation is not None:
        return _read_conversation(conversation, style)
    division = divide(flow, style.wrap)
    signed = len(division.sections) if division else 0
    titles, prose = _part_titles(flow)
    reports, others = read_reports(build_passages(prose, style))
    if division is not None and signed >= len(reports):
        return _read_signed(division, style)
    heading = read_heading(titles, style)
    digest = ParsedDigest(
        meeting=heading.meeting,
        speeches=(),
        kicker=heading.kicker,
        label=heading.label,
        editors_note=heading.editors_note,
        headline=heading.headline,
        notes=(*heading.notes, *others),
    )
    return replace(digest, speeches=tuple(_to_reported(report) for report in reports))


def _part_titles(flow: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of a page title at the top, and the rest."""
    end = 0
    while end < len(flow) and is_title_like(flow[end]):
        end += 1
    return flow[:end], flow[end:]


def _to_reported(report: Report) -> ParsedSpeech:
    byline = report.byline
    return ParsedSpeech(
        title=byline.title,
        byline=byline.printed,
        organization=byline.organization,
        posts=byline.posts,
        speakers=byline.speakers,
        paragraphs=report.paragraphs,
        on_behalf_of=byline.on_behalf_of,
        figures=find_figures(report.paragraphs),
        source_start=report.start,
        source_end=report.end,
        inline=True,
        title_quoted=bool(byline.title),
    )


def _read_conversation(conversation: Conversation, style: Style) -> ParsedDigest:
    digest = _read_signed(conversation.division, style, in_order=True)
    warnings = (
        ParseWarning(
            "turn-marks",
            f"第{number}篇由对话中的各段合成，段首的“{marks}”已略去。",
            number,
            digest.speeches[number - 1].source_start,
            dropped=marks,
        )
        for number, marks in enumerate(conversation.marks, start=1)
    )
    return replace(
        digest,
        warnings=(*digest.warnings, *warnings),
        notes=(*digest.notes, *conversation.host),
    )


def _read_signed(division: Division, style: Style, *, in_order: bool = False) -> ParsedDigest:
    """Read the speeches; those ``in_order`` are kept as the file has them."""
    bodies = read_bodies(division.sections, style, in_order=in_order)
    heading = read_heading(division.heading, style)
    speeches: list[ParsedSpeech] = []
    warnings: list[ParseWarning] = []
    pairs = list(zip(division.sections, bodies, strict=True))
    for section, body in watched(Stage.FIGURES, pairs):
        speech = _to_speech(section, body)
        number = len(speeches) + 1
        speeches.append(speech)
        byline = replace(section.byline, organization=speech.organization)
        warnings += warn_of_byline(byline, number, section.signed[0].start)
        warnings += warn_of_body_text(speech.paragraphs, number, section.signed[0].end)
        warnings += warn_of_body(body, number, speech.source_start)
    return ParsedDigest(
        meeting=heading.meeting,
        speeches=tuple(speeches),
        warnings=tuple(warnings),
        kicker=heading.kicker,
        label=heading.label,
        editors_note=heading.editors_note,
        headline=heading.headline,
        notes=heading.notes,
    )


def _to_speech(section: Section, body: Body) -> ParsedSpeech:
    byline = _complete(section.byline, body.paragraphs)
    lines = (*section.title, *section.signed, *section.body)
    return ParsedSpeech(
        title=widen(" ".join(line.text for line in section.title)) or byline.title,
        byline=byline.printed,
        organization=byline.organization,
        posts=byline.posts,
        speakers=byline.speakers,
        paragraphs=body.paragraphs,
        on_behalf_of=byline.on_behalf_of,
        notes=body.remarks,
        figures=find_figures(body.paragraphs),
        fragments=body.fragments,
        reordered=body.order.moved,
        confidence=body.order.confidence,
        source_start=min(line.start for line in lines),
        source_end=max(line.end for line in lines),
        title_quoted=not section.title and bool(byline.title),
    )


def _complete(byline: Byline, paragraphs: Sequence[str]) -> Byline:
    """Where the byline names no body, take it from the speech's first sentences."""
    if byline.organization or not byline.speakers or not paragraphs:
        return byline
    organization, posts = read_affiliation(paragraphs[0], byline.speakers[0])
    return replace(byline, organization=organization, posts=(*posts, *byline.posts))
