"""How long a login holds, and what the login page says afterwards."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cppcc_cms import sessions

DESK = reverse("admin:index")


@pytest.fixture
def client(staff) -> Client:
    """Return an editor's browser."""
    browser = Client()
    browser.force_login(staff.editor, "django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def after(monkeypatch):
    """Return a function that moves the clock on by so many hours."""
    begun = timezone.now()

    def move(hours: float) -> None:
        now = int((begun + timedelta(hours=hours)).timestamp())
        monkeypatch.setattr(sessions, "_now", lambda: now)

    return move


def test_who_works_stays_signed_in(client, after):
    for hours in (2.9, 5.8, 8.7, 11.6):
        after(hours)
        assert client.get(DESK).status_code == 200


def test_three_idle_hours_end_it_and_the_login_says_why_and_leads_back(client, after):
    page = reverse("admin:speeches_speech_add")
    client.get(page)
    after(3.1)
    answer = client.post(page, {"title": "写了一半"}, follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('admin:login')}?next={page}"
    assert "长时间没有操作" in answer.content.decode()
    assert client.get(DESK).status_code == 302


def test_twelve_hours_end_it_however_busy(client, after):
    for hours in (2.5, 5, 7.5, 10):
        after(hours)
        client.get(DESK)
    after(12.1)
    assert "登录时间已满" in client.get(DESK, follow=True).content.decode()


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(client, after):
    for hours in (1.5, 3):
        after(hours)
        client.get(DESK, headers={"sec-fetch-dest": "empty"})
    after(3.5)
    assert client.get(DESK).status_code == 302


def test_readers_pages_ask_for_no_session(client, after):
    after(20)
    assert "Cookie" not in client.get("/").headers.get("Vary", "")
