"""One tokeniser for every engine: bigrams of characters, and each run's last character alone.

With it any part of a run is found as a phrase of bigrams, a word of two characters as one token,
and a single character as the beginning of a token.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

VERSION = 3
"""Raised with every change of the tokens: an index of another version needs a rebuild."""

_RUN = re.compile(r"(?:[^\W_]|(?<=\d)[.](?=\d)|(?<=\d)%)+")


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Each traditional character with its simplified one, from OpenCC's dictionary."""
    lines = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8").split("\n")
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {
        traditional: simplified.split(" ")[0]
        for traditional, simplified in pairs
        if len(traditional) == len(simplified.split(" ")[0]) == 1
    }


class _Folding(dict[int, str]):
    """Each character as it is compared, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = "".join(_simplified().get(part, part) for part in folded)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return ``text`` as it is compared: half-width, lower case, simplified characters.

    No character is lost; one may become several (㎡ becomes m2).
    """
    return text.translate(_FOLDING)


def fold_with_places(text: str) -> tuple[str, list[int] | range]:
    """Return the folded text, and for each of its characters the place it comes from."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text))
    return folded, [place for place, char in enumerate(text) for _part in fold(char)]


def runs(folded: str) -> list[str]:
    """Return the stretches of a folded text in which words are found: no mark lies inside."""
    return _RUN.findall(folded)


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text`` in their order."""
    return tokens_of_runs(runs(fold(text)))


def tokens_of_runs(folded: Iterable[str]) -> list[str]:
    """Return the tokens of the runs of a text in their order."""
    found: list[str] = []
    for run in folded:
        found += map(str.__add__, run, run[1:])
        found.append(run[-1])
    return found


def phrase_tokens(phrase: tuple[str, ...]) -> list[str]:
    """Return the tokens that must follow one another where ``phrase``, runs in a row, stands.

    The last run may go on in the text; one of a single character is the beginning of a token.
    """
    last = phrase[-1]
    found = tokens_of_runs(phrase)
    return found if len(last) == 1 else found[:-1]
