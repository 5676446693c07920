"""How words are read: pinyin without tones, its initials, and what sounds nearly alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CONFUSED = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"([aei]n)g$"), r"\1"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"^f"), "h"),
)
"""What speakers of many dialects, and those who type quickly, do not tell apart."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a word: ``xiangcun``, ``xc``, and its sound ``xiancun``."""

    pinyin: str
    initials: str
    sound: str


def reading(syllables: Sequence[str]) -> Reading:
    """Return the reading made of syllables without tones."""
    return Reading(
        pinyin="".join(syllables),
        initials="".join(syllable[:1] for syllable in syllables),
        sound="".join(map(_sound, syllables)),
    )


def syllables_of(text: str) -> list[str]:
    """Return the common reading of ``text``, a syllable a character."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 55 MB that pages need not

    return [syllable for syllable in lazy_pinyin(text) if syllable.strip()]


def reading_of(text: str) -> Reading:
    """Return the common reading of ``text``."""
    return reading(syllables_of(text))


def readings_of_name(text: str, sort_key: str) -> list[Reading]:
    """Return how a person's name may be read.

    ``sort_key`` is its pinyin with tones and the surname read as one (曾 is ``zeng1``); who does
    not know types the common reading, which counts too.
    """
    as_surname = [re.sub(r"[0-9]", "", syllable) for syllable in sort_key.split()]
    found = (reading(as_surname), reading_of(text))
    return list({one.pinyin: one for one in found}.values())


def _sound(syllable: str) -> str:
    for pattern, plain in _CONFUSED:
        syllable = pattern.sub(plain, syllable)
    return syllable
