"""What differs between two texts, told piece by piece, for every page that shows a change.

Chinese is compared by character, numbers and Latin words as a whole; diff-match-patch's semantic
clean-up then joins what falls between two changes by chance, so that a rewritten phrase reads as
one change.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count, pairwise

from diff_match_patch import diff_match_patch

_WHOLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%]+")
_STAND_INS = 0xF0000
"""A private plane of Unicode, whose characters stand for whole numbers and words."""
_FINE_LIMIT = 4_000_000
"""Above this product of lengths two passages are told as replaced, not compared by character."""
_ALIKE_FROM, _ALIKE = 40_000, 0.3
"""From this product of lengths on, passages that share less of their character pairs than this are
told as replaced: comparing them takes long, and crumbs in common read worse than two passages."""
_SECONDS = 1.0
"""After so long a comparison is cut short and told more coarsely."""
_KINDS = {-1: "removed", 0: "same", 1: "added"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``kind`` is ``same``, ``removed`` or ``added``."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return how ``before`` became ``after``: by line first, inside changed lines by character.

    The pieces that are not ``added`` make up ``before``, those not ``removed`` ``after``.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            pieces.append(Piece("same", was))
        elif tag == "replace" and _comparable(was, now):
            pieces += _fine_differences(was, now)
        else:
            pieces += _replaced(was, now)
    return pieces


def _comparable(before: str, after: str) -> bool:
    size = len(before) * len(after)
    if size < _ALIKE_FROM:
        return True
    shared = Counter(pairwise(before)) & Counter(pairwise(after))
    return size <= _FINE_LIMIT and 2 * shared.total() >= _ALIKE * (len(before) + len(after))


def _fine_differences(before: str, after: str) -> Iterator[Piece]:
    comparison = diff_match_patch()
    comparison.Diff_Timeout = _SECONDS
    stand_ins = _stand_ins(f"{before}\n{after}")
    was, now = (_WHOLE.sub(lambda found: stand_ins[found[0]], text) for text in (before, after))
    found = comparison.diff_main(was, now, False)
    comparison.diff_cleanupSemantic(found)
    whole = {ord(mark): text for text, mark in stand_ins.items()}
    for kind, text in found:
        yield Piece(_KINDS[kind], text.translate(whole))


def _stand_ins(text: str) -> dict[str, str]:
    """Return a character for each number and word of ``text``, none of which is in ``text``."""
    free = (chr(code) for code in count(_STAND_INS) if chr(code) not in text)
    return {whole: next(free) for whole in dict.fromkeys(_WHOLE.findall(text))}


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
