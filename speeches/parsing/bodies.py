"""The bodies of all signed speeches: their reading order, paragraphs, fragments and remarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from .bylines import Byline
from .columns import ColumnSorter, Order
from .documents import Fragment
from .edges import Edge, read_edges
from .joins import JoinJudge
from .lexicon import Phrases, load_lexicon
from .numbering import top_level
from .paragraphs import Mend, assemble, is_remark, lacks_marks, split_unmarked
from .passages import Passage, Style, build_passages
from .segments import Section

_LEAST_NAME = 4


@dataclass(frozen=True, slots=True)
class Body:
    """The text of one speech in reading order, and how it was put together."""

    paragraphs: tuple[str, ...]
    remarks: tuple[str, ...]
    fragments: tuple[Fragment, ...]
    mends: tuple[Mend, ...]
    order: Order


def read_bodies(sections: Sequence[Section], style: Style) -> list[Body]:
    """Read every body; what the speeches of one file have in common decides doubtful cases."""
    kept = [_part_remarks(build_passages(section.body, style)) for section in sections]
    phrases = Phrases(passage.text for passages, _ in kept for passage in passages)
    judge = JoinJudge(load_lexicon, phrases)
    edges = [
        read_edges(passages, names=_own_names(section.byline))
        for section, (passages, _) in zip(sections, kept, strict=True)
    ]
    orders = _sort_all(edges, judge)
    bodies = [
        _assemble(passages, remarks, of_speech, order)
        for (passages, remarks), of_speech, order in zip(kept, edges, orders, strict=True)
    ]
    if style.wrap is not None and not style.indented:
        bodies = _split_where_unmarked(bodies)
    return bodies


def _part_remarks(passages: Sequence[Passage]) -> tuple[list[Passage], list[str]]:
    """Take reporters' and editors' remarks out of the spoken text."""
    spoken = [passage for passage in passages if not is_remark(passage.text)]
    return spoken, [passage.text for passage in passages if is_remark(passage.text)]


def _own_names(byline: Byline) -> tuple[str, ...]:
    """How a speaker may name the own body: in full, or without the leading region."""
    name = byline.organization
    shorter = (name[cut:] for cut in range(1, 5) if len(name) - cut >= _LEAST_NAME)
    return (name, *shorter) if len(name) >= _LEAST_NAME else ()


def _sort_all(edges: Sequence[Sequence[Edge]], judge: JoinJudge) -> list[Order]:
    """Sort each speech, then once more those left in doubt if most others were torn."""
    sorters = [ColumnSorter(of_speech, judge) for of_speech in edges]
    orders = [sorter.sort() for sorter in sorters]
    if sum(order.moved for order in orders) * 3 < len(orders):
        return orders
    return [
        order if order.moved else sorter.sort(scrambled_file=True)
        for sorter, order in zip(sorters, orders, strict=True)
    ]


def _assemble(
    passages: Sequence[Passage], remarks: Sequence[str], edges: Sequence[Edge], order: Order
) -> Body:
    paragraphs, mends = assemble(passages, edges, order)
    return Body(
        paragraphs=tuple(paragraphs),
        remarks=tuple(remarks),
        fragments=_fragments(passages, edges, order),
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
