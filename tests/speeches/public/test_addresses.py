import pytest
from django.urls import reverse

from speeches.models import Speech, WorkItem
from speeches.models.editions import MeetingEdition
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("meeting", "nowhere"),
        ("meeting_in_full", "nowhere"),
        ("speech", 999),
        ("work_item", 999),
        ("organization", 999),
        ("speaker", 999),
        ("topic", "nowhere"),
    ],
)
def test_an_address_that_never_was_answers_404_with_a_notice(client, name, key):
    response = client.get(reverse(name, args=[key]))
    assert response.status_code == 404
    assert "页面不存在" in response.content.decode()


def test_a_draft_that_was_never_published_answers_404(client):
    of = build.meeting()
    speech, work = build.speech(of), build.work()
    for address in (
        reverse("meeting", args=[of.slug]),
        reverse("speech", args=[speech.pk]),
        reverse("work_item", args=[work.pk]),
    ):
        assert client.get(address).status_code == 404


def test_everything_withdrawn_answers_410_with_a_notice_that_tells_nothing(client):
    build.small_site()
    speech, work = Speech.objects.get(), WorkItem.objects.get()
    of, person = speech.meeting, speech.speakers.get()
    addresses = [
        reverse("meeting", args=[of.slug]),
        reverse("meeting_in_full", args=[of.slug]),
        reverse("speech", args=[speech.pk]),
        reverse("work_item", args=[work.pk]),
        reverse("organization", args=[speech.organization_id]),
        reverse("speaker", args=[person.pk]),
        reverse("topic", args=["民生"]),
    ]
    assert {client.get(address).status_code for address in addresses} == {200}
    for draft in (of, speech, work):
        build.withdrawn(draft)
    for address in addresses:
        response = client.get(address)
        text = response.content.decode()
        assert response.status_code == 410
        assert "内容已撤下" in text
        assert speech.title not in text
        assert work.title not in text


def test_a_piece_published_again_after_withdrawal_is_back(client):
    of = build.meeting()
    build.published(of)
    build.withdrawn(of)
    build.published(of)
    assert client.get(of.editions.current().get().get_absolute_url()).status_code == 200


def test_an_old_slug_moves_for_good_to_the_current_one(client):
    of = build.meeting("旧地址")
    build.published(of)
    of.slug = "新地址"
    of.save()
    build.published(of)
    response = client.get(reverse("meeting", args=["旧地址"]))
    assert response.status_code == 301
    assert response["Location"] == reverse("meeting", args=["新地址"])
    full = client.get(reverse("meeting_in_full", args=["旧地址"]))
    assert full["Location"] == reverse("meeting_in_full", args=["新地址"])
    moved = client.get(reverse("digest", args=["旧地址", "json"]))
    assert (moved.status_code, moved["Location"]) == (
        301,
        reverse("digest", args=["新地址", "json"]),
    )
    build.withdrawn(of)
    assert client.get(reverse("meeting", args=["旧地址"])).status_code == 410


def test_a_slug_taken_over_by_another_meeting_shows_that_meeting(client):
    first = build.meeting("shared", title="先用的会议")
    build.published(first)
    first.slug = "moved"
    first.save()
    build.published(first)
    build.published(build.meeting("shared", title="后用的会议"))
    text = client.get(reverse("meeting", args=["shared"])).content.decode()
    assert "<h1>后用的会议</h1>" in text
    assert MeetingEdition.objects.filter(slug="shared").count() == 2


def test_pages_are_only_read(client):
    assert client.post(reverse("home")).status_code == 405
    assert client.head(reverse("home")).status_code == 200


def test_the_page_of_a_failure_needs_no_database_and_no_settings(client, settings):
    client.raise_request_exception = False
    settings.ROOT_URLCONF = "tests.speeches.public.failing_urls"
    response = client.get("/")
    assert response.status_code == 500
    assert "暂时无法访问" in response.content.decode()


def test_browsers_find_the_favicon(client):
    assert client.get("/favicon.ico")["Location"].endswith("/static/img/favicon.svg")
