"""The import workbench in a real Chromium: by mouse, by keys, and without scripts."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from organizations.models import Speaker
from speeches.models import ImportBatch, Meeting, Speech
from speeches.services import imports
from tests.browser.conftest import watch
from tests.speeches.admin.conftest import SAMPLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong in the pages that were opened."""
    return []


@pytest.fixture
def batch(staff) -> ImportBatch:
    """A read file of two speeches; one of the speakers has a namesake on record."""
    Speaker.objects.create(name="江小舟")
    return imports.create_batch(data=SAMPLE.encode(), filename="摘登.txt", user=staff.editor)[0]


@pytest.fixture
def open_bench(browser, live_server, batch, wrong) -> Iterator[Callable[..., Page]]:
    """Return a function that logs a colleague in and opens the workbench."""
    contexts = []

    def opened(name: str = "editor", width: int = 1366, **options) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, wrong)
        page.goto(reverse("admin:login"))
        page.get_by_label("用户名").fill(name)
        page.get_by_label("密码").fill("pw")
        page.get_by_role("button", name="登录").click()
        page.goto(reverse("admin:speeches_importbatch_change", args=[batch.pk]))
        return page

    yield opened
    for context in contexts:
        context.close()


def paragraphs(page: Page, speech: int) -> Locator:
    """The paragraphs of a speech."""
    return page.locator(".speech").nth(speech - 1).locator(".blocks .words")


def words(page: Page, speech: int) -> list[str]:
    """The first characters of each paragraph of a speech, as the page shows them."""
    return [row.inner_text().strip()[:6] for row in paragraphs(page, speech).all()]


def drag(page: Page, grip: Locator, target: Locator) -> None:
    """Take ``grip`` in the middle of the window and let go above ``target``."""
    grip.evaluate("element => element.scrollIntoView({block: 'center'})")
    start, goal = grip.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 17, start["y"] + 17)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 40, steps=4)
    page.mouse.move(goal["x"] + 200, goal["y"] + 4, steps=8)
    page.mouse.up()


def choose(page: Page, speech: int, paragraph: int) -> None:
    page.locator(".speech").nth(speech - 1).locator(".grip").nth(paragraph - 1).click()


def test_a_paragraph_is_dragged_into_another_speech(open_bench, batch, wrong):
    page = open_bench()
    before = words(page, 2)
    grip = page.locator(".speech").nth(0).locator(".grip").nth(1)
    drag(page, grip, page.locator(".speech").nth(1).locator(".block").nth(0))
    expect(page.locator(".toast")).to_contain_text("移到第2篇")
    assert words(page, 2) == ["一、坚持学习", *before]
    expect(page.locator("#bench-status")).to_contain_text("移到第2篇")
    assert batch.items.last().paragraphs[0].startswith("一、坚持学习")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".toast")).to_contain_text("已撤销")
    assert words(page, 2) == before
    assert wrong == []


def test_a_step_leaves_what_is_typed_of_the_meeting_and_its_calendar(open_bench, batch, wrong):
    page = open_bench()
    form = page.locator(".meeting-form")
    form.locator("[name=title]").fill("青禾市政协年度会议")
    choose(page, 1, 2)
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#bench-status")).to_contain_text("本篇内移动")
    expect(form.locator("[name=title]")).to_have_value("青禾市政协年度会议")
    expect(form.locator(".datetimeshortcuts")).to_have_count(1)
    form.get_by_role("button").click()
    expect(page.locator("#bench-head")).to_contain_text("青禾市政协年度会议")
    assert batch.edits.count() == 2
    assert wrong == []


def test_all_is_done_by_keys(open_bench, batch, wrong):
    page = open_bench()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".block.chosen .words")).to_contain_text("一、坚持学习")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#bench-status")).to_contain_text("本篇内移动")
    assert words(page, 1)[0] == "一、坚持学习"
    expect(page.locator(".block.chosen .words")).to_contain_text("一、坚持学习")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator(".speech")).to_have_count(3)
    page.keyboard.press("g")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("#bench-status")).to_contain_text("移到第3篇")
    assert words(page, 3)[-1] == "青禾市政协坚"
    page.keyboard.press("u")
    expect(page.locator("#bench-status")).to_contain_text("已撤销")
    page.keyboard.press("x")
    expect(page.locator("#aside .words").last).to_contain_text("青禾市政协坚持")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert wrong == []


def test_a_paragraph_is_cut_in_a_dialog(open_bench, wrong):
    page = open_bench()
    choose(page, 2, 1)
    page.keyboard.press("e")
    box = page.get_by_role("dialog").get_by_role("textbox")
    expect(box).to_have_value(page.locator(".block.chosen .words").get_attribute("data-text"))
    box.press("Home")
    box.fill("头一段。\n后一段。")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(page.locator(".toast")).to_contain_text("已拆开")
    assert words(page, 2)[:2] == ["头一段。", "后一段。"]
    assert wrong == []


def test_a_speech_is_merged_by_its_menu_and_the_page_stays_where_it_is(open_bench, wrong):
    page = open_bench()
    page.locator(".speech").nth(1).locator(".speech-menu summary").click()
    page.get_by_role("button", name="并入前一篇").locator("visible=true").click()
    expect(page.locator(".speech")).to_have_count(1)
    assert "用心协商　办" in words(page, 1)
    assert wrong == []


def test_a_paragraph_leads_to_its_source_and_the_source_back(open_bench, wrong):
    page = open_bench()
    choose(page, 2, 2)
    lit = page.locator(".run.lit")
    expect(lit).to_contain_text("下一步")
    page.locator(".speech").nth(0).locator(".run").nth(1).click()
    expect(page.locator(".block.chosen .words")).to_contain_text("一、坚持学习")
    expect(page.locator(".block.chosen input")).to_be_focused()
    assert wrong == []


def test_names_are_decided_and_everything_becomes_drafts(open_bench, batch, wrong):
    page = open_bench()
    page.get_by_role("link", name="姓名与单位").click()
    question = page.locator(".question.open")
    expect(question).to_contain_text("“江小舟”是谁？")
    question.get_by_label("同名另一人").check()
    question.locator("input[name=note]").fill("白鹭")
    question.get_by_role("button", name="确认").click()
    expect(page.locator(".queue-told")).to_contain_text("都已确认")
    page.get_by_role("link", name="亮点工作").click()
    page.get_by_label("标题").first.fill("学习有成效")
    page.get_by_role("button", name="保存亮点工作").click()
    expect(page.locator(".messagelist")).to_contain_text("已保存")
    page.get_by_role("button", name="全部接收").click()
    expect(page.locator(".messagelist")).to_contain_text("新建草稿 2 篇")
    assert Speech.objects.count() == 2
    assert Meeting.objects.get().title == batch.meeting_title
    assert Speaker.objects.filter(name="江小舟", note="白鹭").exists()
    assert wrong == []


def test_two_editors_do_not_overwrite_each_other(open_bench, staff, batch):
    mine, other = open_bench("editor"), open_bench("manager")
    choose(other, 1, 2)
    other.get_by_role("button", name="上移").click()
    expect(other.locator(".toast")).to_contain_text("本篇内移动")
    choose(mine, 1, 3)
    mine.get_by_role("button", name="移出正文").click()
    expect(mine.locator(".toast")).to_contain_text("manager在")
    assert words(mine, 1) == words(other, 1)
    assert batch.items.first().paragraphs[0].startswith("一、坚持学习")


def test_without_scripts_every_step_works_by_its_button(open_bench, batch):
    page = open_bench(java_script_enabled=False)
    choose(page, 1, 2)
    page.get_by_role("button", name="由此另起一篇").click()
    expect(page.locator(".speech")).to_have_count(3)
    choose(page, 2, 1)
    page.get_by_label("移到第几篇").fill("3")
    page.get_by_role("button", name="移动", exact=True).last.click()
    expect(paragraphs(page, 3).last).to_contain_text("一、坚持学习")
    page.get_by_role("button", name="撤销").click()
    expect(paragraphs(page, 2).first).to_contain_text("一、坚持学习")


@pytest.mark.parametrize("width", [1366, 390])
def test_the_page_never_scrolls_sideways(open_bench, batch, width):
    page = open_bench(width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("names", "work"):
        page.goto(reverse(f"admin:speeches_importbatch_{name}", args=[batch.pk]))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
