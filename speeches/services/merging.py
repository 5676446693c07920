"""Taking a corrected text into one that staff have worked on, paragraph by paragraph.

What did not change keeps its anchor, its look and its place; what changed is rewritten inside its
paragraph, so that bold words and links around the change stay. Pictures and tables are never
touched: what differs in them is for staff to do by hand.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from speeches import richtext
from speeches.parsing.matching import Kind, ParagraphPair, match_paragraphs
from speeches.parsing.stress import Span
from speeches.services import emphasis
from speeches.services.passages import (
    Passage,
    embolden,
    new_passage,
    passages_of,
    reword,
    serialised,
)

_ANCHOR = re.compile(r'\sid="p([1-9][0-9]{0,5})"')


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one paragraph; ``key`` names it among those of its speech.

    ``before`` and ``after`` are the words, empty where there were none. ``by_hand`` tells that it
    stands in a table, in a nested list or with a picture, which a merge leaves alone. ``theirs``
    is its place in the file, from 0.
    """

    key: str
    kind: Kind
    before: str = ""
    after: str = ""
    anchor: str = ""
    theirs: int | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged text, and the anchors of the file's paragraphs in it by their place in the file."""

    body: str
    anchors: dict[int, str]


@dataclass(frozen=True)
class Comparison:
    """Stored rich text beside the ``paragraphs`` of a file.

    ``bold`` are the bold words of each, which only a new paragraph takes over: in one that is
    there, staff decide how it looks.
    """

    body: str
    paragraphs: Sequence[str]
    bold: Sequence[Sequence[Span]] = ()

    @cached_property
    def _passages(self) -> list[Passage]:
        return passages_of(self.body)

    @cached_property
    def _lines(self) -> list[tuple[str, Passage]]:
        return [(text, passage) for passage in self._passages for text in passage.texts]

    @cached_property
    def _pairs(self) -> list[ParagraphPair]:
        return match_paragraphs([text for text, _passage in self._lines], self.paragraphs)

    @cached_property
    def changes(self) -> list[Change]:
        """What became of each paragraph, in the order in which a reader compares them."""
        return [self._change(pair) for pair in self._pairs]

    def _change(self, pair: ParagraphPair) -> Change:
        before, passage = (None, None) if pair.ours is None else self._lines[pair.ours]
        after = None if pair.theirs is None else self.paragraphs[pair.theirs]
        return Change(
            key=f"o{pair.ours}" if pair.theirs is None else f"t{pair.theirs}",
            kind=pair.kind,
            before=(before or "").strip(),
            after=(after or "").strip(),
            anchor=passage.anchor if passage else "",
            theirs=pair.theirs,
            by_hand=passage is not None
            and (passage.fixed or (pair.kind is Kind.REMOVED and passage.holds_a_picture)),
        )

    def merged(self, *, taken: Container[str] | None = None, last_anchor: int = 0) -> Merge:
        """Return the stored text with changes of the file taken over.

        ``taken`` holds the keys of the changes to take; None takes all. New paragraphs get
        anchors above ``last_anchor`` and above all that are there. A text in which nothing is
        taken comes back as it was, letter by letter.
        """
        chosen = {
            change.key
            for change in self.changes
            if change.kind is not Kind.SAME
            and not change.by_hand
            and (taken is None or change.key in taken)
        }
        anchors = {
            change.theirs: change.anchor for change in self.changes if change.theirs is not None
        }
        if not chosen:
            return Merge(self.body, anchors)
        copy = Comparison(self.body, self.paragraphs)  # passages are reworded in place
        number = max(last_anchor, last_anchor_of([self.body]))
        order: list[Passage] = []
        dropped: set[Passage] = set()
        for change, pair in zip(self.changes, self._pairs, strict=True):
            passage = new_passage() if pair.ours is None else copy._lines[pair.ours][1]
            if change.key not in chosen:
                if change.kind in {Kind.SAME, Kind.CHANGED} and passage not in order:
                    order.append(passage)
            elif change.theirs is None:
                dropped.add(passage)
            else:
                if change.kind is Kind.ADDED:
                    number += 1
                    passage.element.set("id", f"p{number}")
                    anchors[change.theirs] = passage.anchor
                if change.before != change.after:
                    reword(passage.element, change.after)
                if change.kind is Kind.ADDED and self.bold:
                    embolden(passage.element, self._bold_of(change.theirs))
                order.append(passage)
        _insert_the_rest(order, [each for each in copy._passages if each not in dropped])
        html = "\n".join(serialised(order))
        return Merge(richtext.anchor_paragraphs(richtext.sanitise(html)), anchors)

    def _bold_of(self, place: int) -> list[Span]:
        """The bold words of a paragraph of the file without the blanks at its ends."""
        text = self.paragraphs[place]
        return emphasis.moved(self.bold[place], len(text.lstrip()) - len(text))


def last_anchor_of(bodies: Iterable[str]) -> int:
    """Return the highest number that an anchor of ``bodies`` has, 0 where there is none."""
    return max((int(number) for body in bodies for number in _ANCHOR.findall(body)), default=0)


def _insert_the_rest(order: list[Passage], kept: Sequence[Passage]) -> None:
    """Put what is kept but has no place yet after the passage that it followed before."""
    before: Passage | None = None
    for passage in kept:
        if passage not in order:
            order.insert(0 if before is None else order.index(before) + 1, passage)
        before = passage
