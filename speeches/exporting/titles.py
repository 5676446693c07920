"""Breaking a title into lines: a trapezoid or a diamond, and never inside a word.

GB/T 9704-2012, 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当. Widths are half
characters: a Chinese character is two, a Latin letter one.
"""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from speeches.exporting.typography import TITLE_CHARACTERS_PER_LINE

if TYPE_CHECKING:
    import jieba

OPENING = frozenset("“‘（(《〈【〔［「『")
"""Marks that no line may end with."""
CLOSING = frozenset("”’）)》〉】〕］」』")
NEVER_FIRST = CLOSING | frozenset("、，。：；！？,.:;!?…—·%％")
"""Marks that no line may start with."""

_MOST_BALANCED_LINES = 6
_EXTRA_LINE_COST = 100
_WORD_BREAK_COST = 200
_PAUSE_BREAK_COST = 40
_SUFFIX_BREAK_COST = 600
_QUOTED_BREAK_COST = 300
_CHOPPED_WORD_COST = 5000
_HOURGLASS_COST = 150
_RECTANGLE_COST = 4
_SUFFIXES = frozenset("的地得了着过们之等及与和")


@dataclass(frozen=True, slots=True)
class _Atom:
    """An unbreakable piece: the blank before it inside a line, and what a break there costs."""

    text: str
    blank: str
    cost: int


def text_width(text: str) -> float:
    """Return the width of ``text`` in half characters.

    Where Chinese meets Latin letters or digits, typesetters add a quarter of a character.
    """
    letters = sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
    meetings = sum(
        one.isalnum() and other.isalnum() and one.isascii() != other.isascii()
        for one, other in pairwise(text)
    )
    return letters + meetings / 2


def single_line(title: str) -> str:
    """Return ``title`` on one line; a blank between Chinese clauses is a full-width one."""
    return "".join(atom.blank + atom.text for atom in _clauses(title))


def balanced_lines(title: str, limit: int = TITLE_CHARACTERS_PER_LINE) -> tuple[str, ...]:
    """Return the lines of ``title``, none wider than ``limit`` Chinese characters.

    Blanks between clauses break first, then pauses, then words, and never a mark that may not
    start or end a line; the line lengths rise, fall, or rise and then fall.
    """
    line = single_line(title)
    if text_width(line) <= 2 * limit:
        return (line,) if line else ()
    atoms = tuple(_atoms(title, 2 * limit))
    fewest = len(_filled_lines(atoms, 2 * limit))
    if fewest > _MOST_BALANCED_LINES:
        return _filled_lines(atoms, 2 * limit)
    return min(
        _best_lines(atoms, 2 * limit, fewest),
        _best_lines(atoms, 2 * limit, fewest + 1, _EXTRA_LINE_COST),
    )[1]


def _clauses(title: str) -> Iterator[_Atom]:
    previous = ""
    for clause in title.split():
        latin = previous[-1:].isascii() and clause[0].isascii()
        blank = (" " if latin else "　") if previous else ""
        yield _Atom(clause, blank, _WORD_BREAK_COST if latin else 0)
        previous = clause


@lru_cache(maxsize=1)
def _words() -> "jieba.Tokenizer":
    """Return a segmenter; unlike jieba's own start, this trusts no cache file in /tmp."""
    import jieba  # noqa: PLC0415 - pages are made without it

    words = jieba.Tokenizer()
    words.FREQ, words.total = words.gen_pfdict(words.get_dict_file())
    words.initialized = True
    return words


def _atoms(title: str, limit: int) -> Iterator[_Atom]:
    depth = 0
    for clause in _clauses(title):
        words = tuple(_unbreakable(_words().lcut(clause.text)))
        yield from _chopped(replace(clause, text=words[0]), limit)
        for previous, word in pairwise(words):
            depth += sum((c in OPENING) - (c in CLOSING) for c in previous)
            yield from _chopped(_Atom(word, "", _break_cost(previous, word, depth)), limit)


def _unbreakable(words: list[str]) -> Iterator[str]:
    """Glue each mark to the word it may not be torn from."""
    glued = ""
    for word in words:
        if glued and word[0] not in NEVER_FIRST and glued[-1] not in OPENING:
            yield glued
            glued = word
        else:
            glued += word
    yield glued


def _break_cost(previous: str, word: str, depth: int) -> int:
    if previous[-1] in "，、：；":
        return _PAUSE_BREAK_COST
    cost = _SUFFIX_BREAK_COST if word[0] in _SUFFIXES else _WORD_BREAK_COST
    return cost + (_QUOTED_BREAK_COST if depth > 0 else 0)


def _chopped(atom: _Atom, limit: int) -> Iterator[_Atom]:
    """Cut a word that no line can hold."""
    text = atom.text
    while text_width(text) > limit:
        yield replace(atom, text=text[: limit // 2])
        text = text[limit // 2 :]
        atom = _Atom(text, "", _CHOPPED_WORD_COST)
    yield replace(atom, text=text)


def _line(atoms: tuple[_Atom, ...]) -> str:
    return atoms[0].text + "".join(atom.blank + atom.text for atom in atoms[1:])


def _filled_lines(atoms: tuple[_Atom, ...], limit: int) -> tuple[str, ...]:
    lines = [atoms[0].text]
    for atom in atoms[1:]:
        if text_width(lines[-1] + atom.blank + atom.text) <= limit:
            lines[-1] += atom.blank + atom.text
        else:
            lines.append(atom.text)
    return tuple(lines)


def _best_lines(
    atoms: tuple[_Atom, ...], limit: int, count: int, cost: int = 0
) -> tuple[float, tuple[str, ...]]:
    """Return the cheapest way to set ``atoms`` on ``count`` lines, its cost raised by ``cost``."""
    mean = text_width(_line(atoms)) / count

    @cache
    def line_and_width(start: int, end: int) -> tuple[str, float]:
        line = _line(atoms[start:end])
        return line, text_width(line)

    @cache
    def best(
        start: int, lines_left: int, before: int, falling: bool
    ) -> tuple[float, tuple[str, ...]]:
        if start == len(atoms) or not lines_left:
            return (0 if start == len(atoms) and not lines_left else math.inf), ()
        cheapest: tuple[float, tuple[str, ...]] = (math.inf, ())
        for end in range(start + 1, len(atoms) + 1):
            line, width = line_and_width(start, end)
            if width > limit:
                break
            rest_cost, rest = best(end, lines_left - 1, width, falling or width < before)
            own = ((width - mean) / 2) ** 2 + (atoms[start].cost if start else 0)
            own += _HOURGLASS_COST * (falling and width > before) + _RECTANGLE_COST * (
                width == before
            )
            cheapest = min(cheapest, (own + rest_cost, (line, *rest)))
        return cheapest

    total, lines = best(0, count, 0, falling=False)
    return total + cost, lines
