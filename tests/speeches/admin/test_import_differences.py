"""The page on which a repeated file is compared with the drafts, as the browser uses it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speeches.enums import Action, BatchState, NameChoice, Stage
from speeches.models import ImportBatch, Meeting, Reimport, Speech, SpeechEdition
from speeches.services import drafts, publications, reviews
from tests.speeches.admin.conftest import SAMPLE, messages_of
from tests.speeches.admin.test_imports import address, upload

CORRECTED = SAMPLE.replace("30余次", "40余次").replace("办好白鹭民生", "办好民生")


@pytest.fixture
def first(sit_down) -> ImportBatch:
    """The file as it came first, accepted."""
    client = sit_down("editor")
    upload(client, SAMPLE.encode())
    batch = ImportBatch.objects.get()
    client.post(address(batch, "accept"), {"all": "1"})
    return batch


@pytest.fixture
def again(sit_down, first) -> ImportBatch:
    """The corrected file."""
    upload(sit_down("editor"), CORRECTED.encode(), name="更正.txt")
    return ImportBatch.objects.exclude(pk=first.pk).get()


def page_of(client, batch: ImportBatch):
    return client.get(address(batch, "differences"))


def shown(response, **changes) -> dict:
    """Return what the browser posts for the page as it stands, with ``changes``."""
    data = {}
    for row in response.context["rows"]:
        data[f"seen-{row.key}"] = row.seen
        data[f"choice-{row.key}"] = next(each.value for each in row.choices if each.chosen)
        lines = [*row.fields, *(line for stretch in row.stretches for line in stretch.lines)]
        data[f"part-{row.key}"] = [line.key for line in lines if line.key and line.ticked]
        data[f"work-{row.key}"] = [offer.paragraph for offer, ticked in row.work if ticked]
    return {**data, **changes}


def test_the_workbench_leads_to_the_comparison(sit_down, again):
    client = sit_down("editor")
    assert address(again, "differences") in client.get(address(again)).content.decode()
    response = client.post(address(again, "accept"), {"all": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == address(again, "differences")
    assert not Speech.objects.filter(body__contains="40余次").exists()


def test_names_that_wait_are_told_with_the_way_to_them(sit_down, again):
    client = sit_down("editor")
    assert "names-wait" not in page_of(client, again).content.decode()
    again.items.filter(position=1).update(organization_choice=NameChoice.UNRESOLVED)
    page = page_of(client, again).content.decode()
    notice = page[page.index("names-wait") : page.index("another-meeting")]
    assert "1 个名称待确认" in notice
    assert f'href="{address(again, "names")}"' in notice


def test_what_differs_is_marked_by_words_and_not_by_colour_alone(sit_down, again):
    page = page_of(sit_down("editor"), again).content.decode()
    assert "<del>30</del><ins>40</ins>余次" in page
    assert "有改动" in page


def test_taking_what_is_suggested(sit_down, again):
    client = sit_down("editor")
    data = shown(page_of(client, again), apply="1")
    response = client.post(address(again, "differences"), data, follow=True)
    assert "更新草稿 2 篇" in messages_of(response)
    assert "已处理完毕" in response.content.decode()
    assert Speech.objects.filter(body__contains="40余次").count() == 1
    again.refresh_from_db()
    assert again.state == BatchState.ACCEPTED
    assert Meeting.objects.count() == 1


def test_decisions_are_kept_until_they_are_carried_out(sit_down, again):
    client = sit_down("editor")
    first = page_of(client, again)
    key = first.context["rows"][0].key
    client.post(address(again, "differences"), shown(first, save="1", **{f"choice-{key}": "keep"}))
    later = page_of(client, again)
    assert [each.value for each in later.context["rows"][0].choices if each.chosen] == ["keep"]
    client.post(address(again, "differences"), shown(later, apply="1"))
    assert not Speech.objects.filter(body__contains="40余次").exists()
    assert Speech.objects.filter(title__contains="办好民生").exists()


def test_unticked_paragraphs_are_not_taken(sit_down, again):
    client = sit_down("editor")
    page = page_of(client, again)
    key = page.context["rows"][0].key
    client.post(address(again, "differences"), shown(page, apply="1", **{f"part-{key}": []}))
    assert not Speech.objects.filter(body__contains="40余次").exists()


@pytest.mark.parametrize(("button", "changed"), [("all-take", 2), ("all-keep", 0)])
def test_one_button_decides_on_all(sit_down, again, button, changed):
    client = sit_down("editor")
    client.post(address(again, "differences"), {button: "1"})
    page = page_of(client, again)
    client.post(address(again, "differences"), shown(page, apply="1"))
    taken = Speech.objects.filter(body__contains="40余次") | Speech.objects.filter(
        title__contains="办好民生"
    )
    assert taken.count() == changed


def test_the_suggestions_come_back(sit_down, again):
    client = sit_down("editor")
    client.post(address(again, "differences"), {"all-keep": "1"})
    client.post(address(again, "differences"), {"all-default": "1"})
    rows = page_of(client, again).context["rows"]
    assert {each.value for row in rows for each in row.choices if each.chosen} == {"take"}


def test_somebody_who_saved_meanwhile_is_named_and_nothing_happens(sit_down, again, office):
    client = sit_down("editor")
    data = shown(page_of(client, again), apply="1")
    speech = Speech.objects.get(position=1)
    speech.summary = "提要"
    drafts.save_draft(draft=speech, user=office["manager"])
    response = client.post(address(again, "differences"), data, follow=True)
    assert "云manager" in messages_of(response)
    assert "请重新决定" in response.content.decode()
    assert not Speech.objects.filter(title__contains="办好民生").exists()
    client.post(address(again, "differences"), shown(response, apply="1"))
    assert Speech.objects.filter(title__contains="办好民生").exists()


def test_a_public_speech_is_announced_as_a_new_draft_and_stays_public(sit_down, again, staff):
    staff.approve(Meeting.objects.get(), *Speech.objects.all())
    publications.publish_meeting(meeting=Meeting.objects.get(), user=staff.final)
    client = sit_down("editor")
    page = page_of(client, again)
    assert "须重新经过三审" in page.content.decode()
    response = client.post(address(again, "differences"), shown(page, apply="1"), follow=True)
    assert "其中已发布 2 篇" in messages_of(response)
    assert set(Speech.objects.values_list("stage", flat=True)) == {Stage.DRAFT}
    assert SpeechEdition.objects.current().filter(body__contains="30余次").count() == 1


def test_a_speech_under_review_says_what_to_do_first(sit_down, again, staff):
    speech = Speech.objects.get(position=1)
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    page = page_of(sit_down("editor"), again)
    assert "请先退改" in page.content.decode()
    assert [each.value for each in page.context["rows"][0].choices] == ["later", "keep"]


def test_another_meeting_is_chosen_or_denied(sit_down, again, meeting):
    client = sit_down("editor")
    client.post(address(again, "repeats"), {"meeting": meeting.pk})
    assert page_of(client, again).context["meeting"] == meeting
    client.post(address(again, "repeats"), {"meeting": ""})
    assert page_of(client, again).status_code == 302
    client.post(address(again, "accept"), {"all": "1"})
    assert Meeting.objects.count() == 3


def test_a_speech_is_paired_by_hand(sit_down, again):
    client = sit_down("editor")
    page = page_of(client, again)
    row = page.context["rows"][1]
    data = shown(page, pair=row.key, **{f"speech-{row.key}": ""})
    response = client.post(address(again, "differences"), data, follow=True)
    statuses = [each.revision.status for each in response.context["rows"]]
    assert statuses == ["changed", "new", "missing"]
    assert str(Speech.objects.get(position=2)) in response.content.decode()


def test_drafts_of_a_colleague_are_not_shown(sit_down, again, first):
    client = sit_down("neighbour")
    upload(client, CORRECTED.replace("19件", "20件").encode(), name="三稿.txt")
    third = ImportBatch.objects.exclude(pk__in=[again.pk, first.pk]).get()
    page = page_of(client, third).content.decode()
    assert "您不能修改" in page
    assert "<del>" not in page
    assert page_of(client, again).status_code == 403


def test_reviewers_do_not_decide(sit_down, again):
    assert page_of(sit_down("first"), again).status_code == 403
    assert not Reimport.objects.exists()


def test_hostile_decisions_change_nothing(sit_down, again):
    client = sit_down("editor")
    page = page_of(client, again)
    key = page.context["rows"][0].key
    data = {
        f"choice-{key}": "withdraw",
        f"seen-{key}": "x:y",
        f"part-{key}": ["../../etc"],
        f"work-{key}": ["-1", "zwei"],
        "pair": key,
        f"speech-{key}": "999999",
    }
    response = client.post(address(again, "differences"), data, follow=True)
    assert "请重新打开" in messages_of(response)
    assert not Speech.objects.filter(body__contains="40余次").exists()


def test_the_page_takes_the_same_number_of_queries_for_any_number_of_speeches(sit_down, again):
    client = sit_down("editor")
    page_of(client, again)
    with CaptureQueriesContext(connection) as few:
        page_of(client, again)
    speech = "第{0}篇\n\n青禾市政协委员　林清溪\n\n第{0}篇讲学习。\n\n再讲服务{0}次。\n\n"
    text = CORRECTED + "\n\n" + "".join(map(speech.format, range(12)))
    upload(client, text.encode(), name="加长.txt")
    longer = ImportBatch.objects.get(filename="加长.txt")
    page_of(client, longer)
    with CaptureQueriesContext(connection) as many:
        page = page_of(client, longer)
    assert len(page.context["rows"]) == 10
    assert len(many) == len(few)
