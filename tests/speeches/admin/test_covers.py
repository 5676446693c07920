"""The cover of a draft: sent with words, or chosen from the library, which keeps both."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from speeches.models import Picture
from tests.speeches.admin.conftest import speech_form
from tests.speeches.admin.test_uploads import picture, send


@pytest.fixture
def form(sit_down, speech):
    """Return a function that posts the form of a speech, and answers what the page then says."""
    client = sit_down("editor")
    address = reverse("admin:speeches_speech_change", args=[speech.pk])

    def post(**changes) -> str:
        speech.refresh_from_db()
        answer = client.post(address, speech_form(speech, **changes), follow=True)
        speech.refresh_from_db()
        return answer.content.decode()

    post.client = client
    return post


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("会场.png", picture(), content_type="image/png")


def test_a_cover_is_sent_with_words_and_is_in_the_library_from_then_on(form, speech):
    assert "图片内容" in form(cover=upload())
    assert not speech.cover
    form(**{"cover": upload(), "cover-words": "白鹭县会场全景"})
    assert Picture.objects.get().words == "白鹭县会场全景"
    assert Picture.objects.get().name == speech.cover.name


def test_a_cover_is_chosen_from_the_library_and_not_encoded_again(form, speech, monkeypatch):
    send(form.client, picture(), words="白鹭县会场")
    chosen = Picture.objects.get()
    monkeypatch.setattr("organizations.images.reencode", None)
    form(**{"cover-chosen": str(chosen.pk)})
    assert speech.cover.name == chosen.name
    assert Picture.objects.get().words == "白鹭县会场"
    page = form(**{"cover-clear": "on"})
    assert not speech.cover
    assert f'href="{reverse("admin:speeches_picture_changelist")}"' in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"cover-chosen": "999"}, "图片库里没有这个编号"),
        ({"cover-chosen": "<script>"}, "图片库里没有这个编号"),
        ({"cover-chosen": "1", "cover-words": "会场", "cover": True}, "只选一种"),
    ],
)
def test_what_cannot_be_chosen_is_told_and_what_was_typed_stays(form, speech, sent, told):
    if "cover" in sent:
        sent = {**sent, "cover": upload()}
    page = form(**sent, title="改过的题目")
    assert told in page
    assert 'value="改过的题目"' in page
    assert "<script>" not in page.partition('id="id_cover-chosen"')[2][:200]
    assert not speech.cover


def test_who_may_not_see_the_library_chooses_nothing_of_it(form, office, speech):
    send(form.client, picture(), words="白鹭县会场")
    group = office["editor"].groups.get()
    group.permissions.remove(*group.permissions.filter(codename="view_picture"))
    page = form(**{"cover-chosen": str(Picture.objects.get().pk)})
    assert not speech.cover
    assert "cover-chosen" not in page
