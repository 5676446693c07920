"""Any well-formed digest, cut into two to four columns at any characters and permuted.

All its characters are kept, and the items of numbered speeches come back in order.
"""

import re
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parsing import parse_digest
from speeches.parsing.typography import squeeze

OPENINGS = {
    "青禾市": "近年来，青禾市政协坚持围绕中心、服务大局，各项工作取得了新的成效。",
    "白鹭县": "白鹭县地处三条河流交汇处，县政协立足实际，把治水兴水作为履职的主线。",
    "望月县": "望月县政协把协商平台建在村组，让群众的事由群众商量着办。",
    "澄湖区": "一年来，澄湖区政协带领全体委员双向发力，交出了一份厚实的履职答卷。",
    "鹿鸣州": "我州是多民族聚居地区，州政协始终把铸牢共同体意识贯穿工作全过程。",
}
NAMES = ("沈怀远", "罗明川", "韩素琴", "温若川", "顾南乔")
TITLES = ("守护一江清水 夯实发展根基", "让协商走进田间地头", "以提案之力惠民生", "凝聚侨心侨力")
HEADS = (
    "加强政治引领，筑牢思想根基",
    "聚焦中心大局，服务改革发展",
    "坚持为民履职，办好民生实事",
    "深化协商监督，助推治理提升",
    "广泛凝聚共识，汇聚团结力量",
    "抓实自身建设，提升履职本领",
)
SENTENCES = (
    "先后走访7个县区、42个行政村，形成专题报告3份",
    "组织委员采集水样320份，提出建议26条，全部写入了供水规划",
    "把协商会开到水厂、泵站和农家院里，现场敲定改造方案9个",
    "成立由委员、专家和群众组成的监督小组，督促整改到位129个",
    "动员委员企业捐建净水站14座，设立运维基金280万元",
    "推行“一张清单管到底”，群众满意率由61%提高到94%",
    "举办读书班18期，参训委员210人次，编印学习资料12期",
    "建成委员工作室24个，开展接待活动210场，收集意见480条",
    "聘请民间河长96名，清理河道垃圾300余吨，治理排污口17处",
    "培训技术骨干190名，带动农户4300户增收，亩均收益突破3000元",
)
NUMBERS = "一二三四五六"
MOST_CUTS = 3
"""A cut may go through the mark of an item."""


@st.composite
def numbered_speeches(draw, place):
    """An opening, three to six numbered items of different work, and perhaps a close."""
    work = draw(st.permutations(SENTENCES))
    heads = draw(st.permutations(HEADS))
    items = [
        f"{number}、{heads[at]}。{work[at]}；{draw(st.sampled_from(SENTENCES))}。"
        for at, number in enumerate(NUMBERS[: draw(st.integers(3, 6))])
    ]
    close = ["下一步，我们将继续以实干实绩推动各项工作再上新台阶。"] * draw(st.integers(0, 1))
    opening = OPENINGS[place]
    head = [draw(st.sampled_from(TITLES)), f"{place}政协主席　{draw(st.sampled_from(NAMES))}"]
    return head, [opening, *items, *close]


@st.composite
def permuted(draw, text):
    """The columns of a text, cut at any two to four characters, in another order."""
    count = draw(st.integers(2, 4))
    places = st.lists(
        st.integers(1, len(text) - 1), min_size=count - 1, max_size=count - 1, unique=True
    )
    bounds = [0, *sorted(draw(places)), len(text)]
    columns = [text[start:end].strip("\n") for start, end in pairwise(bounds)]
    return draw(st.permutations([column for column in columns if column]))


@st.composite
def torn_digests(draw):
    """A digest of one to three speeches, and what is printed of it."""
    places = draw(st.lists(st.sampled_from(sorted(OPENINGS)), min_size=1, max_size=3, unique=True))
    speeches = [draw(numbered_speeches(place)) for place in places]
    blocks = ["云岭省政协系统工作经验交流会", "（发言摘登）"]
    for head, paragraphs in speeches:
        blocks += [*head, *draw(permuted("\n".join(paragraphs)))]
    return speeches, "\n\n".join(blocks) + "\n"


def _counted(text):
    return Counter(squeeze(text))


@settings(max_examples=150, deadline=None)
@given(torn_digests())
def test_permuted_columns_keep_every_character_of_every_speech(torn):
    speeches, text = torn
    digest = parse_digest(text)
    assert (digest.lost, digest.invented) == ("", "")
    dropped = Counter()
    for warning in digest.warnings:
        dropped.update(_counted(warning.dropped))
    assert len(digest.speeches) == len(speeches)
    for read, (_, paragraphs) in zip(digest.speeches, speeches, strict=True):
        missing = _counted("".join(paragraphs)) - _counted("".join(read.paragraphs))
        assert not missing - dropped
        assert not _counted("".join(read.paragraphs)) - _counted("".join(paragraphs))


@settings(max_examples=150, deadline=None)
@given(torn_digests())
def test_the_items_of_numbered_speeches_come_back_in_order(torn):
    speeches, text = torn
    for read, (_, paragraphs) in zip(parse_digest(text).speeches, speeches, strict=True):
        numbers = re.findall(
            f"([{NUMBERS}])、(?=加强|聚焦|坚持|深化|广泛|抓实)", "".join(read.paragraphs)
        )
        places = [NUMBERS.index(number) for number in numbers]
        assert places == sorted(set(places))
        items = [paragraph for paragraph in paragraphs if paragraph[1] == "、"]
        assert len(numbers) >= len(items) - MOST_CUTS
