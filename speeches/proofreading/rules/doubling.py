"""Characters, words and paragraphs that stand twice by mistake.

Reduplication (天天, 人人, 实实在在) is language, and so is a word that ends with the character with
which the next begins (委员会|会议): a dictionary tells.
"""

import re
from collections.abc import Iterator

from speeches.parsing.typography import HAN
from speeches.parsing.vocabulary import SURNAMES
from speeches.proofreading.documents import PROSE, Paragraph, TextDocument
from speeches.proofreading.findings import Category, Finding, Rule, Severity
from speeches.proofreading.messages import gettext_noop as _
from speeches.proofreading.words import (
    is_common,
    is_word,
    word_covers,
    word_ends_at,
    word_starts_at,
)

CHARACTER = Rule(
    "doubled-character",
    Category.DOUBLED,
    Severity.ORDINARY,
    _("Doubled character"),
    _("“%(character)s” stands twice, and no word is written so."),
)
WORDS = Rule(
    "doubled-words",
    Category.DOUBLED,
    Severity.ORDINARY,
    _("Doubled words"),
    _("“%(words)s” stands twice in a row."),
)
PARAGRAPH = Rule(
    "doubled-paragraph",
    Category.DOUBLED,
    Severity.SEVERE,
    _("Doubled paragraph"),
    _("This paragraph stands in the text once before."),
)
RULES = (CHARACTER, WORDS, PARAGRAPH)

_SHORTEST_PARAGRAPH = 20
_SHOWN = 12
_RUN = re.compile(f"[{HAN}]+")
_DOUBLED = re.compile(f"(?=(?P<pair>(?P<one>[{HAN}])(?P=one)))")
_WORDS = re.compile(f"(?P<words>[{HAN}]{{2,8}})(?P=words)")
_PARTICLES = frozenset(
    "的了是在和与对为有把被将从向以及也就都而或着过等并使让不到这那我他要会能上中下"
)
_UNITS_BEFORE = frozenset("县市省区州乡镇村国党年月日人会院校所家户条件场次每各全本我此该")
"""One-character words of this field that stand before words beginning with themselves (县|县长)."""
_CLASSIFIERS = frozenset(
    "件桩条个户村项篇场处步层次句字滴座块张片排队群桌笔人家年月日天代道路样声点分斤门股串"
)
"""Measure words, which doubled mean “each” (件件 抓实)."""
_OFTEN_DOUBLED = frozenset("稳说讲听谈问聊想试少走转比算帮管劝")
"""Characters doubled freely, though the dictionary hardly lists them so (谈谈, 稳稳)."""
_NEVER_DOUBLED = frozenset("的是在和与把被将从及而或并使")
"""Particles of which two in a row are a slip even where the dictionary lists the pair."""
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_POINTING = frozenset("次本该此各届")
"""After these the first word closes a phrase (本次会议|会议精神)."""
_FREELY_REPEATED = frozenset(
    "研究 讨论 商量 学习 了解 考虑 活动 锻炼 休息 打听 介绍 观察 体验 琢磨 合计 很多 非常 许多 "
    "多少 协商 比较 总结 交流 宣传 调研 帮助 督促 检查 试验 参观 收拾".split()
)


def check(document: TextDocument) -> Iterator[Finding]:
    """Find what stands twice in a paragraph, and paragraphs that stand twice."""
    seen: set[str] = set()
    for number, paragraph in enumerate(document.paragraphs):
        text = paragraph.text
        yield from _characters(paragraph, number)
        for match in _WORDS.finditer(text):
            if (
                _is_slip(match["words"])
                and text[match.start() - 1 : match.start()] not in _POINTING
            ):
                yield WORDS.mark(
                    paragraph, number, match.span(), match["words"], told={"words": match["words"]}
                )
        if paragraph.kind in PROSE and len(text) >= _SHORTEST_PARAGRAPH:
            if text in seen:
                yield PARAGRAPH.mark(paragraph, number, (0, _SHOWN))
            seen.add(text)


def _characters(paragraph: Paragraph, number: int) -> Iterator[Finding]:
    text = paragraph.text
    for run in _RUN.finditer(text):
        for match in _DOUBLED.finditer(run.group()):
            character = match["one"]
            if not _is_language(run.group(), match.start()):
                start = run.start() + match.start()
                yield CHARACTER.mark(
                    paragraph, number, (start, start + 2), character, told={"character": character}
                )


def _is_language(run: str, at: int) -> bool:
    """Whether the two equal characters at ``at`` belong there."""
    character, between = run[at], at + 1
    if character in _NUMERALS | _CLASSIFIERS or word_covers(run, at, at + 2):
        return True
    ends = word_ends_at(run, between)
    starts = word_starts_at(run, between)
    if ends and starts:
        return True
    if character in _PARTICLES:
        alone = ends or (starts and character not in _NEVER_DOUBLED)
        return alone or (character not in _NEVER_DOUBLED and is_common(run[at : at + 2]))
    if (
        is_common(run[at : at + 2])
        or character in _OFTEN_DOUBLED
        or (starts and character in _UNITS_BEFORE)
    ):
        return True
    return _is_given_name(run, at)


def _is_given_name(run: str, at: int) -> bool:
    """Whether a surname stands before the pair, at the beginning or after a post (主席林青青)."""
    before = run[at - 1 : at]
    return bool(before) and before in SURNAMES and (at == 1 or not word_ends_at(run, at))


def _is_slip(words: str) -> bool:
    """Whether the repeated characters are words that nobody repeats on purpose."""
    if words in _FREELY_REPEATED or len(set(words)) == 1 or words[0] in _NUMERALS:
        return False
    return is_word(words) or (
        len(words) > 3 and (word_starts_at(words, 0) and word_ends_at(words, len(words)))
    )
