"""The page behind a link for confirmation, as somebody without an account finds it."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from speeches import confirming
from speeches.enums import VisitKind
from speeches.exceptions import TransitionRefused
from speeches.models import DraftLink, LinkVisit, ReviewComment
from speeches.services import bin as recycling
from speeches.services import drafts, links, publications


@pytest.fixture(autouse=True)
def fresh_counts():
    """Let every test ask as often as it likes."""
    cache.clear()


@pytest.fixture
def address(speech, staff) -> str:
    """Where the speaker confirms the speech."""
    _link, token = links.create(draft=speech, recipient="白鹭县政协", user=staff.editor)
    return reverse("confirm", args=[token])


def test_the_draft_is_shown_alone_and_fenced_in(address, speech, meeting):
    answer = Client().get(address, headers={"User-Agent": "WeChat"})
    page = answer.content.decode()
    assert speech.title in page
    assert "提交提案19件" in page
    assert meeting.title not in page
    assert "<a " not in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    visit = LinkVisit.objects.get()
    assert (visit.kind, visit.agent, visit.address) == (VisitKind.OPENED, "WeChat", "127.0.0.1")


def test_nothing_that_opens_the_link_is_stored(address):
    token = address.split("/")[2]
    link = DraftLink.objects.get()
    assert token not in str(vars(link))
    assert len(link.token_hash) == 64


def test_a_comment_arrives_at_the_review_page_as_from_outside(address, speech, client, staff):
    data = {"name": "林清溪", "anchor": "p1", "text": "应为20件", "say": "1"}
    assert Client().post(address, data).status_code == 302
    row = ReviewComment.objects.get()
    assert (row.author, row.speaker, row.anchor) == (None, "林清溪", "p1")
    client.force_login(staff.first, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:speeches_speech_reading", args=[speech.pk])).content.decode()
    assert "应为20件" in page
    assert "外部意见" in page
    assert "白鹭县政协" in page


def test_hostile_words_are_shown_as_words(address):
    data = {"name": "<img src=x onerror=a()>", "text": "<script>a()</script>", "say": "1"}
    page = Client().post(address, data, follow=True).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page


def test_a_confirmation_names_the_text_and_lapses_with_it(address, speech, staff, client):
    hash_read = Client().get(address).context["text_hash"]
    page = Client().post(address, {"name": "林清溪", "confirm": hash_read}, follow=True)
    assert "林清溪 已于" in page.content.decode()
    speech.title = "又改了"
    drafts.save_draft(draft=speech, user=staff.editor)
    assert "林清溪 已于" not in Client().get(address).content.decode()
    again = Client().post(address, {"name": "林清溪", "confirm": hash_read})
    assert "有改动" in again.content.decode()
    client.force_login(staff.editor, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:speeches_speech_links", args=[speech.pk])).content.decode()
    assert "确认后稿件有改动" in page


def test_a_link_ends(address, speech, meeting, staff):
    link = DraftLink.objects.get()
    DraftLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert Client().get(address).status_code == 410
    DraftLink.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    assert Client().get(address).status_code == 200
    links.revoke(link=link, user=staff.editor)
    ended = Client().get(address)
    assert ended.status_code == 410
    assert speech.title not in ended.content.decode()


@pytest.mark.parametrize("end", ["bin", "publication"])
def test_a_link_ends_with_the_bin_and_with_publication_for_good(
    address, speech, meeting, staff, end
):
    if end == "bin":
        recycling.throw_away(draft=speech, user=staff.editor)
        assert Client().get(address).status_code == 410
        recycling.restore(draft=speech, user=staff.editor)
    else:
        staff.approve(meeting, speech)
        publications.publish_meeting(meeting=meeting, user=staff.final)
    assert Client().get(address).status_code == 410
    assert Client().post(address, {"name": "林", "text": "晚了"}).status_code == 410


def test_made_up_links_are_unknown_without_a_query(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert links.find("AAAA.BBBB") is None
    assert Client().get("/confirm/AAAA/").status_code == 404


def test_who_asks_too_often_waits(address, monkeypatch):
    monkeypatch.setattr(confirming, "PER_CLIENT", 2)
    assert [Client().get(address).status_code for _round in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("name", "may"),
    [("editor", True), ("colleague", False), ("first", False), ("manager", True)],
)
def test_who_makes_links(speech, staff, name, may):
    assert links.may_share(draft=speech, user=getattr(staff, name)) is may


def test_a_link_lives_thirty_days_at_most(speech, staff):
    with pytest.raises(TransitionRefused, match="30"):
        links.create(draft=speech, recipient="甲", user=staff.editor, days=31)
