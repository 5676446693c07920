"""What differs between two texts, told piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"[A-Za-z0-9.%]+|.", re.DOTALL)
_FINE_LIMIT = 4_000_000
"""Above this product of lengths two passages are told as replaced, not compared by character."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``kind`` is ``same``, ``removed`` or ``added``."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return how ``before`` became ``after``: by line first, inside changed lines by character."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            pieces.append(Piece("same", was))
        elif tag == "replace" and len(was) * len(now) <= _FINE_LIMIT:
            pieces += _fine_differences(was, now)
        else:
            pieces += _replaced(was, now)
    return pieces


def _fine_differences(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            yield from _replaced("".join(old[a:b]), "".join(new[c:d]))


def _replaced(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece("removed", before)
    if after:
        yield Piece("added", after)


def excerpt(pieces: list[Piece], around: int = 24) -> list[Piece]:
    """Return ``pieces`` with long unchanged stretches shortened to ``around`` characters a side."""
    last = len(pieces) - 1
    return [
        Piece("same", _shortened(piece.text, around, first=index == 0, last=index == last))
        if piece.kind == "same"
        else piece
        for index, piece in enumerate(pieces)
    ]


def _shortened(text: str, around: int, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * around + 2:
        return text
    head = "" if first else text[:around]
    tail = "" if last else text[-around:]
    return f"{head} …… {tail}".strip(" ") if head or tail else "……"
