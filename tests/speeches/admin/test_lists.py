"""Lists: who sees what, and how many queries it takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.models import Organization
from speeches import richtext
from speeches.enums import Action
from speeches.models import WorkItem
from speeches.services import drafts, reviews


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def add_rows(count: int, start: int, write_speech, office) -> None:
    for number in range(start, start + count):
        body = Organization.objects.create(name=f"第{number}县政协", short_name=f"县{number}")
        speech = write_speech(f"发言{number}", organization=body)
        item = WorkItem(
            title=f"工作{number}",
            organization=body,
            speech=speech,
            body=richtext.from_paragraphs(["做了一件事。"]),
        )
        drafts.save_draft(draft=item, user=office["editor"])
        reviews.advance(draft=item, action=Action.SUBMIT, user=office["editor"])


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "speeches_meeting_changelist",
        "speeches_speech_changelist",
        "speeches_workitem_changelist",
        "speeches_reviewrecord_changelist",
        "organizations_organization_changelist",
        "organizations_speaker_changelist",
        "organizations_appointment_changelist",
        "auth_user_changelist",
        "taggit_tag_changelist",
    ],
)
def test_a_list_takes_the_same_number_of_queries_for_2_and_30_rows(
    name, sit_down, write_speech, office
):
    client, address = sit_down("manager"), reverse(f"admin:{name}")
    add_rows(2, 0, write_speech, office)
    few = queries_of(client, address)
    add_rows(28, 2, write_speech, office)
    assert queries_of(client, address) == few


def test_the_page_of_a_meeting_takes_the_same_number_of_queries_for_2_and_30_speeches(
    sit_down, meeting, write_speech, office
):
    client = sit_down("manager")
    address = reverse("admin:speeches_meeting_change", args=[meeting.pk])
    add_rows(2, 0, write_speech, office)
    few = queries_of(client, address)
    add_rows(28, 2, write_speech, office)
    assert queries_of(client, address) == few


def test_an_editor_sees_own_drafts_only(sit_down, write_speech):
    write_speech("我写的发言")
    write_speech("别人写的发言", author="neighbour")
    page = sit_down("editor").get(reverse("admin:speeches_speech_changelist")).content.decode()
    assert "我写的发言" in page
    assert "别人写的发言" not in page


def test_a_reviewer_sees_all_drafts(sit_down, write_speech):
    write_speech("我写的发言")
    write_speech("别人写的发言", author="neighbour")
    page = sit_down("first").get(reverse("admin:speeches_speech_changelist")).content.decode()
    assert "我写的发言" in page
    assert "别人写的发言" in page


def test_an_editor_cannot_open_the_draft_of_a_colleague(sit_down, write_speech):
    foreign = write_speech("别人写的发言", author="neighbour")
    for name in ("change", "history"):
        address = reverse(f"admin:speeches_speech_{name}", args=[foreign.pk])
        response = sit_down("editor").get(address, follow=True)
        assert "别人写的发言" not in response.content.decode()


def test_an_editor_may_choose_the_meeting_of_a_colleague_for_a_speech(sit_down, meeting):
    response = sit_down("neighbour").get(
        reverse("admin:autocomplete"),
        {"app_label": "speeches", "model_name": "speech", "field_name": "meeting", "term": "青禾"},
    )
    assert [row["text"] for row in response.json()["results"]] == [meeting.title]


def test_the_desk_counts_what_waits_and_links_to_exactly_that(sit_down, write_speech, office):
    for number in range(3):
        draft = write_speech(f"待审发言{number}")
        reviews.advance(draft=draft, action=Action.SUBMIT, user=office["editor"])
    write_speech("还没送审的发言")
    client = sit_down("first")
    (count,) = client.get(reverse("admin:index")).context["waiting"]
    assert count.number == 3
    page = client.get(count.url)
    assert page.context["cl"].result_count == 3


def test_what_a_reviewer_approved_no_longer_waits_for_that_person(sit_down, speech, office):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    reviews.advance(draft=speech, action=Action.APPROVE, user=office["first"])
    assert sit_down("first").get(reverse("admin:index")).context["waiting"] == []
    assert len(sit_down("second").get(reverse("admin:index")).context["waiting"]) == 1


def test_a_draft_that_was_sent_back_waits_for_its_author(sit_down, speech, office):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])
    reviews.advance(draft=speech, action=Action.RETURN, user=office["first"], opinion="数据请核对")
    (count,) = sit_down("editor").get(reverse("admin:index")).context["waiting"]
    assert count.number == 1


def test_an_empty_list_says_so(sit_down):
    page = sit_down("editor").get(reverse("admin:speeches_speech_changelist")).content.decode()
    assert "这里还没有发言" in page


def test_submitting_from_the_list_tells_of_every_refusal(sit_down, write_speech):
    mine, foreign = write_speech("我的"), write_speech("他人的", author="neighbour")
    response = sit_down("manager").post(
        reverse("admin:speeches_speech_changelist"),
        {"action": "submit_selected", "_selected_action": [mine.pk, foreign.pk]},
        follow=True,
    )
    assert "已送审 2 篇稿件。" in response.content.decode()
