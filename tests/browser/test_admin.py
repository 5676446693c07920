"""The admin in a real Chromium: the editor under its policy, two tabs, review by buttons."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from speeches.enums import Stage
from speeches.models import Speech
from tests.browser.conftest import watch
from tests.speeches.admin.conftest import SAMPLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEDIA_ADDRESS = re.compile(r"/media/pictures/[0-9]{4}/[0-9]{2}/[0-9a-f]{32}\.jpg")


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong in the pages that were opened."""
    return []


@pytest.fixture
def sit_down(browser, live_server, staff, wrong) -> Iterator[Callable[..., Page]]:
    """Return a function that logs a colleague in and answers the desk."""
    contexts = []

    def desk_of(name: str, width: int = 1366) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, wrong)
        page.goto(reverse("admin:login"))
        page.get_by_label("用户名").fill(name)
        page.get_by_label("密码").fill("pw")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="待我处理")).to_be_visible()
        return page

    yield desk_of
    for context in contexts:
        context.close()


def change(speech: Speech) -> str:
    return reverse("admin:speeches_speech_change", args=[speech.pk])


def test_the_editor_types_bold_text_and_saves_it_without_a_violation(sit_down, speech, wrong):
    page = sit_down("editor")
    answer = page.goto(change(speech))
    assert "script-src-attr 'unsafe-inline'" in answer.headers["content-security-policy"]
    text = page.locator(".cke_editable")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("新写的一段")
    page.keyboard.press("Shift+Home")
    page.get_by_role("button", name="加粗").click()
    page.get_by_role("button", name="保存并继续编辑").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".cke_editable strong")).to_have_text("新写的一段")
    speech.refresh_from_db()
    assert '<p id="p3"><strong>新写的一段</strong></p>' in speech.body
    assert wrong == []


def test_a_picture_is_chosen_sent_and_put_into_the_text(sit_down, speech, tmp_path, wrong):
    page = sit_down("editor")
    page.goto(change(speech))
    page.locator(".cke_editable").click()
    picture = tmp_path / "会场.png"
    Image.new("RGB", (64, 48), "green").save(picture)
    page.get_by_role("button", name="插入图片").click()
    page.get_by_label("新图片", exact=True).set_input_files(picture)
    page.get_by_role("button", name="放入正文").click()
    expect(page.locator(".picture-dialog .errornote")).to_contain_text("图片内容")
    page.get_by_label("图片内容").fill("会场全景")
    page.get_by_role("button", name="放入正文").click()
    expect(page.locator(".cke_editable img")).to_have_attribute("src", MEDIA_ADDRESS)
    page.get_by_role("button", name="插入图片").click()
    page.locator(".picture-shelf").get_by_role("button", name="会场全景").click()
    expect(page.locator(".cke_editable img")).to_have_count(2)
    page.get_by_role("button", name="保存并继续编辑").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    speech.refresh_from_db()
    assert MEDIA_ADDRESS.search(speech.body)
    assert wrong == []


def test_what_is_no_picture_is_refused_in_chinese(sit_down, speech, tmp_path):
    page = sit_down("editor")
    page.goto(change(speech))
    picture = tmp_path / "假图.png"
    picture.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    page.get_by_role("button", name="插入图片").click()
    page.get_by_label("新图片", exact=True).set_input_files(picture)
    page.get_by_label("图片内容").fill("假图")
    page.get_by_role("button", name="放入正文").click()
    expect(page.locator(".picture-dialog .errornote")).to_contain_text("不是可以识别的图片")
    assert page.locator(".cke_editable img").count() == 0


def test_the_second_tab_learns_of_the_first_and_loses_nothing(sit_down, speech):
    mine, other = sit_down("editor"), sit_down("manager")
    for page in (mine, other):
        page.goto(change(speech))
    other.locator("#id_title").fill("别人先改的标题")
    other.get_by_role("button", name="保存并继续编辑").click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    mine.locator("#id_title").fill("我后改的标题")
    mine.get_by_role("button", name="保存并继续编辑").click()
    conflict = mine.locator(".conflict")
    conflict.get_by_text("比较", exact=True).click()
    expect(conflict.locator("del").first).to_be_visible()
    expect(mine.locator("#id_title")).to_have_value("我后改的标题")
    conflict.get_by_role("button", name="仍然保存我的").click()
    expect(mine.locator(".messagelist .success")).to_be_visible()
    speech.refresh_from_db()
    assert speech.title == "我后改的标题"


def test_a_crash_loses_no_typed_text(sit_down, speech, wrong):
    page = sit_down("editor")
    page.goto(change(speech))
    page.locator("#id_title").fill("断电前写的标题")
    page.locator(".cke_editable").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("断电前写的话")
    page.locator("#credits-group .add-row a").click()
    page.locator("#id_credits-0-name_printed").fill("林清溪")
    wait_until_kept(page, "林清溪")
    context = page.context
    page.close(run_before_unload=False)

    again = context.new_page()
    watch(again, wrong)
    again.goto(change(speech))
    expect(again.get_by_text("有一份您未保存的文字")).to_be_visible()
    again.get_by_role("button", name="恢复到表单").click()
    expect(again.locator("#id_title")).to_have_value("断电前写的标题")
    expect(again.locator(".cke_editable")).to_contain_text("断电前写的话")
    expect(again.locator("#id_credits-0-name_printed")).to_have_value("林清溪")
    again.locator("#credits-0 .inline-deletelink").click()
    again.get_by_role("button", name="保存并继续编辑").click()
    expect(again.locator(".messagelist .success")).to_be_visible()
    expect(again.locator("[data-autosave]")).to_be_hidden()
    assert kept(again) == []
    speech.refresh_from_db()
    assert "断电前写的话" in speech.body
    assert wrong == []


def test_a_kept_text_meets_what_was_saved_meanwhile_as_a_conflict_and_goes_at_logout(
    sit_down, speech
):
    mine, other = sit_down("editor"), sit_down("manager")
    mine.goto(change(speech))
    mine.locator("#id_title").fill("我没保存的标题")
    wait_until_kept(mine, "我没保存的标题")
    context = mine.context
    mine.close(run_before_unload=False)
    other.goto(change(speech))
    expect(other.locator("[data-presence]")).to_contain_text("云editor")
    other.locator("#id_title").fill("别人先改的标题")
    other.get_by_role("button", name="保存并继续编辑").click()
    expect(other.locator(".messagelist .success")).to_be_visible()

    again = context.new_page()
    again.goto(change(speech))
    expect(again.get_by_text("其间稿件已被保存过")).to_be_visible()
    again.get_by_role("button", name="恢复到表单").click()
    again.get_by_role("button", name="保存并继续编辑").click()
    expect(again.locator(".conflict:not(.kept-text)")).to_be_visible()
    expect(again.locator(".errorlist.nonfield")).to_contain_text("云manager")
    speech.refresh_from_db()
    assert speech.title == "别人先改的标题"
    assert kept(again) != []
    again.goto(reverse("admin:index"))
    again.get_by_role("button", name="注销").click()
    assert kept(again) == []


def kept(page: Page) -> list[str]:
    """What the browser keeps of drafts."""
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept-draft:'))")


def wait_until_kept(page: Page, words: str) -> None:
    for _tenth in range(50):
        if page.evaluate("words => JSON.stringify(localStorage).includes(words)", words):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{words} was not kept")


def test_the_preview_shows_readers_page_on_a_phone(sit_down, speech, wrong):
    page = sit_down("editor", width=390)
    page.goto(reverse("admin:speeches_speech_preview", args=[speech.pk]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    phone, desktop = page.frames[1:]
    for frame in (phone, desktop):
        expect(frame.locator("h1")).to_have_text(speech.title)
    assert phone.evaluate("window.innerWidth") <= 390
    assert desktop.evaluate("window.innerWidth") == 1366
    assert wrong == []


def test_review_by_buttons(sit_down, speech, wrong):
    page = sit_down("editor")
    page.goto(change(speech))
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.locator(".lock")).to_contain_text("审核期间内容锁定")
    page = sit_down("first")
    page.get_by_role("link", name="1 发言 · 初审").click()
    page.get_by_role("link", name=speech.title).click()
    page.get_by_role("button", name="退改").click()
    expect(page.locator(".messagelist .error")).to_contain_text("必须填写意见")
    page.get_by_label("意见").fill("第二段数据请核对")
    page.get_by_role("button", name="退改").click()
    expect(page.locator(".records")).to_contain_text("第二段数据请核对")
    speech.refresh_from_db()
    assert speech.stage == Stage.NEEDS_CHANGES
    assert wrong == []


def test_the_workbench_from_the_file_to_the_drafts_under_the_strict_policy(
    sit_down, staff, tmp_path, wrong
):
    file = tmp_path / "摘登.txt"
    file.write_text(SAMPLE, encoding="gb18030")
    page = sit_down("editor")
    page.get_by_role("link", name="导入文件").click()
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="读取文件").click()
    expect(page.locator(".speech")).to_have_count(2)
    page.locator(".speech-menu summary").first.click()
    page.get_by_role("link", name="改正题目、署名和正文").first.click()
    page.get_by_label("标题").fill("更正后的标题")
    page.get_by_role("button", name="保存本篇").click()
    expect(page.locator(".speech h2").first).to_contain_text("更正后的标题")
    page.get_by_role("button", name="全部接收（2 篇）").click()
    expect(page.locator(".messagelist .success")).to_contain_text("新建草稿 2 篇")
    assert Speech.objects.filter(title="更正后的标题", author=staff.editor).exists()
    assert wrong == []


def test_a_typed_text_is_not_left_by_mistake(sit_down, speech):
    page = sit_down("editor")
    page.goto(change(speech))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("#id_title").fill("还没保存")
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.locator("#id_title")).to_have_value("还没保存")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("name", ["speech", "meeting", "importbatch", "speechedition"])
def test_no_page_scrolls_sideways_on_a_phone(sit_down, speech, name):
    page = sit_down("manager", width=390)
    addresses = [reverse("admin:index"), reverse(f"admin:speeches_{name}_changelist")]
    if name == "speech":
        addresses.append(change(speech))
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
