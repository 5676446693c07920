"""An article for WeChat copied in a real Chromium, and what is left where the clipboard refuses."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from speeches.services import publications
from tests.browser.conftest import watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong in the page."""
    return []


@pytest.fixture
def published(staff, meeting, speech):
    """A meeting that readers see."""
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    return meeting


@pytest.fixture
def open_articles(browser, live_server, staff, published, wrong):
    """Return a function that opens the page of the articles, with or without the clipboard."""
    client = Client()
    client.force_login(staff.manager)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    contexts = []

    def opened(*permissions: str):
        context = browser.new_context(base_url=live_server.url, locale="zh-CN")
        contexts.append(context)
        context.grant_permissions(list(permissions))
        context.add_cookies([{**cookie, "url": live_server.url}])
        page = context.new_page()
        watch(page, wrong)
        page.goto(reverse("admin:speeches_meeting_wechat", args=[published.pk]))
        return page

    yield opened
    for context in contexts:
        context.close()


def test_an_article_is_copied_with_its_styles(open_articles, speech, wrong):
    page = open_articles("clipboard-read", "clipboard-write")
    page.get_by_role("button", name="复制文章").click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    copied = page.evaluate(
        "async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()"
    )
    assert speech.title in copied
    assert 'style="' in copied
    assert wrong == []


def test_without_the_clipboard_the_article_is_selected(open_articles, speech, wrong):
    page = open_articles()
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(Error('no')); }")
    page.get_by_role("button", name="复制文章").click()
    expect(page.get_by_role("status")).to_have_text("已选中，请按 Ctrl+C 复制")
    assert speech.title in page.evaluate("window.getSelection().toString()")
    assert wrong == []
