"""The whole day of an office in a real Chromium, from the file to the withdrawal.

``make handbook`` walks the same way and keeps pictures of it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from organizations.models import Organization
from speeches.models import Meeting, Speech, SpeechEdition, WorkItem
from speeches.services.record_workbooks import OrganizationWorkbook
from speeches.spreadsheets import write
from tests.browser.conftest import watch
from tests.browser.handbook import picture
from tests.conftest import GROUPS
from tests.speeches.admin.conftest import SAMPLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = {
    "editor": "方采薇",
    "first": "程初晴",
    "second": "傅明远",
    "final": "钟致和",
    "manager": "管静安",
}
REVIEWERS = ("first", "second", "final")
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<!--StartFragment--><p class=MsoNormal style='text-indent:32pt;mso-char-indent-count:2;
mso-line-height-rule:exactly'><b><span style='font-size:16.0pt;font-family:仿宋_GB2312;
mso-hansi-font-family:Calibri;color:red'>三、坚持实干为要,</span></b>
<span lang=EN-US><o:p></o:p></span><span onclick="alert(1)">全年走访企业56家。</span></p>
<!--EndFragment--></body></html>"""
PASTE = """(element, html) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  element.dispatchEvent(event);
}"""


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong in the pages that were opened."""
    return []


@pytest.fixture
def colleague(browser, live_server, staff, wrong) -> Iterator[Callable[[str], Page]]:
    """Return a function: the browser in which a colleague is signed in."""
    contexts = []
    for who, name in NAMES.items():
        person = getattr(staff, who)
        person.last_name, person.first_name = name[0], name[1:]
        person.save()

    def seated(who: str) -> Page:
        client = Client()
        client.force_login(getattr(staff, who), "django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 1200, "height": 760},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([{**cookie, "url": live_server.url}])
        page = context.new_page()
        watch(page, wrong)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    yield seated
    for context in contexts:
        context.close()


def change(draft) -> str:
    return reverse(f"admin:speeches_{draft._meta.model_name}_change", args=[draft.pk])


def done(page: Page) -> None:
    expect(page.locator(".messagelist .success").first).to_be_visible()


def step(page: Page, draft, button: str, opinion: str = "") -> None:
    """Take a step with a draft by its button."""
    page.goto(change(draft))
    if opinion:
        page.get_by_label("意见").fill(opinion)
    page.get_by_role("button", name=button, exact=True).click()
    done(page)


def import_file(editor: Page, file: Path) -> Speech:
    file.write_text(SAMPLE, encoding="gb18030")
    editor.goto(reverse("admin:speeches_importbatch_add"))
    editor.get_by_label("文件").set_input_files(file)
    picture(editor, "import-file")
    editor.get_by_role("button", name="读取文件").click()
    expect(editor.locator(".speech")).to_have_count(2)
    picture(editor, "import-check")
    editor.get_by_role("button", name="全部接收（2 篇）").click()
    done(editor)
    editor.goto(reverse("admin:index"))
    picture(editor, "desk")
    return Speech.objects.order_by("position").first()


def paste_from_word(editor: Page, speech: Speech) -> None:
    editor.goto(change(speech))
    text = editor.locator(".cke_editable")
    text.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.press("Enter")
    text.evaluate(PASTE, WORD)
    expect(text.locator("strong")).to_have_text("三、坚持实干为要,")
    text.scroll_into_view_if_needed()
    picture(editor, "edit")
    editor.get_by_role("button", name="保存并继续编辑").click()
    done(editor)
    speech.refresh_from_db()
    assert "<strong>三、坚持实干为要,</strong>" in speech.body
    assert not any(word in speech.body for word in ("mso", "Mso", "style=", "font", "onclick"))


def proofread(editor: Page, speech: Speech) -> None:
    editor.goto(reverse("admin:speeches_speech_proofreading", args=[speech.pk]))
    finding = editor.locator(".finding").filter(has=editor.get_by_role("button", name="，"))
    picture(editor, "proofread")
    finding.get_by_role("button").first.click()
    done(editor)
    speech.refresh_from_db()
    assert "三、坚持实干为要，" in speech.body


def submit_changed(editor: Page, speech: Speech, field: str, value: str) -> None:
    editor.goto(change(speech))
    editor.locator(f"#id_{field}").fill(value)
    editor.get_by_role("button", name="保存并送审").click()
    done(editor)


def review(people: dict[str, Page], speech: Speech) -> None:
    """Three people read it; the second sends it back once."""
    editor, second = people["editor"], people["second"]
    step(editor, speech, "送审")
    step(people["first"], speech, "通过", "数据已核对")
    second.goto(reverse("admin:speeches_speech_reading", args=[speech.pk]))
    picture(second, "review")
    step(second, speech, "退改", "第三部分请补充来源")
    picture(second, "send-back")
    editor.goto(change(speech))
    expect(editor.locator(".records")).to_contain_text("请补充来源")
    submit_changed(editor, speech, "source", "青禾市政协办公室")
    for who in REVIEWERS:
        step(people[who], speech, "通过", "同意")


def publish_meeting(final: Page, meeting: Meeting) -> None:
    final.goto(reverse("admin:speeches_meeting_board", args=[meeting.pk]))
    picture(final, "publish")
    final.goto(change(meeting))
    final.get_by_role("button", name="整场发布").first.click()
    done(final)


def correct(people: dict[str, Page], speech: Speech) -> None:
    step(people["editor"], speech, "修订")
    submit_changed(people["editor"], speech, "title", f"{speech.title}（更正）")
    for who in REVIEWERS:
        step(people[who], speech, "通过")
    assert not SpeechEdition.objects.filter(title__endswith="（更正）").exists()
    step(people["final"], speech, "发布")


def withdraw(final: Page, speech: Speech) -> None:
    final.goto(change(speech))
    final.get_by_label("意见").fill("单位来函要求撤下")
    final.locator("#review").scroll_into_view_if_needed()
    picture(final, "withdraw")
    final.get_by_role("button", name="撤稿", exact=True).click()
    done(final)


def test_from_the_file_to_the_withdrawal(colleague, staff, wrong, tmp_path):
    people = {who: colleague(who) for who in GROUPS}
    editor, final = people["editor"], people["final"]
    speech = import_file(editor, tmp_path / "发言摘登.txt")
    paste_from_word(editor, speech)
    proofread(editor, speech)
    others = Speech.objects.exclude(pk=speech.pk)
    staff.approve(speech.meeting, *others, *WorkItem.objects.all())
    review(people, speech)
    publish_meeting(final, speech.meeting)
    reader = final.context.new_page()
    address = SpeechEdition.objects.get(speech=speech).get_absolute_url()
    reader.goto(address)
    expect(reader.locator("h1")).to_contain_text(speech.title)
    picture(reader, "public")
    correct(people, speech)
    reader.goto(reverse("corrections", args=[speech.pk]))
    expect(reader.locator("main")).to_contain_text("（更正）")
    picture(reader, "correction")
    withdraw(final, speech)
    assert reader.goto(address).status == 410
    assert wrong == []


def test_the_pages_around_it(colleague, staff, wrong, settings, tmp_path):
    Organization.objects.create(name="青禾市政协")
    manager, editor = colleague("manager"), colleague("editor")
    book = tmp_path / "单位.xlsx"
    rows = [
        {"name": "白鹭县政协", "parent": "青禾市政协"},
        {"name": "云溪县政协", "parent": "无此单位"},
    ]
    book.write_bytes(write("单位", OrganizationWorkbook().columns(), rows))
    editor.goto(reverse("admin:organizations_organization_changelist"))
    editor.get_by_role("link", name="导入工作簿").click()
    editor.get_by_label("Excel工作簿").set_input_files(book)
    editor.get_by_role("button", name="试导入").click()
    expect(editor.locator("#content-main td", has_text="没有名为“无此单位”的单位")).to_be_visible()
    picture(editor, "records")
    manager.goto(reverse("admin:auth_user_change", args=[staff.final.pk]))
    picture(manager, "accounts")
    settings.REQUIRE_SECOND_FACTOR = True
    final = colleague("final")
    final.goto(reverse("admin:index"))
    expect(final.get_by_role("img", name="验证器二维码")).to_be_visible()
    TOTPDevice.objects.update(key="00" * 20)
    final.reload()
    picture(final, "two-steps")
    final.get_by_label("验证码").fill(f"{totp(bytes(20)):06d}")
    final.get_by_role("button", name="继续").click()
    expect(final.locator(".recovery-codes li")).to_have_count(10)
    final.get_by_role("link", name="已保存，继续").click()
    expect(final.get_by_role("heading", name="待我处理")).to_be_visible()
    assert wrong == []
