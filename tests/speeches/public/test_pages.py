import re
from datetime import date

import pytest
from django.urls import reverse

from speeches.models import Meeting, Speech
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


def in_order(text: str, *parts: str) -> bool:
    """Whether ``parts`` stand in ``text`` in this order."""
    return re.search(".*".join(map(re.escape, parts)), text, re.DOTALL) is not None


def test_an_empty_site_has_every_list_and_says_so(page):
    for name in ("home", "meetings", "work_items", "speakers", "organizations", "topics"):
        assert re.search("暂无已发布的内容|没有符合条件的内容", page(name))


def test_the_home_page_leads_with_the_newest_meeting(page):
    old = build.meeting("old", title="去年的会议", start_date=date(2023, 1, 5))
    new = build.meeting("new", title="今年的会议", start_date=date(2024, 1, 5))
    undated = build.meeting("undated", title="无日期的会议", start_date=None)
    for draft in (new, old, undated):
        build.published(draft)
    assert in_order(page("home"), 'id="lead-title"', "今年的会议", "去年的会议", "无日期的会议")


def test_the_home_page_shows_work_with_its_figures_topics_and_bodies(page):
    build.small_site(2)
    text = page("home")
    assert in_order(text, "亮点工作", "第1项工作", "<b>19</b>件", "提案")
    assert in_order(text, "主题", "民生")
    assert in_order(text, 'id="organizations-title"', "青禾市第0政协")


def test_meetings_are_filtered_by_year_and_kind(page):
    build.published(build.meeting("a", title="甲会", start_date=date(2023, 1, 5), kind="forum"))
    build.published(build.meeting("b", title="乙会", start_date=date(2024, 1, 5), kind="forum"))
    build.published(build.meeting("c", title="丙会", start_date=date(2024, 2, 5), kind="plenary"))
    assert in_order(page("meetings"), "丙会", "乙会", "甲会")
    text = page("meetings", query="?year=2024&kind=forum")
    assert "乙会" in text
    assert "甲会" not in text
    assert "丙会" not in text
    assert "甲会" in page("meetings", query="?year=1999&kind=x")


def test_lists_have_pages_of_twenty(client, page):
    for number in range(21):
        build.published(build.meeting(f"m{number}", title=f"第{number}号会议"))
    assert page("meetings").count('class="meeting-row"') == 20
    assert page("meetings", query="?page=2").count('class="meeting-row"') == 1
    assert 'href="?kind=other&amp;page=2"' in page("meetings", query="?kind=other")
    for wrong in ("3", "0", "x"):
        assert client.get(reverse("meetings"), {"page": wrong}).status_code == 404


def two_speeches() -> tuple[Meeting, Speech, Speech]:
    """Publish a meeting with two speeches, and return them in their order."""
    draft = build.meeting()
    build.published(draft)
    later = build.speech(draft, title="后讲的", position=2, summary="这一篇讲水。")
    sooner = build.speech(draft, title="先讲的", position=1, byline="白鹭县政协主席　周望舒")
    for speech in (later, sooner):
        build.published(speech)
    return draft, sooner, later


def test_a_meeting_page_is_the_digest_in_the_order_of_the_meeting(page):
    draft, sooner, later = two_speeches()
    text = page("meeting", draft.slug)
    assert in_order(
        text,
        "凝心聚力谋发展",
        "云岭省政协工作经验交流会",
        "——交流发言摘登",
        "2024年10月18日",
        "青禾市",
        "编者按：会议在青禾市召开。",
        'id="contents-title"',
        reverse("meeting_in_full", args=[draft.slug]),
        f'id="s{sooner.pk}"',
        f'href="{reverse("speech", args=[sooner.pk])}"',
        "先讲的",
        "白鹭县政协主席　",
        "青禾市政协围绕中心、服务大局。",
        f'id="s{later.pk}"',
        "后讲的",
        "这一篇讲水。",
    )


def test_the_opening_of_a_long_speech_is_cut(page):
    draft = build.meeting()
    build.published(draft)
    build.published(build.speech(draft, body=f"<p>开头{'字' * 200}结尾</p>"))
    text = page("meeting", draft.slug)
    assert f"开头{'字' * 97}…" in text
    assert "结尾" not in text


def test_a_meeting_is_read_and_printed_as_one_long_page(page):
    draft, sooner, later = two_speeches()
    text = page("meeting_in_full", draft.slug)
    assert in_order(
        text,
        "编者按：会议在青禾市召开。",
        f'href="#s{sooner.pk}"',
        f'id="s{sooner.pk}"',
        "全年提交提案19件。",
        f'id="s{later.pk}"',
        "全年提交提案19件。",
    )
    anchors = re.findall(r'\bid="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    assert f's{sooner.pk}-p3"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_meeting_with_a_chinese_address_is_found(page):
    build.published(build.meeting("二〇二四年交流会"))
    assert "云岭省政协工作经验交流会" in page("meeting", "二〇二四年交流会")


def test_a_speech_page_has_its_facts_anchors_and_neighbours(page):
    of = build.meeting()
    build.published(of)
    person = build.person()
    drafts = [
        build.speech(
            of,
            title=f"第{number}篇",
            position=5,
            speakers=(person,),
            responsible_editor="柳芽",
            tags=("民生",),
        )
        for number in range(3)
    ]
    editions = [build.published(draft) for draft in drafts]
    text = page("speech", drafts[1].pk)
    assert in_order(
        text,
        "当前位置",
        "会议",
        of.title,
        "<h1>第1篇</h1>",
        "青禾市政协党组书记、主席",
        "来源：云岭政协报",
        editions[1].first_published_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        "责任编辑：柳芽",
        '<p id="p1">',
        '<h2 id="p2">',
        '<p id="p3">',
        "民生",
        "上一篇</span>第0篇",
        "下一篇</span>第2篇",
    )
    assert "上一篇" not in page("speech", drafts[0].pk)
    assert "下一篇" not in page("speech", drafts[2].pk)


def test_a_second_edition_keeps_the_first_time_and_says_when_it_changed(page):
    of = build.meeting()
    build.published(of)
    draft = build.speech(of)
    build.published(draft)
    assert "更新时间" not in page("speech", draft.pk)
    draft.title = "更正后的标题"
    draft.save()
    build.published(draft)
    text = page("speech", draft.pk)
    assert "更新时间" in text
    assert "<h1>更正后的标题</h1>" in text


def test_a_speech_lists_the_work_it_tells_of_and_work_links_back_to_its_sentence(page):
    build.small_site()
    draft = build.Speech.objects.get()
    item = build.WorkItem.objects.get()
    assert in_order(page("speech", draft.pk), "这篇发言中的亮点工作", "第0项工作", "<b>19</b>件")
    text = page("work_item", item.pk)
    assert f'href="{reverse("speech", args=[draft.pk])}#p3"' in text
    assert in_order(text, "原文", "含义", "<b>19</b>件", "19件", "提案", "成果", "待核对")


def test_work_whose_speech_is_withdrawn_has_no_link_to_it(page):
    build.small_site()
    draft = build.withdrawn(build.Speech.objects.get())
    text = page("work_item", build.WorkItem.objects.get().pk)
    assert f"/speeches/{draft.pk}/" not in text
    assert draft.title not in text


def test_work_is_filtered_by_year_body_and_topic(page):
    body = build.body()
    build.published(build.work(title="甲事", year=2023, organization=body, tags=("民生",)))
    build.published(build.work(title="乙事", year=2024, tags=("生态",)))
    for query in ("?year=2023", f"?organization={body.pk}", "?topic=民生"):
        text = page("work_items", query=query)
        assert "甲事" in text
        assert "乙事" not in text


def test_speakers_are_grouped_by_the_first_letter_of_the_pinyin(page):
    of = build.meeting()
    build.published(of)
    people = [build.person(name) for name in ("周望舒", "林清溪", "陈远山")]
    for person in people:
        build.published(build.speech(of, speakers=(person,)))
    assert in_order(page("speakers"), ">C</h2>", "陈远山", ">L</h2>", "林清溪", ">Z</h2>", "周望舒")
    only = page("speakers", query="?initial=L")
    assert "林清溪" in only
    assert "周望舒" not in only


def test_a_speaker_shows_each_post_as_printed_at_the_time_and_no_staff_note(page):
    person = build.person(note="内部区分用", biography="曾在白鹭县工作。")
    for number, post in enumerate(("副主席", "主席")):
        of = build.meeting(f"m{number}", start_date=date(2022 + number, 3, 1))
        build.published(of)
        build.published(build.speech(of, speakers=(person,), posts_printed=[post]))
    text = page("speaker", person.pk)
    assert in_order(
        text,
        "曾在白鹭县工作。",
        "青禾市政协主席",
        "2023年3月1日",
        "青禾市政协副主席",
        "2022年3月1日",
    )
    assert "内部区分用" not in text
    assert "内部区分用" not in page("speakers")


def test_a_body_without_own_pieces_has_a_page_through_a_body_below_it(client, page):
    province = build.body("云岭省政协", level="provincial")
    city = build.body("青禾市政协", parent=province, level="municipal")
    idle = build.body("松原河市政协", parent=province)
    build.published(build.work(organization=city))
    assert in_order(page("organizations"), "省级", "云岭省政协", "市级", "青禾市政协")
    text = page("organization", province.pk)
    assert "青禾市政协" in text
    assert "松原河市政协" not in text
    assert client.get(reverse("organization", args=[idle.pk])).status_code == 404


def test_organizations_are_filtered_by_level_and_kind(page):
    for name, level, kind in (("甲", "county", "party"), ("乙", "municipal", "party")):
        organization = build.body(f"{name}委员会", level=level, kind=kind)
        build.published(build.work(organization=organization))
    text = page("organizations", query="?level=county&kind=party")
    assert "甲委员会" in text
    assert "乙委员会" not in text


def test_a_hidden_body_is_named_but_has_no_page_and_no_link(client, page):
    hidden = build.body(is_public=False)
    of = build.meeting()
    build.published(of)
    draft = build.speech(of, organization=hidden)
    build.published(draft)
    address = reverse("organization", args=[hidden.pk])
    assert client.get(address).status_code == 404
    for text in (page("speech", draft.pk), page("organizations"), page("home")):
        assert f'href="{address}"' not in text


def test_a_topic_shows_its_speeches_and_its_work(page):
    build.small_site(2)
    assert in_order(page("topics"), "民生", "2篇发言", "2项亮点工作", "提案0")
    text = page("topic", "提案1")
    assert in_order(text, "第1篇发言", "第1项工作")
    assert "第0篇发言" not in text


def test_a_topic_without_letters_breaks_no_page(page):
    of = build.meeting()
    build.published(of)
    draft = build.speech(of, tags=("！",))
    build.published(draft)
    assert "！" in page("speech", draft.pk)
    assert page("home")
    assert page("topics")


def test_hostile_text_is_escaped_on_every_page(page):
    evil = "</script><script>alert(1)</script>\"'&"
    body = build.body(evil, introduction=evil)
    person = build.person(evil, biography=evil)
    of = build.meeting(
        title=evil, kicker=evil, subtitle=evil, editors_note=evil, place=evil, host=body
    )
    build.published(of)
    draft = build.speech(
        of,
        title=evil,
        byline=evil,
        summary=evil,
        organization=body,
        speakers=(person,),
        tags=(evil,),
        source=evil,
    )
    build.published(draft)
    figure = {"printed": evil, "object": evil, "unit": "<b>"}
    item = build.work(
        title=evil, summary=evil, organization=body, speech=draft, tags=(evil,), figures=(figure,)
    )
    build.published(item)
    slug = draft.tags.get().slug
    pages = [
        *map(page, ("home", "meetings", "work_items", "speakers", "organizations", "topics")),
        page("meeting", of.slug),
        page("meeting_in_full", of.slug),
        page("speech", draft.pk),
        page("work_item", item.pk),
        page("organization", body.pk),
        page("speaker", person.pk),
        page("topic", slug),
    ]
    for text in pages:
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "</script><script>" not in text.replace("</script>\n<script>", "")
