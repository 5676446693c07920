"""The words a person would quote with a number, and what it counts.

A number follows its noun (提交提案19件) or goes before it (5个深度贫困村).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import vocabulary
from .vocabulary import TAKES_NOUN

_WINDOW = 24
_LONGEST_PHRASE = 14
_LONGEST_UNKNOWN_NOUN = 8
_LONGEST_TAIL = 6
_GAP = " 　\xa0"


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


_SOMETIMES_VERBS = (
    "(?<![党群团层会])组织|建设(?!项目|资金|用地|工程|成果|工作|任务|规划|局|标准|水平)"
)
_RESULT_VERB = re.compile(
    rf"(?:{_SOMETIMES_VERBS}|{_any_of(vocabulary.RESULT_VERBS)})(?:[了过到]|出(?![台版席资]))?"
)
_ANY_VERB = rf"(?:{_any_of(vocabulary.NOUN_VERBS)}|{_RESULT_VERB.pattern})"
_LEADING_NOUN_VERBS = re.compile(
    rf"^{_any_of(vocabulary.NOUN_VERBS)}+了?(?!{_any_of(vocabulary.BOUND_NOUNS)}$)"
)
_TRAILING_VERBS = re.compile(rf"{_ANY_VERB}{{0,3}}{_RESULT_VERB.pattern}的?$")
_CHANGE = "(?:增|升|降|减|增加|增长|提高|提升|下降|减少|降低|扩大|发展|扩|缩短|压减|压缩)"
_COPULA = re.compile(
    rf"[可已高仅只约共就]{{0,2}}(?:达到?|为|是|占|有|共有|现有|拥有|{_CHANGE}[至到为了]?|由|从|共|仅|只)$"
)
_OPENING = re.compile(r"(?:共有|现有|拥有|有|达到?|遍布|涉及|覆盖)$|分布[在于]$|来自$")
_SCOPE = re.compile("[全我][省市县区州国镇乡校](?:现|共)?有?$")
_NOUN_LEAD = re.compile(
    "^(?:其中|[全我][省市县区州国镇乡]|累计|总计|新增|平均|分别|同比|环比|其余|力争|争取|计划|建议|预计"
    "|每[期年月人次户])+(?=.)"
)
_NO_NOUN = re.compile(
    "(?:其中|我?们?[全我本该]?[省市县州区国镇乡村]|[比较][上去前]年|同期|平均|一共|总共|共|每[期年月人次户])"
)
_LEAD = re.compile(
    rf"(?:{_any_of(vocabulary.LEADS)}|近?[一二两三四五六七八九十0-9０-９]{{1,4}}年(?:以来|来|内|间)?"
    "|[一-鿿]{1,8}以来"
    r"|[而但且并共已又也](?![有产青同享建治商管促列蓄非行]))+"
)
_STOP = re.compile(_any_of(vocabulary.PHRASE_ENDS | vocabulary.RESULT_VERBS))
_NOUNS = re.compile(f"{_any_of(vocabulary.COUNTED_NOUNS)}+")
_NOUN_END = re.compile(rf"{_any_of(vocabulary.COUNTED_NOUNS | vocabulary.NOUN_ENDINGS)}$")
_PARTICLES = frozenset("的了着过得被把将给以向从由使让因")
_WORDS = re.compile("[一-鿿·A-Za-z]*")
_WORDS_BEFORE = re.compile(r"[一-鿿·A-Za-z0-9０-９.．]*$")
_NEXT_NUMBER = re.compile("[和及与](?=[0-9０-９一二三四五六七八九十百千近约超])|[0-9０-９]")
_BRACKET = re.compile("[（(][一-鿿、]{1,8}[）)]")
_NAME_AFTER = re.compile(
    "[“《][^“”《》，,。]{1,16}[”》](?:活动|会议|平台|品牌|工作室|项目|工程|行动|讲座|报告)?"
)
_NAME_BEFORE = re.compile("[“《][^“”《》，,。]{1,16}[”》]$")
_PARTICLE = re.compile("以及|[的了把被向由于]|及(?!时|早)|等(?!级)|对(?![口接])|为(?!民)|从(?!业)")
_BEFORE_NOUN = re.compile(
    rf"{_PARTICLE.pattern}|[共现已拥]有(?!量)|已(?!婚)|让|使(?!用)|在(?![职线校建册岗])"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The quoted words' ends ``start:end``, and the noun that is counted ('' when untold)."""

    start: int
    end: int
    object: str


@dataclass(frozen=True, slots=True)
class Span:
    """A quantity at ``start:end`` of a text and the stretch ``floor:ceiling`` it may widen to."""

    start: int
    end: int
    floor: int
    ceiling: int
    measure: str


def word_phrase(text: str, span: Span) -> Wording:
    """Widen a quantity to the phrase around it."""
    before, before_end = _phrase_before(text, span)
    noun = _noun_before(before)
    after_end = _noun_end_after(text, span, knows_noun=bool(noun))
    verbs = _TRAILING_VERBS.search(before)
    if after_end > span.end:
        opening = _SCOPE.search(before) or verbs or _OPENING.search(before)
        kept = opening.group() if opening else ""
        noun = text[span.end : after_end].strip(_GAP)
    else:
        kept = verbs.group() if verbs else before
    start = before_end - len(kept) if kept else span.start
    if not noun and kept == before and (name := _name_before(text, start, span.floor)):
        start, noun = name
    return Wording(start, after_end, noun)


def _phrase_before(text: str, span: Span) -> tuple[str, int]:
    """The words between the last punctuation mark and a quantity, and where they end."""
    end = span.start
    while end > span.floor and text[end - 1] in _GAP:
        end -= 1
    match = _WORDS_BEFORE.search(text, max(span.floor, end - _WINDOW), end)
    phrase = match.group() if match else ""
    if lead := _LEAD.match(phrase):
        phrase = phrase[lead.end() :]
    if phrase.startswith("等") and (verb := _RESULT_VERB.search(phrase)):
        phrase = phrase[verb.start() :]
    return _shortened(phrase), end


def _shortened(phrase: str) -> str:
    """The end of a phrase that is too long: from a particle or a verb on, else its last words."""
    if len(phrase) <= _LONGEST_PHRASE:
        return phrase
    cuts = [particle.end() for particle in _PARTICLE.finditer(phrase)]
    cuts += [verb.start() for verb in _RESULT_VERB.finditer(phrase)]
    for cut in cuts:
        if 2 <= len(phrase) - cut <= _LONGEST_PHRASE:
            return phrase[cut:]
    return phrase[-_LONGEST_TAIL:]


def _noun_before(phrase: str) -> str:
    """The counted noun of ``提交提案`` and ``技工缺口达``: 提案, 技工缺口."""
    if _TRAILING_VERBS.search(phrase):
        return ""
    phrase = _BEFORE_NOUN.split(_COPULA.sub("", phrase))[-1]
    for verb in reversed(list(_RESULT_VERB.finditer(phrase))):
        if len(phrase) - verb.end() > 1:
            phrase = phrase[verb.end() :]
            break
    else:
        phrase = _LEADING_NOUN_VERBS.sub("", phrase, count=1)
    phrase = _NOUN_LEAD.sub("", phrase, count=1)
    return "" if _NO_NOUN.fullmatch(phrase) else phrase


def _name_before(text: str, start: int, floor: int) -> tuple[int, str] | None:
    """The name in quotation marks that ends where a phrase without a noun begins."""
    name = _NAME_BEFORE.search(text, max(floor, start - _WINDOW), start)
    return (name.start(), name.group()) if name else None


def _noun_end_after(text: str, span: Span, *, knows_noun: bool) -> int:
    """Where the noun after a quantity ends; the quantity's own end if none follows."""
    start = span.end
    while start < span.ceiling and text[start] in _GAP:
        start += 1
    if name := _NAME_AFTER.match(text, start, span.ceiling):
        return name.end()
    words = _WORDS.match(text, start, min(span.ceiling, start + _WINDOW))
    phrase = words.group() if words else ""
    if number := _NEXT_NUMBER.search(text, start, start + len(phrase) + 1):
        phrase = phrase[: number.start() - start]
    length = _noun_length(phrase, takes_any=not knows_noun and span.measure in TAKES_NOUN)
    if not length:
        return span.end
    bracket = _BRACKET.match(text, start + length, span.ceiling) if length == len(phrase) else None
    return bracket.end() if bracket else start + length


def _noun_length(phrase: str, *, takes_any: bool) -> int:
    """How much of the words after a quantity is the counted noun: 3 of ``合作社抱团入股``."""
    stops = list(_STOP.finditer(phrase))
    head = phrase[: stops[0].start()] if stops else phrase
    longest = _LONGEST_PHRASE if head else _LONGEST_TAIL
    for end in _ends_of_words(phrase, stops):
        if 0 < end <= longest and _NOUN_END.search(phrase, 0, end):
            return end
    if nouns := _NOUNS.search(head):
        return nouns.end()
    return len(head) if takes_any and 2 <= len(head) <= _LONGEST_UNKNOWN_NOUN else 0


def _ends_of_words(phrase: str, stops: Sequence[re.Match[str]]) -> Iterator[int]:
    """Where a noun may end: before each stop, but not beyond a particle or a verb between words."""
    for stop in stops:
        yield stop.start()
        if stop.group() in _PARTICLES or (stop.start() and len(stop.group()) > 1):
            return
    yield len(phrase)
