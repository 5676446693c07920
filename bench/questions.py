"""Questions as readers ask them, drawn from the texts, and what truly answers them."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from speeches.search.tokens import fold, runs

KINDS = ("one", "two", "four", "name", "words", "phrase", "figure")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[^\W\d_]{1,2}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of one of the seven kinds."""

    kind: str
    text: str

    @property
    def parts(self) -> list[str]:
        """What must be in a text that answers, as ``searched`` gives it."""
        quoted = self.text.startswith("“")
        return [searched(part) for part in ([self.text] if quoted else self.text.split())]


def searched(text: str) -> str:
    """Return ``text`` as it is compared: folded, one blank for whatever is no letter or digit."""
    return " ".join(runs(fold(text)))


def questions(
    texts: Sequence[str], names: Sequence[str], *, count: int = 200, seed: int = 11
) -> list[Question]:
    """Return ``count`` questions, as many of each kind, that some of ``texts`` answer.

    ``names`` are names of people that stand in the texts.
    """
    dice = random.Random(seed)  # noqa: S311 - the same questions each time
    made = _made(dice, texts, names)
    return [next(made) for _number in range(count)]


def answers(question: Question, texts: Iterable[tuple[int, str]]) -> set[int]:
    """Return the keys of the texts, as ``searched`` gives them, that hold every part."""
    parts = question.parts
    return {key for key, text in texts if all(part in text for part in parts)}


def _made(dice: random.Random, texts: Sequence[str], names: Sequence[str]) -> Iterator[Question]:
    while True:
        for kind in KINDS:
            text = dice.choice(texts)
            yield Question(kind, _text(kind, dice, text, names))


def _text(kind: str, dice: random.Random, text: str, names: Sequence[str]) -> str:
    if kind == "name":
        return dice.choice(names)
    if kind == "figure":
        return dice.choice(_FIGURE.findall(fold(text)) or ["19件"])
    if kind == "words":
        return " ".join(_stretch(dice, text, 2) for _word in range(2))
    if kind == "phrase":
        start = dice.randrange(max(1, len(text) - 12))
        return f"“{searched(text[start : start + 12]) or '协商'}”"
    return _stretch(dice, text, {"one": 1, "two": 2, "four": 4}[kind])


def _stretch(dice: random.Random, text: str, length: int) -> str:
    run = dice.choice([run for run in runs(fold(text)) if len(run) >= length])
    start = dice.randrange(len(run) - length + 1)
    return run[start : start + length].strip(".%") or run[0]
