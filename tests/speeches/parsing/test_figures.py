"""Work figures: what is counted, how it is bounded, what is quoted, and what is left out."""

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parsing.documents import Bound, Claim, Figure
from speeches.parsing.figures import find_figures

EVAL = Path(
    os.environ.get("EVAL_DIR", Path(__file__).resolve().parents[3].parent / "shared" / "eval")
)


def only_figure(paragraph: str) -> Figure:
    figures = find_figures([paragraph])
    assert len(figures) == 1, [figure.text for figure in figures]
    return figures[0]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("提案19件", (19, "件", 19, 19, Bound.EXACT)),
        ("提案１９件", (19, "件", 19, 19, Bound.EXACT)),
        ("群众1,209名", (1209, "名", 1209, 1209, Bound.EXACT)),
        ("群众1 209名", (1209, "名", 1209, 1209, Bound.EXACT)),
        ("资金400多万元", (400, "万元", 4_000_000, 5_000_000, Bound.OVER)),
        ("资金400万余元", (400, "万元", 4_000_000, 5_000_000, Bound.OVER)),
        ("事项30余件", (30, "件", 30, 40, Bound.OVER)),
        ("成本2100余万元", (2100, "万元", 21_000_000, 22_000_000, Bound.OVER)),
        ("提案1.5万多件", (1.5, "万件", 15_000, 16_000, Bound.OVER)),
        ("林地3亩多", (3, "亩", 3, 4, Bound.OVER)),
        ("签约50.4亿元", (50.4, "亿元", 5_040_000_000, 5_040_000_000, Bound.EXACT)),
        ("投资1亿3000万元", (1.3, "亿元", 130_000_000, 130_000_000, Bound.EXACT)),
        ("网民达3.2亿", (3.2, "亿", 320_000_000, 320_000_000, Bound.EXACT)),
        ("活动近百场次", (100, "场次", None, 100, Bound.UNDER)),
        ("参加者接近300人", (300, "人", None, 300, Bound.UNDER)),
        ("参加者不足300人", (300, "人", None, 300, Bound.UNDER)),
        ("参加者超过300人", (300, "人", 300, None, Bound.OVER)),
        ("里程超16.5万公里", (16.5, "万公里", 165_000, None, Bound.OVER)),
        ("参加者逾千人", (1000, "人", 1000, None, Bound.OVER)),
        ("参加者破千人", (1000, "人", 1000, None, Bound.OVER)),
        ("参加者上百人", (100, "人", 100, None, Bound.AT_LEAST)),
        ("首贷户不少于1500户", (1500, "户", 1500, None, Bound.AT_LEAST)),
        ("床位2000张以上", (2000, "张", 2000, None, Bound.AT_LEAST)),
        ("每批至少30人", (30, "人", 30, None, Bound.AT_LEAST)),
        ("时长不超过40公里", (40, "公里", None, 40, Bound.AT_MOST)),
        ("费率0.8%以下", (0.8, "%", None, 0.8, Bound.AT_MOST)),
        ("苗木约300株", (300, "株", None, None, Bound.ABOUT)),
        ("节约300吨", (300, "吨", 300, 300, Bound.EXACT)),
        ("约了62名青年", (62, "名", 62, 62, Bound.EXACT)),
        ("苗木300株左右", (300, "株", None, None, Bound.ABOUT)),
        ("来了二十来家企业", (20, "家", None, None, Bound.ABOUT)),
        ("企业5—5家", (5, "家", 5, 5, Bound.EXACT)),
        ("企业3—5家", (3, "家", 3, 5, Bound.RANGE)),
        ("企业3至5家", (3, "家", 3, 5, Bound.RANGE)),
        ("企业3家到5家", (3, "家", 3, 5, Bound.RANGE)),
        ("增长4%—6%", (4, "%", 4, 6, Bound.RANGE)),
        ("就业5万—10万人", (5, "万人", 50_000, 100_000, Bound.RANGE)),
        ("投入5—10万元", (5, "万元", 50_000, 100_000, Bound.RANGE)),
        ("投入8000万—1.2亿元", (8000, "万元", 80_000_000, 120_000_000, Bound.RANGE)),
        ("走访三四十户", (30, "户", 30, 40, Bound.RANGE)),
        ("走访十七八户", (17, "户", 17, 18, Bound.RANGE)),
        ("走访五十余户", (50, "户", 50, 60, Bound.OVER)),
        ("走访三百多名老人", (300, "名", 300, 400, Bound.OVER)),
        ("走访十几户", (10, "户", 10, 20, Bound.OVER)),
        ("走访一百零五户", (105, "户", 105, 105, Bound.EXACT)),
        ("走访一百二十五户", (125, "户", 125, 125, Bound.EXACT)),
        ("走访二百五户", (250, "户", 250, 250, Bound.EXACT)),
        ("走访一万二千三百户", (12_300, "户", 12_300, 12_300, Bound.EXACT)),
        ("捐款三万元", (3, "万元", 30_000, 30_000, Bound.EXACT)),
        ("捐款三百余万元", (300, "万元", 3_000_000, 4_000_000, Bound.OVER)),
        ("收入三亿五千万元", (350_000_000, "元", 350_000_000, 350_000_000, Bound.EXACT)),
        ("满意率达百分之九十五", (95, "%", 95, 95, Bound.EXACT)),
        ("满意率达百分之95以上", (95, "%", 95, None, Bound.AT_LEAST)),
        ("办复率98.5％", (98.5, "%", 98.5, 98.5, Bound.EXACT)),
        ("提高1.2个百分点", (1.2, "百分点", 1.2, 1.2, Bound.EXACT)),
        ("减少事故0起", (0, "起", 0, 0, Bound.EXACT)),
        ("提供岗位200余个学生", (200, "个", 200, 300, Bound.OVER)),
        ("惠及200余学生", (200, "", 200, 300, Bound.OVER)),
    ],
)
def test_the_printed_words_give_value_unit_and_bounds(
    printed: str, expected: tuple[float, str, float | None, float | None, Bound]
) -> None:
    """Expected are value, unit, low, high and bound."""
    figure = only_figure(printed)
    assert (figure.value, figure.unit, figure.low, figure.high, figure.bound) == expected


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("协商738场次", "场次"),
        ("义诊300余人次", "人次"),
        ("义诊300余人（次）", "人次"),
        ("来访45件(次)", "件次"),
        ("走访60户次", "户次"),
        ("发电3.5亿千瓦时", "亿千瓦时"),
        ("装机5千瓦", "千瓦"),
        ("绿化12平方公里", "平方公里"),
        ("浓度降至28微克/立方米", "微克/立方米"),
        ("引资3200万美元", "万美元"),
        ("联合12部门督查", "部门"),
        ("改造8县、", "县"),
        ("推进6大类改革", "大类"),
        ("提出5点建议", "点"),
        ("管道85km，", "km"),
    ],
)
def test_the_longest_unit_wins(printed: str, unit: str) -> None:
    assert only_figure(printed).unit == unit


@pytest.mark.parametrize(
    "paragraph",
    [
        "第3次会议听取了汇报，第十二个党员活动日如期举行。",
        "十四届三次会议、第12届3次全会、2024届毕业生齐聚一堂。",
        "成立于2018年5月，3个月后、15天内、2个多小时里、7个工作日中、60岁的老人。",
        "乡政发〔2024〕5号和《十二件实事清单》、“3件实事”活动、‘5个一’行动。",
        "推行“3+N”机制、1+6体系、1个中心+3个平台+N个站点，搭建党建+5个行动。",
        "位列前3名、前10位，获第1名。",
        "每300户配备1名网格员，每季度通报1次，每名委员联系2户，连续3次排名末位。",
        "下好一盘棋，两个景区、三位委员、百名干部、十件实事、数十家企业、几百人、成百上千户。",
        "百亿级集群、100亿元级产业、5A级景区、5G网络、95后、G30高速、A4纸、319国道、2.0版。",
        "热线12345、0931-8462345，比例2：1，1/3以上，百分之百，成绩98分。",
        "一二三等奖、二〇二四年、十百千工程、万万没想到、百十来件、一一一亿三千户、三亿四亿五户。",
        "1.加强学习。（2）加强调研。一是抓学习，三要抓落实。",
        "2024元旦、2020—2025期间、自2019起、12字方针、3面向。",
        "COVID-19例行发布、B-12位列其中。",
        "",
    ],
)
def test_ordinals_dates_names_models_norms_and_idioms_are_no_figures(paragraph: str) -> None:
    assert [figure.text for figure in find_figures([paragraph])] == []


@pytest.mark.parametrize(
    ("paragraph", "text", "counted"),
    [
        ("去年，我们提交提案19件、信息若干。", "提交提案19件", "提案"),
        ("围绕民生形成的12篇报告被采纳。", "形成的12篇报告", "报告"),
        ("帮扶青溪、石桥两镇的5个深度贫困村，成效明显。", "5个深度贫困村", "深度贫困村"),
        ("全市76个乡镇(街道)全部建站。", "全市76个乡镇(街道)", "乡镇(街道)"),
        ("全市76个乡镇（街道）全部建站。", "全市76个乡镇（街道）", "乡镇（街道）"),
        ("引导28家合作社抱团入股。", "引导28家合作社", "合作社"),
        ("带动农户4300户增收。", "带动农户4300户", "农户"),
        ("有147户反映成本偏高。", "有147户", ""),
        ("走访了5所职业院校和18家企业。", "走访了5所职业院校", "职业院校"),
        ("技工缺口达3800人。", "技工缺口达3800人", "技工缺口"),
        ("“委员之家”6个", "“委员之家”6个", "“委员之家”"),
        ("举办12期“委员讲堂”活动，反响热烈。", "举办12期“委员讲堂”活动", "“委员讲堂”活动"),
        ("提交提案 19 件。", "提交提案 19 件", "提案"),
        ("共有 5 个 村民小组。", "共有 5 个 村民小组", "村民小组"),
        ("对58项修复工程开展“回头看”。", "58项修复工程", "修复工程"),
        ("邀请46名委员和专家组成小组。", "邀请46名委员和专家", "委员和专家"),
        ("热线开通以来接听来电2317个。", "接听来电2317个", "来电"),
        ("围绕“水网”等课题开展调研12次。", "开展调研12次", "调研"),
        ("提出“一网通办”等建议21条。", "等建议21条", "建议"),
        ("全市8个县区政协建立活动站43个。", "全市8个县区政协", "县区政协"),
        ("建成基层党组织128个。", "建成基层党组织128个", "基层党组织"),
        ("共有5个签约项目。", "共有5个签约项目", "签约项目"),
        ("培育了12款竹编灯饰。", "培育了12款", ""),
        ("选出12项新方案参评。", "12项新方案", "新方案"),
        (
            "推动把老城区背街小巷里的排水管网和供暖管线一并更新改造二十三公里。",
            "改造二十三公里",
            "",
        ),
        (
            "春夏秋冬日复一日年复一年风里雨里翻山越岭翻沟过坎行走3200公里。",
            "翻沟过坎行走3200公里",
            "翻沟过坎行走",
        ),
    ],
)
def test_the_text_is_what_a_person_would_quote(paragraph: str, text: str, counted: str) -> None:
    figure = find_figures([paragraph])[0]
    assert (figure.text, figure.object) == (text, counted)


@pytest.mark.parametrize(
    ("paragraph", "claim"),
    [
        ("去年提交提案19件。", Claim.RESULT),
        ("计划新建站点19个。", Claim.TARGET),
        ("力争三年引进项目15个。", Claim.TARGET),
        ("拟新建站点19个。", Claim.TARGET),
        ("到2027年，建成站点19个。", Claim.TARGET),
        ("三年内建成站点19个。", Claim.TARGET),
        ("我们将新建站点19个。", Claim.TARGET),
        ("将党员委员编入19个党支部。", Claim.RESULT),
        ("建议设立1200万元专项资金。", Claim.TARGET),
        ("提出意见建议46条。", Claim.RESULT),
        ("下一步，要抓落实。建好站点19个。", Claim.TARGET),
        ("二要扩面。去年周转资金63笔。", Claim.RESULT),
        ("累计划分网格1867个。", Claim.CUMULATIVE),
        ("换届以来，走访群众300户。", Claim.CUMULATIVE),
        ("全省建成站点1300个。", Claim.OTHERS),
        ("目前全国已有站点1.2万个。", Claim.OTHERS),
        ("全省政协系统提交提案800件。", Claim.RESULT),
        ("荣获全国先进称号3项。", Claim.RESULT),
        ("计划早已完成；建成站点19个。", Claim.RESULT),
    ],
)
def test_a_result_is_told_from_targets_totals_and_the_work_of_others(
    paragraph: str, claim: Claim
) -> None:
    assert only_figure(paragraph).claim is claim


def test_a_change_is_two_figures_and_a_range_is_one() -> None:
    change = find_figures(["床位由860张到2000张，企业从12家到45家。"])
    assert [figure.value for figure in change] == [860, 2000, 12, 45]
    assert [figure.value for figure in find_figures(["企业12—45家，床位860—900张。"])] == [12, 860]


def test_figures_of_different_units_or_a_falling_pair_are_no_range() -> None:
    assert [figure.unit for figure in find_figures(["企业3家—5个园区"])] == ["家", "个"]
    assert [figure.value for figure in find_figures(["企业5—3家"])] == [3]


def test_paragraphs_are_counted_from_zero_and_keep_their_order() -> None:
    figures = find_figures(["无数字。", "提案3件、信息5条。", "走访8户。"])
    assert [(figure.paragraph, figure.value) for figure in figures] == [(1, 3), (1, 5), (2, 8)]


def test_no_paragraph_has_no_figure() -> None:
    assert find_figures([]) == ()


PIECES = st.sampled_from(
    [
        *"0123456789０５．.,，、。；（）()“”《》〔〕+—-第每近超余多几一二三十百千万亿两零个件名户元次场级年月的和",
        " ",
        "　",
        "\n",
        "百分之",
        "以上",
        "不少于",
        "提交提案",
        "乡镇(街道)",
        "完成了",
        "人次",
        "万元",
        "建议",
        "到2027年",
        "全省",
        "累计",
        "A",
    ]
)
NEWSPAPER_NOISE = st.lists(PIECES, max_size=60).map("".join)


@settings(deadline=None)
@given(st.lists(NEWSPAPER_NOISE | st.text(max_size=80), max_size=4))
def test_any_text_gives_sorted_disjoint_figures_that_stand_where_they_say(
    paragraphs: list[str],
) -> None:
    end_of_last = (0, 0)
    for figure in find_figures(paragraphs):
        assert paragraphs[figure.paragraph][figure.start : figure.end] == figure.text
        assert end_of_last <= (figure.paragraph, figure.start) < (figure.paragraph, figure.end)
        end_of_last = (figure.paragraph, figure.end)


@settings(deadline=None)
@given(NEWSPAPER_NOISE)
def test_bounds_are_ordered_and_an_exact_figure_has_both_alike(paragraph: str) -> None:
    for figure in find_figures([paragraph]):
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        assert (figure.bound is Bound.EXACT) == (
            figure.low == figure.high and figure.low is not None
        )


@settings(deadline=None)
@given(st.integers(1, 99_999), st.sampled_from(["件", "人次", "万元", "个", "公里"]))
def test_a_plain_count_is_read_back_whatever_stands_around(number: int, unit: str) -> None:
    figure = only_figure(f"去年，全市完成任务{number}{unit}，受到好评。")
    assert (figure.value, figure.unit, figure.bound) == (number, unit, Bound.EXACT)


@settings(deadline=None)
@given(st.integers(11, 99_999))
def test_a_number_in_characters_means_the_same_as_in_digits(number: int) -> None:
    figure = only_figure(f"走访{in_characters(number)}户")
    scale = 10_000 if figure.unit == "万户" else 1
    assert figure.value * scale == number


def in_characters(number: int) -> str:
    """A number below 100,000 in standard Chinese characters."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return f"{'一二三四五六七八九'[number // 10_000 - 1]}万{gap}{in_characters(rest)}"
    words, zero = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if zero and words else "") + "一二三四五六七八九"[digit - 1] + name
            zero = False
        else:
            zero = True
    return words


needs_gold = pytest.mark.skipif(not (EVAL / "gold").is_dir(), reason=f"{EVAL} is not there")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", EVAL / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GOLD_SPEECHES = [
    pytest.param(speech, id=f"{path.stem}-{number}")
    for path in sorted((EVAL / "gold").glob("*.json"))
    for number, speech in enumerate(json.loads(path.read_text("utf-8"))["speeches"])
]


@needs_gold
@pytest.mark.parametrize("speech", GOLD_SPEECHES)
def test_every_figure_of_a_real_speech_is_found_and_nothing_else(
    speech: dict[str, list[dict[str, object]]], scorer: ModuleType
) -> None:
    found = [
        {"text": figure.text, "value": figure.value, "unit": figure.unit}
        for figure in find_figures([str(paragraph) for paragraph in speech["paragraphs"]])
    ]
    wanted = speech["work_figures"]
    pairs = scorer.match_figs(wanted, found)
    matched = {index for _, index in pairs}
    others = [figure for index, figure in enumerate(found) if index not in matched]
    tolerated = scorer.match_figs(speech.get("optional_figures", []), others)
    assert len(pairs) == len(wanted)
    assert len(others) == len(tolerated)
    for gold, index in pairs:
        assert wanted[gold]["unit"] == found[index]["unit"]
