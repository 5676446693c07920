"""Which characters belong together: a dictionary of words, and the phrases of the text itself.

The dictionary is jieba's frequency list, read as a plain file when a tear is first judged (jieba
itself is not imported: it would write a cache and log).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import chain
from operator import add
from pathlib import Path

from .typography import HAN, is_han

_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
_LONGEST_WORD = 5
_REACH = 6
_UNKNOWN = 1.0
_NEAR_END, _NEAR_HEAD = 120, 40
_RARE = 3
_SHARED = 0.35
_MOST_SHARED = 4


class Lexicon:
    """Words with the natural logarithm of their share of running text."""

    def __init__(self, frequencies: dict[str, int]) -> None:
        self._frequencies = frequencies
        self._log_total = math.log(sum(frequencies.values()) or 1)

    def frequency(self, word: str) -> int:
        """How often the word stands in the dictionary's texts; 0 where it is no word."""
        return self._frequencies.get(word, 0)

    def gain_of_joining(self, left: str, right: str) -> tuple[float, str]:
        """How much better ``left + right`` reads than the two apart, and the word that joins them.

        The difference of the best segmentations' log probabilities: 0 where no word of the
        dictionary crosses the join, about 7 for 促|进.
        """
        left, right = _run_before(left), _run_after(right)
        if not left or not right:
            return 0.0, ""
        joined, crossing = self._best(left + right, len(left))
        apart = self._best(left, -1)[0] + self._best(right, -1)[0]
        return max(joined - apart, 0.0), crossing

    def words_in(self, text: str) -> set[str]:
        """Return every word of at least two characters in ``text``, and the pairs they make.

        Words may overlap; a pair is two words of two characters, one behind the other (乡村振兴).
        """
        found = {
            text[start:end]
            for start in range(len(text))
            for end in range(start + 2, min(start + _LONGEST_WORD, len(text)) + 1)
            if text[start:end] in self._frequencies
        }
        pairs = (text[start : start + 4] for start in range(len(text) - 3))
        return found | {pair for pair in pairs if pair[:2] in found and pair[2:] in found}

    def _weight(self, word: str) -> float | None:
        """Log probability of a word; None for an unknown word of several characters."""
        frequency = self._frequencies.get(word)
        if frequency:
            return math.log(frequency) - self._log_total
        return math.log(_UNKNOWN) - self._log_total if len(word) == 1 else None

    def _best(self, text: str, join: int) -> tuple[float, str]:
        """Best log probability of the text, and the word of that reading that crosses ``join``."""
        best: list[tuple[float, str]] = [(0.0, "")]
        for end in range(1, len(text) + 1):
            options = []
            for start in range(max(0, end - _LONGEST_WORD), end):
                weight = self._weight(text[start:end])
                if weight is not None:
                    crossing = text[start:end] if start < join < end else best[start][1]
                    options.append((best[start][0] + weight, crossing))
            best.append(max(options))
        return best[-1]


@cache
def load_lexicon() -> Lexicon:
    """The dictionary, read once a process; an empty one where jieba is not installed."""
    spec = find_spec("jieba")
    frequencies: dict[str, int] = {}
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        with (Path(folder) / "dict.txt").open(encoding="utf-8") as words:
            for entry in words:
                word, frequency, _ = entry.split(" ")
                if len(word) <= _LONGEST_WORD:
                    frequencies[word] = int(frequency)
    return Lexicon(frequencies)


class Phrases:
    """Pairs and triples of characters that occur in the text itself, counted when first asked."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._near: dict[str, tuple[set[str], set[str]]] = {}

    @cached_property
    def _grams(self) -> frozenset[str]:
        return frozenset(
            gram
            for text in self._texts
            for gram in chain(_neighbours(text), map(add, _neighbours(text), text[2:]))
        )

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many of the texts a pair occurs."""
        return Counter(chain.from_iterable(set(_neighbours(text)) for text in self._texts))

    def crossing(self, left: str, right: str) -> list[str]:
        """The pairs and triples across a join that the text also has elsewhere."""
        candidates = (left[-1:] + right[:1], left[-2:] + right[:1], left[-1:] + right[:2])
        return [gram for gram in candidates if len(gram) >= 2 and gram in self._grams]

    def cohesion(self, before: str, after: str) -> float:
        """Log odds that one passage follows another, from pairs that the end and the head share.

        Only pairs count that few passages of the file have.
        """
        shared = self._near_pairs(before)[1] & self._near_pairs(after)[0]
        return _SHARED * min(len(shared), _MOST_SHARED)

    def _near_pairs(self, text: str) -> tuple[set[str], set[str]]:
        """The rare pairs in the head of a text, and those in its end."""
        if text not in self._near:
            self._near[text] = (
                self._rare_pairs(text[:_NEAR_HEAD]),
                self._rare_pairs(text[-_NEAR_END:]),
            )
        return self._near[text]

    def _rare_pairs(self, text: str) -> set[str]:
        """The pairs of Chinese characters in a text that few passages of the file have."""
        return {
            pair
            for run in _HAN_RUN.findall(text)
            for pair in _neighbours(run)
            if self._spread[pair] <= _RARE
        }


def _neighbours(text: str) -> Iterator[str]:
    """The pairs of neighbouring characters."""
    return map(add, text, text[1:])


def _run_before(text: str) -> str:
    """The Chinese characters at the end, at most as far as words reach."""
    tail = text[-_REACH:]
    for at in range(len(tail) - 1, -1, -1):
        if not is_han(tail[at]):
            return tail[at + 1 :]
    return tail


def _run_after(text: str) -> str:
    """The Chinese characters at the beginning, at most as far as words reach."""
    head = text[:_REACH]
    for at, char in enumerate(head):
        if not is_han(char):
            return head[:at]
    return head
