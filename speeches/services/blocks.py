"""The paragraphs of an imported speech as the workbench moves them: plain data in JSON columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NotRequired, TypedDict

from speeches.parsing.documents import Fragment, ParsedSpeech
from speeches.parsing.places import place_paragraphs
from speeches.parsing.stress import Span, stress_of
from speeches.services import emphasis

NewKey = Callable[[], int]
"""Gives a key that no block of the batch bears."""


class Run(TypedDict):
    """A piece of the source, ``start:end``, that a block was read from.

    ``column`` is the offset at which the column begins that it was printed in. ``moved`` tells that
    the reader took it out of file order, with the ``evidence`` (short Chinese reasons) and its
    ``confidence`` from 0 to 1.
    """

    start: int
    end: int
    column: int
    moved: bool
    evidence: list[str]
    confidence: float


class Work(TypedDict, total=False):
    """What staff decided on the highlighted work that a block tells of.

    ``title`` and ``tags`` replace what is proposed; ``dropped`` leaves it out; ``joins`` is the key
    of an earlier block of the same speech with which it makes one piece.
    """

    title: str
    tags: list[str]
    dropped: bool
    joins: int


class Picture(TypedDict):
    """A picture that stands behind a block: the ``number`` of an ImportedPicture of the batch.

    ``choice`` is a PictureChoice; ``alt`` tells those who do not see the picture what it shows.
    """

    number: int
    choice: str
    alt: str


class Block(TypedDict):
    """A paragraph; ``key`` stays with it wherever it goes in its batch.

    ``placed`` tells that staff put it where it stands. Its ``pictures`` go where it goes. ``bold``
    are the words ``start:end`` of its text that the file sets bold.
    """

    key: int
    text: str
    runs: list[Run]
    placed: bool
    work: Work
    pictures: NotRequired[list[Picture]]
    bold: NotRequired[list[Span]]


def new_block(key: int, text: str, runs: Iterable[Run] = ()) -> Block:
    """Return a block of which nothing is decided."""
    return {"key": key, "text": text, "runs": list(runs), "placed": False, "work": {}}


def read_blocks(
    source: str, speech: ParsedSpeech, new_key: NewKey, stressed: Sequence[Span] = ()
) -> list[Block]:
    """Return the paragraphs of a parsed speech with where they stood in ``source``.

    ``stressed`` are the bold words of the source.
    """
    fragments = speech.fragments or (Fragment(speech.source_start, speech.source_end, ""),)
    spans = [(fragment.start, fragment.end) for fragment in fragments]
    places = place_paragraphs(source, spans, speech.paragraphs)
    blocks = []
    for text, found in zip(speech.paragraphs, places, strict=True):
        runs = (_run(place.start, place.end, fragments[place.span]) for place in found)
        block = new_block(new_key(), text, runs)
        _set_bold(block, stress_of(source, stressed, text, found))
        blocks.append(block)
    return blocks


def _run(start: int, end: int, fragment: Fragment) -> Run:
    return {
        "start": start,
        "end": end,
        "column": fragment.start,
        "moved": fragment.moved,
        "evidence": list(fragment.evidence),
        "confidence": fragment.confidence,
    }


def notes_as_blocks(source: str, notes: Iterable[str], new_key: NewKey) -> list[Block]:
    """Return remarks and page furniture as blocks, each at its next place in ``source``."""
    blocks = []
    position = 0
    for note in notes:
        start = source.find(note, position)
        start = source.find(note) if start < 0 else start
        runs = [] if start < 0 else [_run(start, start + len(note), Fragment(0, 0, ""))]
        position = max(position, start + len(note)) if runs else position
        blocks.append(new_block(new_key(), note, runs))
    return blocks


def index_of(blocks: Sequence[Block], key: int) -> int | None:
    """Return where the block ``key`` stands, None where it is not there."""
    return next((at for at, block in enumerate(blocks) if block["key"] == key), None)


def join(before: Block, after: Block) -> Block:
    """Return two neighbouring blocks as one paragraph, which keeps the first one's key."""
    joined: Block = {
        **before,
        "text": before["text"] + after["text"],
        "runs": [*before["runs"], *after["runs"]],
    }
    bold = emphasis.moved(after.get("bold", ()), len(before["text"]))
    _set_bold(joined, [*before.get("bold", ()), *bold])
    hand_on(after, joined)
    return joined


def _set_bold(block: Block, spans: list[Span]) -> None:
    """Store which words are bold; a block without any says nothing of it."""
    block.pop("bold", None)
    if spans:
        block["bold"] = spans


def reworded(block: Block, text: str) -> Block:
    """Return the block with another text; its words that stay keep their look."""
    result: Block = {**block, "text": text}
    _carry_bold([block], [result])
    return result


def _carry_bold(before: Sequence[Block], after: Sequence[Block]) -> None:
    """Let the words of ``before`` that ``after`` has as well be bold there."""
    told = [(block["text"], block.get("bold", ())) for block in before]
    carried = emphasis.carried(told, [block["text"] for block in after])
    for block, spans in zip(after, carried, strict=True):
        _set_bold(block, spans)


def hand_on(block: Block, to: Block) -> None:
    """Let the pictures of ``block``, which goes away, stand behind those of ``to``."""
    if block.get("pictures"):
        to["pictures"] = [*to.get("pictures", ()), *block["pictures"]]


def take_away(blocks: list[Block], at: int) -> Block:
    """Take the block at ``at`` out for good, and return it; its pictures stay with a neighbour."""
    block = blocks.pop(at)
    if blocks:
        heir = max(at - 1, 0)
        blocks[heir] = blocks[heir].copy()
        hand_on(block, blocks[heir])
    return block


def rewrite(blocks: Sequence[Block], texts: Sequence[str], new_key: NewKey) -> list[Block]:
    """Return ``texts`` as blocks: what stays, or is changed in its place, keeps key and source.

    Pictures stand behind what became of their block, else behind the block before.
    """
    old = [block["text"] for block in blocks]
    matcher = SequenceMatcher(None, old, texts, autojunk=False)
    result: list[Block] = []
    waiting: list[Block] = []
    for step, start, end, first, last in matcher.get_opcodes():
        kept = blocks[start:end] if step in {"equal", "replace"} else ()
        for number, text in enumerate(texts[first:last]):
            if number < len(kept):
                result.append({**kept[number], "text": text})
            else:
                runs = kept[-1]["runs"] if kept else ()
                result.append(new_block(new_key(), text, runs))
        if step == "replace":
            _carry_bold(blocks[start:end], result[first - last :])
        if step == "replace" and last - first > end - start:
            _pass_down(result[first - last :], end - start - 1)
        waiting += blocks[start + (last - first if kept else 0) : end]
        if result:
            for block in waiting:
                hand_on(block, result[-1])
            waiting = []
    return result


def _pass_down(made: Sequence[Block], at: int) -> None:
    """Put the pictures of the paragraph that was cut, number ``at``, behind its last piece."""
    made[-1]["pictures"] = made[at].pop("pictures", [])
