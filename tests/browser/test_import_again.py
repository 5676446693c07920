"""A corrected file is imported, compared and taken over in a real Chromium."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from speeches.enums import Stage
from speeches.models import Meeting, Speech, SpeechEdition
from speeches.services import acceptance, imports, publications
from tests.browser.conftest import watch
from tests.speeches.admin.conftest import SAMPLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDED = """
把图书室建到村口

白鹭县政协委员　沈知微

去年秋天，我走进15所乡村小学。

建议利用闲置教室改造图书室38间。
"""
CORRECTED = (
    SAMPLE.replace("30余次", "40余次").replace("用心协商　办好白鹭民生", "用心协商　办好民生")
    + ADDED
)


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong in the pages that were opened."""
    return []


@pytest.fixture
def published(staff) -> Meeting:
    """The meeting as it was first imported, its first speech public."""
    batch, _new = imports.create_batch(data=SAMPLE.encode(), filename="摘登.txt", user=staff.editor)
    meeting = acceptance.accept(batch=batch, user=staff.editor).meeting
    staff.approve(meeting, *Speech.objects.all())
    publications.publish_meeting(meeting=meeting, user=staff.final)
    return meeting


@pytest.fixture
def editor(browser, live_server, staff, wrong) -> Iterator[Callable[[bool], Page]]:
    """Return a function that opens the admin for an editor, with or without JavaScript."""
    contexts = []

    def desk(scripts: bool) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 1366, "height": 900},
            locale="zh-CN",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, wrong)
        page.goto(reverse("admin:login"))
        page.get_by_label("用户名").fill("editor")
        page.get_by_label("密码").fill("pw")
        page.get_by_role("button", name="登录").click()
        return page

    yield desk
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_corrected_file_is_compared_and_taken(editor, published, wrong, tmp_path, scripts):
    page = editor(scripts)
    corrected = tmp_path / "更正.txt"
    corrected.write_text(CORRECTED)
    page.goto(reverse("admin:speeches_importbatch_add"))
    page.locator("#id_file").set_input_files(corrected)
    page.get_by_role("button", name="读取文件").click()
    page.get_by_role("link", name="与现有稿件比对").click()

    first = page.locator(".revision").nth(0)
    expect(first.locator("del")).to_have_text("30")
    expect(first.locator("ins")).to_have_text("40")
    expect(first).to_contain_text("公开的版本保持不变")
    expect(page.locator(".revision").nth(2)).to_contain_text("文件新增")
    page.locator(".revision").nth(1).get_by_label("保留现稿").check()
    page.get_by_role("button", name="执行全部决定").click()

    told = page.locator(".messagelist")
    expect(told).to_contain_text("新建草稿 1 篇；更新草稿 1 篇；其中已发布 1 篇，须重新三审")
    expect(page.locator(".outcome")).to_contain_text("把图书室建到村口")
    changed = Speech.objects.get(position=1)
    assert changed.stage == Stage.DRAFT
    assert "40余次" in changed.body
    assert not Speech.objects.filter(title="用心协商　办好民生").exists()
    assert SpeechEdition.objects.current().get(speech=changed).body.count("30余次") == 1
    assert wrong == []


def test_the_page_fits_a_telephone(editor, published, wrong, staff):
    batch, _new = imports.create_batch(
        data=CORRECTED.encode(), filename="更正.txt", user=staff.editor
    )
    page = editor(True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("admin:speeches_importbatch_differences", args=[batch.pk]))
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    expect(page.get_by_role("button", name="执行全部决定")).to_be_visible()
    for box in page.locator(".decision label").all():
        assert box.bounding_box()["height"] >= 24
    assert wrong == []
