"""One tokeniser for every engine: bigrams of characters, and each run's last character alone.

With it any part of a run is found as a phrase of bigrams, a word of two characters as one token,
and a single character as the beginning of a token. A change here needs ``rebuild_search_index``.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

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


@lru_cache(maxsize=8192)
def fold_character(char: str) -> str:
    """Return one character as it is compared: half-width, lower case, simplified."""
    folded = unicodedata.normalize("NFKC", char).casefold()
    return "".join(_simplified().get(part, part) for part in folded)


def fold(text: str) -> str:
    """Return ``text`` as it is compared; its length may change (㎡ becomes m2)."""
    return "".join(map(fold_character, text))


def runs(folded: str) -> list[str]:
    """Return the stretches of a folded text in which words are found: no mark lies inside."""
    return _RUN.findall(folded)


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text`` in their order."""
    return [token for run in runs(fold(text)) for token in (*bigrams(run), run[-1])]


def bigrams(run: str) -> list[str]:
    """Return the pairs of neighbouring characters of a run."""
    return [run[place : place + 2] for place in range(len(run) - 1)]
