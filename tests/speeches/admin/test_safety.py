"""The pages that keep work: bin, versions, open forms, links, preview."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from speeches.enums import Action
from speeches.models import (
    MeetingEdition,
    OpenForm,
    Speech,
    SpeechEdition,
    WorkItem,
    WorkItemEdition,
)
from speeches.services import drafts, reviews
from tests.speeches.admin.conftest import messages_of, speech_form

BIN = "/admin/speeches/bin/"


def of(name: str, draft, *more) -> str:
    return reverse(f"admin:speeches_{draft._meta.model_name}_{name}", args=[draft.pk, *more])


def test_deleting_asks_then_puts_into_the_bin_and_back(sit_down, speech):
    client = sit_down("editor")
    assert "放入回收站" in client.get(of("delete", speech)).content.decode()
    answer = client.post(of("delete", speech), {"post": "yes"}, follow=True)
    assert "回收站" in messages_of(answer)
    assert not Speech.objects.exists()
    key = f"speech-{speech.pk}"
    assert speech.title in client.get(BIN).content.decode()
    client.post(BIN, {"delete": key})
    assert Speech.everything.exists()
    assert "已恢复" in messages_of(client.post(BIN, {"restore": key}, follow=True))
    assert Speech.objects.exists()


def test_several_go_at_once_as_far_as_allowed(sit_down, speech, write_speech, office):
    other = write_speech("第二篇")
    reviews.advance(draft=other, action=Action.SUBMIT, user=office["editor"])
    data = {"action": "bin_selected", "_selected_action": [speech.pk, other.pk]}
    listing = reverse("admin:speeches_speech_changelist")
    told = messages_of(sit_down("editor").post(listing, data, follow=True))
    assert "1 篇稿件" in told
    assert "第二篇" in told
    assert list(Speech.objects.all()) == [other]


def test_only_a_manager_deletes_for_good(sit_down, speech):
    sit_down("editor").post(of("delete", speech), {"post": "yes"})
    answer = sit_down("manager").post(BIN, {"delete": f"speech-{speech.pk}"}, follow=True)
    assert "彻底删除" in messages_of(answer)
    assert not Speech.everything.exists()


def test_the_bin_takes_the_same_queries_for_few_and_many(sit_down, speech, write_speech, office):
    client = sit_down("manager")
    client.post(of("delete", speech), {"post": "yes"})
    client.get(BIN)
    with CaptureQueriesContext(connection) as few:
        client.get(BIN)
    for number in range(5):
        client.post(of("delete", write_speech(f"第{number}")), {"post": "yes"})
    with CaptureQueriesContext(connection) as many:
        assert client.get(BIN).content.decode().count("第") >= 5
    assert len(many) == len(few)


def test_the_history_leads_to_a_version_that_is_restored(sit_down, speech):
    client = sit_down("editor")
    client.post(of("change", speech), speech_form(speech, title="改坏的标题", tags="民生"))
    entries = client.get(of("history", speech)).context["entries"]
    assert [change.label for change in entries[0].changes] == ["标题", "主题"]
    page = client.get(entries[-1].url)
    assert "<del>把协商桌搬到田埂上</del>" in page.content.decode()
    stored = Speech.objects.get()
    client.post(entries[-1].url, {"lock_version": stored.lock_version})
    stored.refresh_from_db()
    assert stored.title == speech.title
    assert not stored.tags.exists()
    assert client.get(of("history", speech)).context["entries"][0].reason.startswith("由 ")


def test_a_stale_page_restores_nothing(sit_down, speech):
    client = sit_down("editor")
    client.post(of("change", speech), speech_form(speech, title="改过"))
    first = speech.history.last().pk
    data = {"lock_version": speech.lock_version}
    answer = client.post(of("version", speech, first), data, follow=True)
    assert "保存过修改" in messages_of(answer)
    assert Speech.objects.get().title == "改过"


def test_who_opens_a_form_learns_who_has_it_open_until_it_is_saved(sit_down, speech):
    mine, other = sit_down("editor"), sit_down("manager")
    assert not mine.get(of("change", speech)).context["others_editing"]
    assert other.get(of("change", speech)).context["others_editing"] == ["云editor"]
    assert mine.post(of("presence", speech)).json() == {"others": ["云manager"]}
    saved = {key: value for key, value in speech_form(speech).items() if key != "_continue"}
    other.post(of("change", speech), saved)
    assert mine.post(of("presence", speech)).json() == {"others": []}


def test_an_open_form_is_forgotten_by_the_clock(sit_down, speech):
    sit_down("editor").get(of("change", speech))
    OpenForm.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=5))
    page = sit_down("manager").get(of("change", speech))
    assert page.context["others_editing"] == []
    assert OpenForm.objects.count() == 1


def test_a_link_is_shown_once_with_its_code(sit_down, speech):
    client = sit_down("editor")
    data = {"create": "1", "recipient": "白鹭县政协", "days": 7}
    page = client.post(of("links", speech), data, follow=True).content.decode()
    assert "/confirm/" in page
    assert "data:image/svg+xml" in page
    later = client.get(of("links", speech)).content.decode()
    assert "/confirm/" not in later
    assert "白鹭县政协" in later


def preview(draft) -> str:
    return reverse("admin:speeches_preview", args=[draft._meta.model_name, draft.pk])


def test_every_kind_is_previewed_as_readers_will_see_it_and_nothing_is_published(
    sit_down, meeting, speech, office
):
    item = drafts.save_draft(draft=WorkItem(title="办实事", speech=speech), user=office["editor"])
    client = sit_down("editor")
    for draft in (meeting, speech, item):
        answer = client.get(preview(draft))
        assert f"<h1>{draft.title}</h1>" in answer.content.decode()
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]
        frames = client.get(of("preview", draft))
        assert "frame-src 'self'" in frames.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in frames.headers["Content-Security-Policy"]
    assert speech.title in client.get(preview(meeting)).content.decode()
    for kind in (MeetingEdition, SpeechEdition, WorkItemEdition):
        assert not kind.objects.exists()
    assert client.get(f"/speeches/{speech.pk}/").status_code == 404


def test_the_board_counts_what_is_open_of_proofreading(sit_down, meeting, write_speech, office):
    speech = write_speech("有错的一篇")
    speech.body = "<p>我们的的工作，，取得进展。</p>"
    drafts.save_draft(draft=speech, user=office["editor"])
    client = sit_down("editor")
    address = reverse("admin:speeches_meeting_board", args=[meeting.pk])
    (row,) = [row for row in client.get(address).context["rows"] if row.draft == speech]
    assert row.findings >= 2
