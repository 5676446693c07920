"""What happens to a digest on its way into a text file: columns, wraps, furniture, signatures.

``spoil`` prints a well-formed digest the way damaged text layers look, and says what a perfect
reader would get back.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from tests.speeches.parsing.samples import Digest, Speech

FURNITURE = (
    "云岭政协报  2031年5月12日  星期一  第4版  专版",
    "(上接第二版)",
    "（下转第七版）",
    "扫码观看会议视频",
    "本版电话：0999-8200000  电子邮箱：zk@example.cn",
    "本报记者 摄",
    "版权所有 未经许可不得转载",
    "责任编辑：沈默 版式：方圆 校对：向北",
    "— 4 —",
    "第 4 版",
    "4   专题报道   ZHUANTI BAODAO",
)
SHAPES = ("raw", "spaced", "name_first", "bracket", "colon", "labelled", "spread")
_HALF = str.maketrans("，：；！？（）", ",:;!?()")


@dataclass(frozen=True)
class Damage:
    """How to spoil a digest; ``wrap`` 0 prints a paragraph a line."""

    seed: int = 0
    columns: int = 1
    shuffle: str = "rotate"
    snap: float = 0.33
    repeat: float = 0.0
    wrap: int = 0
    marks: str = "short"
    indent: bool = False
    blank: bool = True
    half_width: bool = False
    furniture: int = 0
    shape: str = "raw"


def signature(speech: Speech, shape: str) -> str:
    """A byline in one of the shapes newspapers print."""
    unit, name = speech.unit, speech.speaker
    spread = "　".join(name) if len(name) == 2 else name
    return {
        "raw": f"{unit} {name}",
        "spaced": f"{unit}　　{name}",
        "name_first": f"{name} {unit}",
        "bracket": f"{name}（{unit}）",
        "colon": f"{unit} {name}：",
        "labelled": f"{unit} 发言人：{name}（女）",
        "spread": f"{unit}　{spread}",
    }[shape]


def spoil(digest: Digest, damage: Damage) -> str:
    """The text of a damaged file."""
    rng = random.Random(damage.seed)  # noqa: S311 - reproducible damage, no secret
    blocks = [digest.meeting, digest.label]
    if damage.furniture:
        blocks.insert(0, FURNITURE[0])
    for speech in digest.speeches:
        blocks += [speech.title, signature(speech, damage.shape)]
        blocks.append(_body(speech, damage, rng))
        if damage.furniture > 1:
            blocks.append(rng.choice(FURNITURE))
    text = "\n\n".join(blocks) + "\n"
    return text.translate(_HALF) if damage.half_width else text


def _body(speech: Speech, damage: Damage, rng: random.Random) -> str:
    whole = "\n".join(speech.paragraphs)
    columns = _cut(whole, damage, rng)
    printed = [_print_column(text, damage, opens=opens) for text, opens in columns]
    order = _order(len(columns), damage, rng)
    separator = "\n\n" if damage.blank and not damage.wrap else "\n"
    if damage.furniture > 2 and len(columns) > 1:
        separator = f"\n{rng.choice(FURNITURE)}\n"
    return separator.join(printed[at] for at in order)


def _cut(whole: str, damage: Damage, rng: random.Random) -> list[tuple[str, bool]]:
    """Cut the text at random places, some of them between paragraphs; tell which are those."""
    breaks = [at + 1 for at, char in enumerate(whole) if char == "\n"]
    places: set[int] = set()
    for _ in range(damage.columns - 1):
        at = rng.randrange(20, len(whole) - 20)
        snapped = min(breaks, key=partial(_distance, at)) if rng.random() < damage.snap else at
        places.add(snapped)
    bounds = [0, *sorted(places), len(whole)]
    columns = []
    for start, end in pairwise(bounds):
        opens = start == 0 or "\n" in whole[start - 1 : start + 1]
        last = "" if opens else whole[start - 1]
        repeated = last and last not in "，。；：、" and rng.random() < damage.repeat
        columns.append(((last if repeated else "") + whole[start:end], opens))
    return columns


def _distance(first: int, second: int) -> int:
    return abs(first - second)


def _order(count: int, damage: Damage, rng: random.Random) -> Sequence[int]:
    if damage.shuffle == "rotate":
        turn = rng.randrange(1, count) if count > 1 else 0
        return [*range(turn, count), *range(turn)]
    order = list(range(count))
    rng.shuffle(order)
    return order


def _print_column(column: str, damage: Damage, *, opens: bool) -> str:
    """Set a column in lines."""
    lines: list[str] = []
    parts = column.strip("\n").split("\n")
    if damage.wrap and damage.marks == "none":
        parts = ["".join(parts)]
    for at, part in enumerate(parts):
        indent = "　　" if damage.indent and (at or opens) else ""
        text = indent + part
        if damage.wrap:
            lines += [
                text[start : start + damage.wrap] for start in range(0, len(text), damage.wrap)
            ]
        else:
            lines.append(text)
    separator = "\n\n" if damage.blank and not damage.wrap else "\n"
    return separator.join(lines)
