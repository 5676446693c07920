"""A corrected speech says so, and shows what was changed."""

from datetime import date

import pytest
from django.urls import reverse

from speeches.models import Speech
from tests.speeches.public import builders as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech():
    of = build.meeting()
    build.published(of)
    draft = build.speech(of)
    build.published(draft)
    return draft


def republished(speech: Speech, **fields: str) -> None:
    for name, value in fields.items():
        setattr(speech, name, value)
    speech.save()
    build.published(speech)


def address(speech: Speech) -> str:
    return reverse("corrections", args=[speech.pk])


def test_a_first_edition_has_no_notice_and_no_page_of_corrections(client, page, speech):
    assert "correction-notice" not in page("speech", speech.pk)
    assert client.get(address(speech)).status_code == 404


def test_a_corrected_figure_is_told_with_its_day(page, speech):
    republished(speech, body="<p>青禾市政协围绕中心、服务大局。</p><p>全年提交提案29件。</p>")
    notice = page("speech", speech.pk)
    assert f'href="{address(speech)}"' in notice
    day = speech.editions.current().get().published_at
    assert f"{day.astimezone():%Y}年" in notice
    text = page("corrections", speech.pk)
    assert "<del>19</del><ins>29</ins>" in text
    assert "noindex" in text


def test_title_and_signature_are_told_beside_the_text(page, speech):
    republished(speech, title="以提案办理推动民生改善", byline="青禾市政协主席　林清溪")
    text = page("corrections", speech.pk)
    assert "<del>助推</del>" in text or "<del>助</del>" in text
    assert "<del>党组书记、</del>" in text


def test_a_change_of_topics_alone_is_no_correction(client, page, speech):
    speech.tags.set(["民生"])
    build.published(speech)
    assert "correction-notice" not in page("speech", speech.pk)
    assert client.get(address(speech)).status_code == 404


def test_the_newest_correction_comes_first(page, speech):
    republished(speech, title="第一次更正")
    republished(speech, title="第二次更正")
    text = page("corrections", speech.pk)
    assert text.index("<ins>二</ins>") < text.index("correction-2")


def test_what_was_withdrawn_is_never_shown_again(client, page, speech):
    republished(speech, body="<p>不该公开的内容。</p>")
    build.withdrawn(speech)
    assert client.get(address(speech)).status_code == 410
    republished(speech, body="<p>可以公开的内容。</p>")
    assert "不该公开" not in page("speech", speech.pk)
    assert client.get(address(speech)).status_code == 404
    republished(speech, body="<p>可以公开的全部内容。</p>")
    text = page("corrections", speech.pk)
    assert "<ins>全部</ins>" in text
    assert "不该公开" not in text


def test_hostile_text_is_printed(page, speech):
    republished(speech, title="<script>alert(1)</script>")
    assert "<script>alert" not in page("corrections", speech.pk)


def test_a_corrected_meeting_is_told_with_its_day(page, client, speech):
    of = speech.meeting
    address = reverse("meeting_corrections", args=[of.slug])
    assert client.get(address).status_code == 404
    of.place, of.start_date = "白鹭县", date(2024, 10, 19)
    of.save()
    build.published(of)
    assert f'href="{address}"' in page("meeting", of.slug)
    text = page("meeting_corrections", of.slug)
    assert "<dt>地点</dt>" in text
    assert "<del>青禾市</del><ins>白鹭县</ins>" in text
    assert "<dt>时间</dt>" in text


def test_a_corrected_figure_of_work_is_told_with_its_day(page, client):
    draft = build.work(figures=(build.EXACT_FIGURE,))
    build.published(draft)
    address = reverse("work_corrections", args=[draft.pk])
    assert "correction-notice" not in page("work_item", draft.pk)
    assert client.get(address).status_code == 404
    draft.figures.update(printed="29件", low=29, high=29)
    build.published(draft)
    assert f'href="{address}"' in page("work_item", draft.pk)
    text = page("work_corrections", draft.pk)
    assert "<del>19</del><ins>29</ins>件" in text
    build.withdrawn(draft)
    assert client.get(address).status_code == 410
