"""Which characters are words: the evidence by which a doubled character is told from a word."""

from speeches.parsing.lexicon import load_lexicon

_LONGEST = 5
_COMMON = 20


def is_word(text: str) -> bool:
    """Whether ``text`` stands in the dictionary (jieba's list)."""
    return load_lexicon().frequency(text) > 0


def is_common(text: str) -> bool:
    """Whether ``text`` stands in the dictionary as more than a leftover of its making."""
    return load_lexicon().frequency(text) >= _COMMON


def word_ends_at(text: str, end: int, *, shortest: int = 2) -> bool:
    """Whether a word of at least ``shortest`` characters ends before ``end``."""
    return any(is_word(text[end - size : end]) for size in _sizes(shortest) if size <= end)


def word_starts_at(text: str, start: int, *, shortest: int = 2) -> bool:
    """Whether a word of at least ``shortest`` characters starts at ``start``."""
    rest = len(text) - start
    return any(is_word(text[start : start + size]) for size in _sizes(shortest) if size <= rest)


def word_covers(text: str, start: int, end: int) -> bool:
    """Whether one word holds all of ``start:end`` and more."""
    return any(
        is_word(text[first : first + size])
        for size in _sizes(end - start + 1)
        for first in range(max(end - size, 0), min(start, len(text) - size) + 1)
    )


def _sizes(shortest: int) -> range:
    return range(shortest, _LONGEST + 1)
