"""Invented bodies, people and speeches for trials: pure text, the same for the same seed.

云岭省 and everything in it exist nowhere.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

PROVINCE = "云岭省政协"
_PLACES = tuple(first + second for first in "霜霁澜漪绮缃岫霰" for second in "禾鹭棠榆苔屿笺萤")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶"
_GIVEN_NAMES = (
    "清溪 明远 若水 采薇 知秋 望舒 致和 初晴 静安 怀瑾 思齐 予安 云帆 景行 疏影 "
    "鹤鸣 听澜 牧野 星野 南乔"
).split()
POSTS = (("党组书记", "主席"), ("党组成员", "副主席"), ("秘书长",), ("委员",))
TOPICS = {
    "提案": ("提案办理协商", "重点提案督办", "提案质量提升"),
    "民生": ("社区养老服务", "托育服务", "农村饮水安全", "老旧小区改造"),
    "协商": ("基层协商议事", "“有事好商量”平台", "委员工作室"),
    "党建": ("党建引领履职", "党员委员联系界别群众", "功能型党支部"),
    "生态": ("湿地保护修复", "小流域治理", "林下经济"),
    "产业": ("特色种植业", "县域工业园区", "乡村旅游"),
    "文史": ("文史资料征编", "书香政协", "古村落保护"),
}
"""Topic → the work that speeches about it tell of."""

_OPENINGS = (
    "近年来，{body}聚焦{work}，围绕中心、服务大局，在建言资政和凝聚共识上双向发力，取得了新的进展。",
    "{body}把{work}作为履职的重要抓手，坚持问题导向，深入调查研究，形成了一些做法和体会。",
    "今年以来，{body}认真落实省委部署，以{work}为切入点，推动协商成果转化为治理效能。",
)
_SENTENCES = (
    "我们组织委员深入{place}的村镇和社区，面对面听取群众对{work}的意见。",
    "针对调研中发现的堵点难点，专门召开推进会，逐条明确责任单位和完成时限。",
    "坚持不建议不调研、不协商不建议，让每一条建议都有出处、有依据、可操作。",
    "邀请专家学者和一线工作者共同参与，既算经济账，也算民生账和长远账。",
    "把协商桌搬到田间地头、搬到群众家门口，做到有事多商量、遇事多商量。",
    "党政主要负责同志领衔督办，有关部门同题共答，推动{work}从“办完”向“办好”转变。",
    "建立台账，实行销号管理，定期回访，做到件件有回音、事事有着落。",
    "实践证明，只有把工作做深做细，{work}才能真正赢得群众的信任和支持。",
    "同时也要看到，{place}的基础仍然薄弱，部门之间的协同还需要加强。",
    "委员们发挥专业优势，带着感情和责任参与{work}，当好党的政策宣传者和群众利益维护者。",
)
_HEADINGS = ("一、提高站位，凝聚共识", "二、深入一线，摸清实情", "三、健全机制，推动落实")
_CLOSINGS = (
    "下一步，我们将继续深化{work}，以更高标准、更实举措服务全省高质量发展。",
    "下一步，{body}将总结经验、补齐短板，让{work}的成果更多更好惠及群众。",
)
_RESULTS = (
    ("提交提案", "提案", "件", 8, 90),
    ("开展专题调研", "专题调研", "次", 3, 40),
    ("举办协商活动", "协商活动", "场次", 4, 60),
    ("走访群众", "群众", "户", 60, 900),
    ("推动解决问题", "问题", "个", 5, 120),
    ("征集意见建议", "意见建议", "条", 30, 600),
)
"""Words before the number, object, unit, least and greatest value."""


@dataclass(frozen=True, slots=True)
class InventedBody:
    """A conference of the invented province; ``level`` and ``parent`` (a name) place it."""

    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody who speaks for the body of that number."""

    name: str
    body: int
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventedFigure:
    """A result with its exact words and their offsets in the paragraph."""

    printed: str
    value: int
    unit: str
    object: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class InventedMeeting:
    """A meeting; ``number`` counts from 1."""

    number: int
    title: str
    place: str
    held_on: date


@dataclass(frozen=True, slots=True)
class InventedSpeech:
    """A speech by the person of the number ``speaker``.

    ``results`` is the index of the paragraph that tells ``figures``.
    """

    title: str
    speaker: int
    topic: str
    work: str
    paragraphs: tuple[str, ...]
    results: int
    figures: tuple[InventedFigure, ...]


def _bodies() -> tuple[InventedBody, ...]:
    found = [InventedBody(PROVINCE, "provincial", "")]
    for number, place in enumerate(_PLACES):
        if number % 8 == 0:
            city = f"{place}市政协"
            found.append(InventedBody(city, "municipal", PROVINCE))
        else:
            found.append(InventedBody(f"{place}县政协", "county", city))
    return tuple(found)


def _people() -> tuple[InventedPerson, ...]:
    names = [surname + given for given in _GIVEN_NAMES for surname in _SURNAMES]
    size = len(_PLACES) + 1
    return tuple(
        InventedPerson(name, number % size, POSTS[number // size % len(POSTS)])
        for number, name in enumerate(names)
    )


def meeting(*, seed: int, number: int) -> InventedMeeting:
    """Return the meeting of that number."""
    dice = random.Random(f"meeting {seed} {number}")  # noqa: S311 - text, not a secret
    place = dice.choice(_PLACES[::8])
    work = dice.choice(TOPICS[dice.choice(list(TOPICS))])
    return InventedMeeting(
        number=number,
        title=f"{PROVINCE}“{work.strip('“”')}”专题协商会（演示第{number}次）",
        place=f"{place}市",
        held_on=date(2015, 1, 5) + timedelta(days=dice.randrange(3650)),
    )


def speech(*, seed: int, number: int) -> InventedSpeech:
    """Return the speech of that number, about a thousand characters long."""
    dice = random.Random(f"speech {seed} {number}")  # noqa: S311 - text, not a secret
    topic = dice.choice(list(TOPICS))
    speaker = dice.randrange(len(PEOPLE))
    body = BODIES[PEOPLE[speaker].body].name
    words = {"work": dice.choice(TOPICS[topic]), "body": body, "place": body[:3]}
    results, figures = _results(dice, words)
    paragraphs = [dice.choice(_OPENINGS).format(**words)]
    for heading in _HEADINGS:
        sentences = dice.sample(_SENTENCES, 7)
        paragraphs += [heading, _joined(sentences[:4], words), _joined(sentences[4:], words)]
    paragraphs += [results, dice.choice(_CLOSINGS).format(**words)]
    return InventedSpeech(
        title=f"以{words['work']}助推{words['place']}高质量发展",
        speaker=speaker,
        topic=topic,
        work=words["work"],
        paragraphs=tuple(paragraphs),
        results=len(paragraphs) - 2,
        figures=figures,
    )


def _joined(sentences: list[str], words: dict[str, str]) -> str:
    return "".join(sentences).format(**words)


def _results(dice: random.Random, words: dict[str, str]) -> tuple[str, tuple[InventedFigure, ...]]:
    text = f"在{words['work']}中，"
    figures = []
    for lead, counted, unit, least, greatest in dice.sample(_RESULTS, 3):
        value = dice.randint(least, greatest)
        printed = f"{lead}{value}{unit}"
        figures.append(
            InventedFigure(printed, value, unit, counted, len(text), len(text) + len(printed))
        )
        text += f"{printed}，"
    return f"{text}受到基层和群众的好评。", tuple(figures)


BODIES = _bodies()
"""The province, its eight cities and their counties, each after its parent."""
PEOPLE = _people()
"""Everybody who speaks, no name twice."""
