"""Proofreading in a real Chromium, under the strict policy and without scripts of its own."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from speeches.models import FindingDecision, Speech, Term
from speeches.services import drafts, workbooks
from speeches.services.terms import TermWorkbook
from tests.browser.conftest import watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "<p>白鹭县政协坚持党建引领,认真<strong>落实实</strong>责任,办好实事。</p>"
    "<p>2025年2月30日，召开协商会。</p>"
)


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong in the pages that were opened."""
    return []


@pytest.fixture
def faulty(meeting, staff) -> Speech:
    return drafts.save_draft(
        draft=Speech(meeting=meeting, title="把协商桌搬到田埂上", body=BODY), user=staff.editor
    )


@pytest.fixture
def open_as(browser, live_server, staff, wrong):
    """Return a function that opens an address as a colleague, with or without JavaScript."""
    contexts = []

    def opened(name: str, address: str, *, width: int = 1366, scripts: bool = True) -> Page:
        client = Client()
        client.force_login(getattr(staff, name), "django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([{**cookie, "url": live_server.url}])
        page = context.new_page()
        watch(page, wrong)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def proof_page(speech: Speech) -> str:
    return reverse("admin:speeches_speech_proofreading", args=[speech.pk])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_speech_is_corrected_by_its_findings(open_as, faulty, wrong, scripts):
    page = open_as("editor", proof_page(faulty), scripts=scripts)
    expect(page.locator(".proof-columns mark[id]")).to_have_count(4)
    page.locator(".finding", has_text="叠字").get_by_role("button").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("button", name="全部更正（2）").click()
    expect(page.locator(".proof-columns mark[id]")).to_have_count(1)
    finding = page.locator(".finding", has_text="日期不存在")
    finding.get_by_text("忽略……").click()
    finding.get_by_label("理由").fill("引用原件")
    finding.get_by_role("button", name="确认忽略").click()
    expect(page.get_by_text("没有待处理的问题")).to_be_visible()
    page.get_by_text("已忽略 1").click()
    expect(page.locator(".proof-ignored")).to_contain_text("引用原件")
    faulty.refresh_from_db()
    assert "引领，认真<strong>落实</strong>责任，办好" in faulty.body
    assert FindingDecision.objects.get().reason == "引用原件"
    assert wrong == []


def test_the_form_leads_to_the_findings_and_typesets(open_as, faulty, wrong):
    page = open_as("editor", reverse("admin:speeches_speech_change", args=[faulty.pk]))
    expect(page.locator("#proof mark")).to_have_count(4)
    page.get_by_role("link", name="一键排版").click()
    expect(page.locator(".typeset-changes ins").first).to_have_text("，")
    page.get_by_role("button", name="确认排版").click()
    expect(page.locator("#proof mark")).to_have_count(2)
    page.locator("#proof mark", has_text="2025年2月30日").click()
    expect(page.locator(".finding:target")).to_contain_text("日期不存在")
    assert wrong == []


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_is_cut_off_at_the_side(open_as, faulty, meeting, wrong, width):
    for address in (
        proof_page(faulty),
        reverse("admin:speeches_speech_typesetting", args=[faulty.pk]),
        reverse("admin:speeches_meeting_proofreading", args=[meeting.pk]),
    ):
        page = open_as("editor", address, width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wrong == []


def test_the_term_list_is_tried_and_taken_in(open_as, staff, wrong, tmp_path):
    Term.objects.create(wrong="其它", right="其他")
    book = tmp_path / "用语表.xlsx"
    book.write_bytes(workbooks.export(book=TermWorkbook()))
    Term.objects.update(right="其余")
    page = open_as("manager", reverse("admin:workbook_import", args=["term"]))
    page.get_by_label("Excel工作簿").set_input_files(book)
    page.get_by_role("button", name="试导入").click()
    expect(page.get_by_text("更新 1")).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Term.objects.get().right == "其他"
    assert wrong == []
