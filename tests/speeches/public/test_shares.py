"""Pictures of shared links, QR codes, references."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from speeches.models import Speech
from speeches.public.cards import card
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech():
    build.small_site()
    return Speech.objects.get()


@pytest.mark.parametrize(
    "title",
    ["短", "把协商桌搬到田埂上" * 30, "“" * 200, "Consultation " * 40, "一\x00二\U0010ffff<b>"],
)
def test_a_card_is_a_picture_of_the_size_that_is_promised(title):
    content = card(kicker="凝心聚力" * 20, title=title, signature="青禾市政协主席　林清溪" * 9)
    picture = Image.open(BytesIO(content))
    assert (picture.size, picture.format) == ((1200, 630), "PNG")
    assert len(content) < 300_000


def test_a_title_is_printed_on_its_card():
    named, empty = (card(kicker="", title=title, signature="") for title in ("协商", ""))
    assert named != empty


def test_a_shared_speech_shows_its_card(client, page, speech, settings):
    address = reverse("speech_card", args=[speech.pk])
    response = client.get(address)
    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert f'og:image" content="{settings.SITE_URL}{address}"' in page("speech", speech.pk)


def test_a_card_is_not_drawn_again_for_a_reader_who_has_it(client, speech):
    address = reverse("speech_card", args=[speech.pk])
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    speech.title = "改过的题目"
    speech.save()
    build.published(speech)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_meeting_has_a_card(client, page, speech):
    address = reverse("meeting_card", args=[speech.meeting.slug])
    assert client.get(address)["Content-Type"] == "image/png"
    assert address in page("meeting", speech.meeting.slug)


@pytest.mark.parametrize("name", ["speech_card", "speech_qr"])
def test_pictures_of_a_withdrawn_speech_are_gone(client, speech, name):
    build.withdrawn(speech)
    assert client.get(reverse(name, args=[speech.pk])).status_code == 410
    assert client.get(reverse(name, args=[10**9])).status_code == 404


def test_the_card_of_a_withdrawn_meeting_is_gone(client, speech):
    build.withdrawn(speech.meeting)
    assert client.get(reverse("meeting_card", args=[speech.meeting.slug])).status_code == 410
    assert client.get(reverse("meeting_card", args=["nowhere"])).status_code == 404


def test_the_code_on_the_page_is_an_svg_without_script(client, page, speech):
    address = reverse("speech_qr", args=[speech.pk])
    response = client.get(address)
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content
    assert b"script" not in response.content
    assert f'src="{address}"' in page("speech", speech.pk)


def test_the_page_says_how_to_cite_the_speech(page, speech, settings):
    settings.SITE_URL = "https://speeches.example.cn"
    published = speech.editions.get().first_published_at
    assert (
        f"林0溪. 第0篇发言[EB/OL]. 第0次会议. ({published:%Y-%m-%d}). "
        f"https://speeches.example.cn/speeches/{speech.pk}/."
    ) in page("speech", speech.pk)
