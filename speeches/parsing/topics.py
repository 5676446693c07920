"""Topics a paragraph of a report of work is about, told by the words it uses."""

import re

_WORDS = {
    "党建": "党建|党组织|党支部|全面从严治党|党风廉政|主体责任|三会一课|政治建设",
    "理论学习": "理论武装|学习教育|读书班|集中学习|宣讲|培训班|读书活动|委员讲堂",
    "提案": "提案|立案|办复|督办",
    "社情民意": "社情民意|民意信息",
    "协商": "协商|议政|议事|建言|座谈会",
    "监督": "监督|视察|评议|督查|整改",
    "委员履职": "委员队伍|委员履职|履职档案|委员工作室|委员工作站|界别",
    "统战": "统战|民主党派|党外人士|各民族|宗教|归侨|侨眷|侨胞|港澳|台胞|联谊",
    "文史": "文史|口述史料|史料|宣传|专栏|推送|稿件|新媒体",
    "乡村振兴": "乡村|农村|村民|农户|农业|合作社|脱贫|帮扶|果农|种植",
    "生态": "生态|环境|污染|河道|河长|绿地|湿地|森林|节水|水源|垃圾",
    "教育": "教育|学校|学位|幼儿园|课后|校长|教师|学生|校园",
    "医疗健康": "医疗|医院|义诊|中医|健康|患者|诊治|卫生",
    "养老托育": "养老|老年|老人|托育|托位|婴幼儿|助餐",
    "就业创业": "就业|创业|技工|技能人才|岗位|增收",
    "产业": "产业|企业|投资|项目|产值|营商环境|签约|经营主体|市场主体",
    "科技创新": "科技|创新|专利|研发|数字化|大数据|数据",
    "文化旅游": "文化|旅游|游客|非遗|文物|展览|演出|书屋|图书",
    "基础设施": "公路|道路|管网|路灯|桥梁|渠道|水厂|水库|改造|停车",
    "基层治理": "治理|网格|社区|调解|纠纷|矛盾|信访|诉求",
    "民生": "实事|饮水|供水|困难群众|慰问|捐款|捐资|善款|急难愁盼|救助",
}
_TOPICS = {topic: re.compile(words) for topic, words in _WORDS.items()}
_MOST = 3


def find_topics(text: str) -> tuple[str, ...]:
    """Return the topics of ``text``, at most three, those with the most words first.

    They are suggestions: a word may stand in a sentence about something else.
    """
    hits = {topic: len(words.findall(text)) for topic, words in _TOPICS.items()}
    found = sorted((topic for topic in hits if hits[topic]), key=lambda topic: -hits[topic])
    return tuple(found[:_MOST])
