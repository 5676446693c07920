"""Candidates of highlighted work: which paragraphs make one, its title, topics and figures."""

from speeches.parsing import find_candidates, find_figures
from speeches.parsing.topics import find_topics


def _candidates(*paragraphs):
    figures = find_figures(paragraphs)
    return [
        (found.paragraph, found.title, [figures[place].text for place in found.figures])
        for found in find_candidates(paragraphs, figures)
    ]


def test_a_paragraph_with_results_makes_one_candidate_with_all_its_figures():
    assert _candidates(
        "青禾市政协坚持以人民为中心。",
        "一、聚焦饮水难。采集水样320份，提出建议26条。",
        "二、聚焦养老。新建老年食堂42家。",
    ) == [
        (1, "聚焦饮水难", ["采集水样320份", "提出建议26条"]),
        (2, "聚焦养老", ["新建老年食堂42家"]),
    ]


def test_plans_and_others_work_make_none():
    assert _candidates("计划新建托育园18所。", "全省已有民宿2.3万家。") == []


def test_a_target_beside_a_result_goes_with_its_candidate():
    (candidate,) = _candidates("建成议事室36个。今年计划新建议事室40个。")
    assert candidate[2] == ["建成议事室36个", "计划新建议事室40个"]


def test_a_heading_above_gives_the_title():
    assert _candidates("一、选准协商题目", "收集议题340个，确定年度议题32个。") == [
        (1, "选准协商题目", ["收集议题340个", "确定年度议题32个"])
    ]
    assert _candidates("工作情况：", "收集议题340个。")[0][1] == "收集议题340个"


def test_topics_are_those_most_spoken_of_and_three_at_most():
    assert (
        find_topics("新建老年食堂42家，为老人助餐，养老床位增加。学校捐赠图书。")[0] == "养老托育"
    )
    assert len(find_topics("提案、监督、学校、医院、养老、企业、社区、旅游")) == 3
    assert find_topics("天气很好。") == ()
