"""The review panel and its buttons."""

import pytest
from django.urls import reverse

from speeches.enums import Action, Stage
from speeches.models import Meeting, ReviewRecord, Speech, SpeechEdition
from speeches.services import reviews
from tests.speeches.admin.conftest import messages_of


def press(client, draft, action: Action, opinion: str = "", version: int | None = None) -> str:
    draft.refresh_from_db()
    address = reverse(f"admin:speeches_{draft._meta.model_name}_review", args=[draft.pk])
    data = {
        "action": action.value,
        "opinion": opinion,
        "lock_version": draft.lock_version if version is None else version,
    }
    response = client.post(address, data, follow=True)
    draft.refresh_from_db()
    return messages_of(response)


def panel(client, draft):
    return client.get(
        reverse(f"admin:speeches_{draft._meta.model_name}_change", args=[draft.pk])
    ).context["panel"]


def test_a_draft_goes_through_three_reviews_to_the_public_by_buttons(
    sit_down, meeting, speech, office
):
    for draft in (meeting, speech):
        press(sit_down("editor"), draft, Action.SUBMIT)
        for reviewer in ("first", "second", "final"):
            press(sit_down(reviewer), draft, Action.APPROVE, "同意")
        assert "“发布”已完成" in press(sit_down("final"), draft, Action.PUBLISH)
    assert speech.stage == Stage.PUBLISHED
    assert SpeechEdition.objects.current().get().speech == speech
    shown = panel(sit_down("editor"), speech)
    assert [record.review for record in shown.records] == [
        "",
        Stage.FIRST_REVIEW,
        Stage.SECOND_REVIEW,
        Stage.FINAL_REVIEW,
        "",
    ]
    assert shown.public_url
    assert shown.editions == 1


def test_sending_back_needs_a_reason(sit_down, speech, office):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    assert "必须填写意见" in press(sit_down("first"), speech, Action.RETURN, "  ")
    assert speech.stage == Stage.FIRST_REVIEW
    press(sit_down("first"), speech, Action.RETURN, "第二段数据请核对")
    assert speech.stage == Stage.NEEDS_CHANGES
    assert panel(sit_down("editor"), speech).records[-1].opinion == "第二段数据请核对"


def test_a_refused_opinion_is_not_lost(sit_down, speech, office):
    client = sit_down("second")
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    press(client, speech, Action.APPROVE, "写了很久的意见", version=0)
    address = reverse("admin:speeches_speech_review", args=[speech.pk])
    data = {"action": "approve", "opinion": "写了很久的意见", "lock_version": 0}
    response = client.post(address, data, follow=True)
    assert response.context["opinion"] == "写了很久的意见"


def test_pressing_twice_fails_cleanly(sit_down, speech):
    version = speech.lock_version
    press(sit_down("editor"), speech, Action.SUBMIT, version=version)
    told = press(sit_down("editor"), speech, Action.SUBMIT, version=version)
    assert "处于“初审”环节，不能“送审”" in told
    assert ReviewRecord.objects.count() == 1


def test_a_review_of_another_text_than_the_one_read_is_refused(sit_down, speech, office):
    read = speech.lock_version
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    told = press(sit_down("first"), speech, Action.APPROVE, version=read)
    assert "被他人修改或处理过" in told
    assert speech.stage == Stage.FIRST_REVIEW


@pytest.mark.parametrize("name", ["editor", "first", "second", "manager"])
def test_who_may_not_publish_is_refused(sit_down, meeting, staff, name):
    staff.approve(meeting)
    told = press(sit_down(name), meeting, Action.PUBLISH)
    allowed = name == "manager"
    assert ("没有" in told) is not allowed
    assert (meeting.stage == Stage.PUBLISHED) is allowed


def test_the_panel_tells_why_a_step_is_refused(sit_down, speech, office):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    options = {option.action: option for option in panel(sit_down("second"), speech).options}
    assert "没有在此环节“通过”的权限" in options[Action.APPROVE].refusal
    page = sit_down("second").get(reverse("admin:speeches_speech_change", args=[speech.pk]))
    assert "disabled aria-describedby" in page.content.decode()


def test_a_superuser_still_does_not_review_own_work(sit_down, write_speech, office):
    speech = write_speech("自己写的", author="root")
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["root"])
    assert "不能审核自己写过" in press(sit_down("root"), speech, Action.APPROVE)


def test_withdrawing_needs_a_reason_and_closes_the_edition(sit_down, published_speech):
    final = sit_down("final")
    assert "必须填写意见" in press(final, published_speech, Action.WITHDRAW)
    press(final, published_speech, Action.WITHDRAW, "数据有误")
    assert published_speech.stage == Stage.WITHDRAWN
    assert not SpeechEdition.objects.current().exists()


def test_an_editor_cannot_touch_the_draft_of_a_colleague_by_address(sit_down, write_speech):
    foreign = write_speech("他人的", author="neighbour")
    address = reverse("admin:speeches_speech_review", args=[foreign.pk])
    response = sit_down("editor").post(address, {"action": "submit", "lock_version": 0})
    assert response.status_code == 403
    assert Speech.objects.get(pk=foreign.pk).stage == Stage.DRAFT


@pytest.mark.parametrize("data", [{}, {"action": "delete"}, {"action": "submit"}])
def test_nonsense_is_refused(sit_down, speech, data):
    address = reverse("admin:speeches_speech_review", args=[speech.pk])
    response = sit_down("editor").post(address, data, follow=True)
    assert "页面已过期" in messages_of(response)


def test_review_addresses_take_only_posts_with_a_token(office, speech, sit_down):
    address = reverse("admin:speeches_speech_review", args=[speech.pk])
    client = sit_down("editor")
    assert client.get(address).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {"action": "submit", "lock_version": 0}).status_code == 403


def test_a_meeting_submits_my_drafts_and_publishes_as_a_whole(
    sit_down, meeting, write_speech, office
):
    mine, foreign = write_speech("我的"), write_speech("同事的", author="neighbour")
    address = reverse("admin:speeches_meeting_submit", args=[meeting.pk])
    told = messages_of(sit_down("editor").post(address, follow=True))
    assert "已送审 2 篇稿件。" in told
    foreign.refresh_from_db()
    assert foreign.stage == Stage.DRAFT
    for draft in (meeting, mine):
        draft.refresh_from_db()
        for reviewer in ("first", "second", "final"):
            reviews.advance(draft=draft, action=Action.APPROVE, user=office[reviewer])
    publish = reverse("admin:speeches_meeting_publish", args=[meeting.pk])
    told = messages_of(sit_down("final").post(publish, follow=True))
    assert "“同事的”（草稿）" in told
    assert not SpeechEdition.objects.exists()
    Speech.objects.filter(pk=foreign.pk).update(stage=Stage.ARCHIVED)
    told = messages_of(sit_down("final").post(publish, follow=True))
    assert "已发布 2 件。" in told
    assert Meeting.objects.get().stage == Stage.PUBLISHED


@pytest.mark.parametrize("kind", ["speechedition", "meetingedition", "reviewrecord"])
def test_editions_and_records_are_only_looked_at(sit_down, published_speech, kind):
    client = sit_down("root")
    listing = client.get(reverse(f"admin:speeches_{kind}_changelist"))
    row = listing.context["cl"].result_list[0]
    address = reverse(f"admin:speeches_{kind}_change", args=[row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "改"}).status_code == 403
    assert client.post(reverse(f"admin:speeches_{kind}_delete", args=[row.pk])).status_code == 403
    assert client.get(reverse(f"admin:speeches_{kind}_add")).status_code == 403


def test_an_editor_sees_the_records_of_own_drafts_only(sit_down, write_speech, office):
    for author in ("editor", "neighbour"):
        draft = write_speech(f"{author}的发言", author=author)
        reviews.advance(draft=draft, action=Action.SUBMIT, user=office[author])
    listing = sit_down("editor").get(reverse("admin:speeches_reviewrecord_changelist"))
    assert [str(row.draft) for row in listing.context["cl"].result_list] == ["editor的发言"]
