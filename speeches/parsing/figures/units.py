"""Measure words and units: what a number counts in.

The longest unit wins (人次 before 人), and a word that merely begins like a unit is none (人大,
元旦, 期间). The scales 万 and 亿 are not units; they are read with the number.
"""

import re
from decimal import Decimal

_COUNTED = """
    大类 件次 人次 户次 场次 批次 车次 班次 架次 航次 频次 团次 艘次 台次 辆次 例次 家次 篇次 人天
    件套 台套 家户 课时 学时 席位 床位 标箱 标准箱 吨公里 件 篇 次 场 人 户 项 个 名 位 家 条 期
    份 本 辑 册 部 所 处 座 套 台 辆 只 头 棵 株 张 笔 类 批 组 支 队 届 封 幅 枚 尊 盏 袋 箱 瓶
    盒 桶 艘 架 趟 轮 遍 列 节 口 眼 孔 段 片 块 颗 粒 朵 匹 羽 尾 栋 幢 间 门 堂 讲 集 卷 页 首
    曲 句 对 双 例 宗 桩 起 班 团 席 票 床 种 面 点 字 顶 副 扇 根 捆 把 款 枝 帧
"""
_PLACES = """
    省区市 省市 省份 市州 州市 县市区 县区 区县 县市 市县 乡镇 镇街 街道 社区 行政村 自然村 村组
    片区 部门 部委 单位
"""
_MEASURES = """
    千瓦时 兆瓦时 千伏安 千瓦 兆瓦 吉瓦 公里 千米 米 厘米 毫米 海里 公顷 亩 平方公里 平方千米
    平方米 平米 立方米 立方 吨 吨标准煤 吨标煤 公斤 千克 克 斤 毫克 微克 升 毫升 倍 美元 欧元 港元
    港币 日元 英镑 韩元 澳元 元 百分点 个百分点 % ％ ‰ kWh MWh kW MW GW km² km kg m² m³ ㎡ GB TB
    PB
"""

# What must not follow a unit, or it is the beginning of another word.
_NOT_BEFORE = {
    "人": "大[代常会]|[民均]",
    "个": "[体别]|百分点",
    "元": "[旦月宵]",
    "户": "外",
    "位": "于",
    "期": "[间限末货]",
    "条": "例",
    "部": "[委队分署]",
    "台": "[账胞商]",
    "组": "织",
    "队": "伍",
    "批": "[示准复]",
    "面": "[向对积]",
    "起": "[来草步义]",
    "幅": "度",
    "节": "气",
    "门": "[店诊]",
    "讲": "话",
    "集": "[中体团]",
    "对": "口",
    "种": "植",
    "团": "[队结]",
    "字": "[方号诀样母]",
    "例": "如",
    "班": "子",
    "款": "项",
    "首": "[次先批]",
    "双": "一流|[高向语]",
    "列": "[为入]",
    "类": "似",
    "升": "[级至到]",
    "架": "构",
    "支": "[部出付]",
    "场": "[所景馆]",
    "项": "目(?!标)",
}
_ONLY_BEFORE = {"点": "建议|意见|要求|体会|思考|措施|希望|做法|经验|启示|考虑"}
_TIME_AFTER_GE = (
    "(?!多?半?(?:月|小时|钟头|工作日|交易日|自然日|日夜|昼夜|星期|礼拜|季度|学期|学年|年|世纪"
    "|寒暑|春秋|五年|周))"
)
_BRACKETED = r"[场人件户批车班架][（(]次[）)]"
_LONE_PLACE = r"[省市县区乡镇村校国州](?=[\s，、,;；。和及的与（()）：:0-9０-９全]|$)"


def _pattern(unit: str) -> str:
    pattern = re.escape(unit)
    if unit.isalnum() and unit[0].isascii():
        return f"{pattern}(?![A-Za-z²³])"
    if followers := _ONLY_BEFORE.get(unit):
        return f"{pattern}(?={followers})"
    if unit == "个":
        pattern += _TIME_AFTER_GE
    if forbidden := _NOT_BEFORE.get(unit):
        pattern += f"(?!{forbidden})"
    return pattern


_LONGEST_FIRST = sorted(
    (_COUNTED + _PLACES + _MEASURES).split(), key=lambda unit: (-len(unit), unit)
)
_UNIT = f"(?:{_BRACKETED}|{'|'.join(map(_pattern, _LONGEST_FIRST))}|{_LONE_PLACE})"

UNIT_PATTERN = f"{_UNIT}(?:[/／]{_UNIT})?"
"""A regular expression for one unit, possibly per another (``微克/立方米``)."""

SCALE_PATTERN = "(?:万亿|[十百千]?[万亿]|千(?![瓦克米伏卡焦帕])|百(?!分))"
"""A regular expression for one scale."""

SCALES = {
    word: Decimal(10**power)
    for word, power in {
        "": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7,
        "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    }.items()
}  # fmt: skip
"""What each scale multiplies by."""

_PLAIN = str.maketrans({"（": None, "）": None, "(": None, ")": None, "％": "%", "／": "/"})


def unit_name(printed: str) -> str:
    """The unit's plain name: ``场（次）`` is 场次, ``个百分点`` is 百分点, ``％`` is %."""
    name = printed.translate(_PLAIN)
    return name.removeprefix("个") if name == "个百分点" else name
