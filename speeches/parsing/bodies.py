"""The bodies of all signed speeches: their reading order, paragraphs, fragments and remarks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .bylines import Byline
from .columns import ColumnSorter, Order
from .documents import Fragment
from .edges import Edge, read_edges
from .joins import JoinJudge
from .lexicon import Phrases, load_lexicon
from .numbering import top_level
from .paragraphs import Mend, assemble, lacks_marks, split_unmarked
from .passages import Passage, Style, build_passages
from .progress import Stage, watched
from .remarks import is_remark
from .segments import Section
from .typography import HAN

_PLACE = re.compile(f"[{HAN}]{{2,4}}?[省市县区州盟旗]")
_LEAST_NAME = 4
_LEAST_SHORT_NAME = 5
_CLEARLY_BETTER = 1.0
_CLEARLY_SCRAMBLED = 0.8


@dataclass(frozen=True, slots=True)
class _Text:
    """The spoken passages of one section, what their ends tell, and the remarks among them."""

    passages: list[Passage]
    edges: list[Edge]
    remarks: list[str]


@dataclass(frozen=True, slots=True)
class Body:
    """The text of one speech in reading order, and how it was put together."""

    paragraphs: tuple[str, ...]
    remarks: tuple[str, ...]
    fragments: tuple[Fragment, ...]
    mends: tuple[Mend, ...]
    order: Order


def read_bodies(sections: Sequence[Section], style: Style, *, in_order: bool = False) -> list[Body]:
    """Read every body; what the speeches of one file have in common decides doubtful cases.

    Passages known to be ``in_order`` are only joined.
    """
    texts = [_read_text(section, style) for section in sections]
    phrases = Phrases(passage.text for text in texts for passage in text.passages)
    judge = JoinJudge(load_lexicon, phrases)
    if in_order:
        orders = [ColumnSorter(text.edges, judge).keep() for text in texts]
        return [_assemble(text, order) for text, order in zip(texts, orders, strict=True)]
    orders = [ColumnSorter(text.edges, judge).sort() for text in watched(Stage.ORDER, texts)]
    for at, order in enumerate(orders):
        if order.unsolved and style.wrap is not None:
            finer = _read_text(sections[at], style, part_full_lines=True)
            again = ColumnSorter(finer.edges, judge).sort()
            if again.score > order.score + _CLEARLY_BETTER:
                texts[at], orders[at] = finer, again
    if _is_scrambled(orders):
        for at, order in enumerate(orders):
            if not order.moved:
                orders[at] = ColumnSorter(texts[at].edges, judge).sort(scrambled_file=True)
    bodies = [_assemble(text, order) for text, order in zip(texts, orders, strict=True)]
    if style.wrap is not None and not style.indented:
        bodies = _split_where_unmarked(bodies)
    return bodies


def _is_scrambled(orders: Sequence[Order]) -> bool:
    """Whether a page swaps its columns: one speech shows it clearly, or every third somehow."""
    moved = [order for order in orders if order.moved]
    clear = any(order.confidence >= _CLEARLY_SCRAMBLED for order in moved)
    return clear or (bool(moved) and len(moved) * 3 >= len(orders))


def _read_text(section: Section, style: Style, *, part_full_lines: bool = False) -> _Text:
    """The passages of a section without remarks, and their edges."""
    passages = build_passages(section.body, style, part_full_lines=part_full_lines)
    spoken = [passage for passage in passages if not is_remark(passage.text)]
    remarks = [passage.text for passage in passages if is_remark(passage.text)]
    names, place = _own_names(section.byline), _own_place(section.byline)
    return _Text(spoken, read_edges(spoken, names=names, place=place), remarks)


def _own_names(byline: Byline) -> tuple[str, ...]:
    """How a speaker may name the own body: in full, or without what stands before its own name."""
    name = byline.organization
    shorter = (name[cut:] for cut in range(1, len(name) - _LEAST_SHORT_NAME + 1))
    return (name, *shorter) if len(name) >= _LEAST_NAME else ()


def _own_place(byline: Byline) -> str:
    """The place in the name of the own body: 云门县 of 云门县政协."""
    match = _PLACE.match(byline.organization)
    return match.group() if match else ""


def _assemble(text: _Text, order: Order) -> Body:
    paragraphs, mends = assemble(text.passages, text.edges, order)
    return Body(
        paragraphs=tuple(paragraphs),
        remarks=tuple(text.remarks),
        fragments=_fragments(text.passages, text.edges, order),
        mends=tuple(mends),
        order=order,
    )


def _split_where_unmarked(bodies: list[Body]) -> list[Body]:
    if not lacks_marks([body.paragraphs for body in bodies]):
        return bodies
    return [
        Body(
            tuple(split_unmarked(body.paragraphs)),
            body.remarks,
            body.fragments,
            body.mends,
            body.order,
        )
        for body in bodies
    ]


def _fragments(
    passages: Sequence[Passage], edges: Sequence[Edge], order: Order
) -> tuple[Fragment, ...]:
    """The columns in reading order, each with the reasons for its place."""
    in_file = sorted(order.columns)
    fragments = []
    previous: tuple[int, ...] | None = None
    for rank, column in enumerate(order.columns):
        if not column:
            continue
        moved = order.moved and in_file[rank] != column
        fragments.append(
            Fragment(
                start=passages[column[0]].start,
                end=passages[column[-1]].end,
                text="\n".join(passages[at].text for at in column),
                moved=moved,
                evidence=_evidence(edges, order, previous, column) if moved else (),
                confidence=order.confidence if moved else 1.0,
            )
        )
        previous = column
    return tuple(fragments)


def _evidence(
    edges: Sequence[Edge], order: Order, previous: tuple[int, ...] | None, column: tuple[int, ...]
) -> tuple[str, ...]:
    """Why a column stands where it was put, for staff to judge."""
    head, tail = edges[column[0]], edges[column[-1]]
    reasons: list[str] = []
    if previous is None:
        if head.opening:
            reasons.append("是发言的开头语，原文却排在中间")
        reasons.append("从它读起，开头完整")
    else:
        reasons += order.joins[previous[-1], column[0]].reasons
        reasons += _numbering_reason(edges, previous, column)
    if column is order.columns[-1] or column == order.columns[-1]:
        reasons.append("含结束语，应在篇末" if tail.closing else "在句末结束，可作篇末")
    return tuple(reasons) or ("前后两段都完整，可以相接",)


def _numbering_reason(
    edges: Sequence[Edge], previous: tuple[int, ...], column: tuple[int, ...]
) -> list[str]:
    """``序号“三、”接在“二、”之后``, where both sides have markers of the highest level."""
    before = [marker for at in previous for marker in edges[at].markers]
    after = [marker for at in column for marker in edges[at].markers]
    level = top_level((*before, *after))
    firsts = [marker for marker in after if marker.level == level]
    lasts = [marker for marker in before if marker.level == level]
    if firsts and lasts and firsts[0].number == lasts[-1].number + 1:
        return [f"序号“{firsts[0].printed}”接在“{lasts[-1].printed}”之后"]
    return []
