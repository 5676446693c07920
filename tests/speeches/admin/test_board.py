"""The board of a meeting."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from speeches.enums import Action, Stage
from speeches.models import Assignment, Speech
from speeches.services import assignments, reviews
from tests.speeches.admin.conftest import messages_of


def board(meeting) -> str:
    return reverse("admin:speeches_meeting_board", args=[meeting.pk])


def do(client, meeting, asked: str, *pieces, **fields) -> str:
    keys = [f"{piece._meta.model_name}-{piece.pk}" for piece in pieces]
    data = {"do": asked, "piece": keys, **fields}
    return messages_of(client.post(board(meeting), data, follow=True))


def submit(speech, office) -> None:
    reviews.advance(draft=speech, action=Action.SUBMIT, user=office["editor"])


def test_a_reviewer_claims_what_waits_and_a_second_claim_is_told(sit_down, meeting, speech, office):
    submit(speech, office)
    assert "已处理 1 件" in do(sit_down("first"), meeting, "claim", speech)
    assignment = Assignment.objects.get()
    assert (assignment.assignee, assignment.stage) == (office["first"], Stage.FIRST_REVIEW)
    assert "已由云first" in do(sit_down("root"), meeting, "claim", speech)


@pytest.mark.parametrize("name", ["editor", "second", "final", "manager"])
def test_nobody_claims_a_step_that_is_not_theirs(sit_down, meeting, speech, office, name):
    submit(speech, office)
    assert "不能办理" in do(sit_down(name), meeting, "claim", speech)
    assert not Assignment.objects.exists()


def test_steps_are_assigned_with_a_due_date_to_those_who_may_take_them(
    sit_down, meeting, speech, office
):
    submit(speech, office)
    day = timezone.localdate() + dt.timedelta(days=3)
    fields = {"assignee": office["second"].pk, "due_on": day.isoformat()}
    assert "云second不能办理" in do(sit_down("manager"), meeting, "assign", speech, **fields)
    fields["assignee"] = office["first"].pk
    do(sit_down("manager"), meeting, "assign", speech, **fields)
    assert Assignment.objects.get().due_on == day
    page = sit_down("manager").get(board(meeting)).content.decode()
    assert "云first" in page
    assert day.isoformat() in page


def test_a_due_date_that_has_passed_is_refused(sit_down, meeting, speech, office):
    submit(speech, office)
    fields = {"assignee": office["first"].pk, "due_on": "2020-01-01"}
    assert "已过" in do(sit_down("manager"), meeting, "assign", speech, **fields)


@pytest.mark.parametrize("name", ["editor", "first", "second"])
def test_only_who_may_assign_assigns_and_reminds(sit_down, meeting, speech, office, name):
    submit(speech, office)
    fields = {"assignee": office["first"].pk}
    assert "没有分派稿件的权限" in do(sit_down(name), meeting, "assign", speech, **fields)
    assert "没有分派稿件的权限" in do(sit_down(name), meeting, "remind", speech)


def test_a_reminder_stands_on_the_desk_until_the_step_is_taken(sit_down, meeting, speech, office):
    submit(speech, office)
    assignments.assign(draft=speech, assignee=office["first"], user=office["manager"])
    do(sit_down("manager"), meeting, "remind", speech)
    desk = reverse("admin:index")
    (reminder,) = sit_down("first").get(desk).context["reminders"]
    assert (reminder.title, reminder.who) == (str(speech), "云manager")
    reviews.advance(draft=speech, action=Action.APPROVE, user=office["first"])
    assert not sit_down("first").get(desk).context["reminders"]


def test_what_is_overdue_is_marked_on_board_and_desk_and_listed(
    sit_down, meeting, speech, office, write_speech
):
    write_speech("不相干")
    submit(speech, office)
    assignments.assign(draft=speech, assignee=office["first"], user=office["manager"])
    Assignment.objects.update(due_on=timezone.localdate() - dt.timedelta(days=1))
    page = sit_down("manager").get(board(meeting))
    assert page.context["overdue"] == 1
    (count,) = sit_down("first").get(reverse("admin:index")).context["overdue"]
    assert count.number == 1
    listed = sit_down("first").get(count.url).context["cl"].result_list
    assert [row.pk for row in listed] == [speech.pk]


def test_speeches_are_reordered_by_number_and_by_step(sit_down, meeting, write_speech):
    one, two, three = (write_speech(title, position=n) for n, title in enumerate("甲乙丙", 1))
    numbers = {f"place-{one.pk}": 2, f"place-{two.pk}": 3, f"place-{three.pk}": 1}
    do(sit_down("editor"), meeting, "order", **numbers)
    assert titles(meeting) == ["丙", "甲", "乙"]
    do(sit_down("editor"), meeting, f"down-{three.pk}")
    assert titles(meeting) == ["甲", "丙", "乙"]
    do(sit_down("editor"), meeting, f"up-{one.pk}")
    assert titles(meeting) == ["甲", "丙", "乙"]


def titles(meeting) -> list[str]:
    speeches = Speech.objects.filter(meeting=meeting).order_by("position", "pk")
    return list(speeches.values_list("title", flat=True))


def test_what_is_under_review_is_moved_by_the_manager_only(sit_down, meeting, write_speech, office):
    one, two = (write_speech(title, position=n) for n, title in enumerate("甲乙", 1))
    for speech in (one, two):
        submit(speech, office)
    assert "不能调整" in do(sit_down("editor"), meeting, f"down-{one.pk}")
    do(sit_down("manager"), meeting, f"down-{one.pk}")
    assert titles(meeting) == ["乙", "甲"]


def test_an_order_that_does_not_know_all_speeches_moves_nothing(
    sit_down, meeting, write_speech, office
):
    write_speech("甲", position=1)
    write_speech("同事的", author="neighbour", position=2)
    assert "重新打开" in do(sit_down("editor"), meeting, "order")


def test_a_board_of_somebody_else_is_closed(sit_down, meeting, office):
    assert sit_down("neighbour").get(board(meeting)).status_code == 403
    assert sit_down("neighbour").post(board(meeting), {"do": "claim"}).status_code == 403


def test_a_board_takes_the_same_queries_for_few_and_many(sit_down, meeting, write_speech, office):
    client = sit_down("manager")
    speech = write_speech("第一篇")
    assignments.assign(draft=speech, assignee=office["editor"], user=office["manager"])
    client.get(board(meeting))
    with CaptureQueriesContext(connection) as few:
        client.get(board(meeting))
    for number in range(12):
        speech = write_speech(f"又一篇{number}")
        assignments.assign(draft=speech, assignee=office["editor"], user=office["manager"])
    with CaptureQueriesContext(connection) as many:
        client.get(board(meeting))
    assert len(many) == len(few)
