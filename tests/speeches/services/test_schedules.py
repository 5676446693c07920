"""Publishing and withdrawing at a set time."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from speeches.enums import Action, ScheduleState, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Schedule, SpeechEdition
from speeches.services import publications, schedules


@pytest.fixture
def approved(meeting, speech, staff):
    """Return a meeting that waits for publication."""
    staff.approve(meeting, speech)
    return meeting


def set_for(draft, user, action=Action.PUBLISH, opinion="") -> Schedule:
    """Set a step for an hour ahead."""
    due_at = timezone.now() + timedelta(hours=1)
    return schedules.schedule(draft=draft, action=action, due_at=due_at, user=user, opinion=opinion)


def let_the_time_come() -> None:
    Schedule.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_nothing_happens_before_the_time(approved, staff):
    set_for(approved, staff.final)
    assert schedules.carry_out_due() == []
    assert not SpeechEdition.objects.exists()


def test_a_meeting_is_published_as_a_whole_at_its_time_and_once(approved, staff, speech):
    set_for(approved, staff.final)
    let_the_time_come()
    (row,) = schedules.carry_out_due()
    assert row.state == ScheduleState.DONE
    edition = SpeechEdition.objects.current().get()
    assert edition.published_by == staff.final
    assert schedules.carry_out_due() == []
    assert SpeechEdition.objects.count() == 1


def test_a_withdrawal_takes_its_reason_along(approved, staff, speech):
    publications.publish_meeting(meeting=approved, user=staff.final)
    set_for(speech, staff.final, Action.WITHDRAW, "到期撤下")
    let_the_time_come()
    schedules.carry_out_due()
    speech.refresh_from_db()
    assert speech.stage == Stage.WITHDRAWN
    assert speech.records.get(action=Action.WITHDRAW).opinion == "到期撤下"


def test_what_is_not_approved_at_its_time_is_refused_with_the_reason(meeting, speech, staff):
    set_for(meeting, staff.final)
    let_the_time_come()
    (row,) = schedules.carry_out_due()
    assert row.state == ScheduleState.REFUSED
    assert "把协商桌搬到田埂上" in row.problem
    assert not SpeechEdition.objects.exists()
    assert schedules.carry_out_due() == []


@pytest.mark.parametrize("lost", ["right", "account"])
def test_who_lost_the_right_meanwhile_publishes_nothing(approved, staff, lost):
    set_for(approved, staff.final)
    if lost == "right":
        staff.final.groups.clear()
    else:
        staff.final.is_active = False
        staff.final.save()
    let_the_time_come()
    (row,) = schedules.carry_out_due()
    assert row.state == ScheduleState.REFUSED
    assert not SpeechEdition.objects.exists()


def test_who_may_not_publish_sets_no_time(approved, staff):
    with pytest.raises(TransitionRefused):
        set_for(approved, staff.editor)


@pytest.mark.parametrize("action", [Action.APPROVE, Action.ARCHIVE])
def test_reviews_are_never_scheduled(approved, staff, action):
    with pytest.raises(TransitionRefused):
        set_for(approved, staff.final, action)


def test_a_withdrawal_needs_its_reason_and_a_time_must_lie_ahead(approved, staff):
    with pytest.raises(TransitionRefused, match="必须填写意见"):
        set_for(approved, staff.final, Action.WITHDRAW)
    with pytest.raises(TransitionRefused, match="已过"):
        schedules.schedule(
            draft=approved, action=Action.PUBLISH, due_at=timezone.now(), user=staff.final
        )


def test_a_new_time_replaces_the_one_before_and_can_be_cancelled(approved, staff):
    first, second = (set_for(approved, staff.final) for _time in range(2))
    first.refresh_from_db()
    assert first.state == ScheduleState.CANCELLED
    with pytest.raises(TransitionRefused):
        schedules.cancel(schedule=second, user=staff.editor)
    schedules.cancel(schedule=second, user=staff.final)
    let_the_time_come()
    assert schedules.carry_out_due() == []


def test_the_command_tells_what_it_did(approved, staff):
    set_for(approved, staff.final)
    let_the_time_come()
    told = StringIO()
    call_command("run_schedules", stdout=told)
    assert "已按时办理" in told.getvalue()


def test_the_first_reader_after_the_time_sees_it(approved, staff, speech, settings, client):
    settings.SCHEDULE_CHECK_SECONDS = 20
    set_for(approved, staff.final)
    address = reverse("speech", args=[speech.pk])
    assert client.get(address).status_code == 404
    let_the_time_come()
    client.handler.load_middleware()
    assert client.get(address).status_code == 200
    set_for(speech, staff.final, Action.WITHDRAW, "到期")
    let_the_time_come()
    client.handler.load_middleware()
    assert client.get(address).status_code == 410


def test_times_are_set_and_taken_back_on_the_page_of_the_draft(approved, staff, client):
    address = reverse("admin:speeches_meeting_schedule", args=[approved.pk])
    due_at = timezone.localtime() + timedelta(days=1)
    data = {"set": "1", "action": "publish", "due_at": due_at.strftime("%Y-%m-%dT%H:%M")}
    for user, number in ((staff.editor, 0), (staff.final, 1)):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        assert client.post(address, data).status_code == 302
        assert Schedule.objects.count() == number
    assert "云final" in client.get(address).content.decode()
    desk = client.get(reverse("admin:index"))
    assert [note.title for note in desk.context["scheduled"]] == [str(approved)]
    assert client.get(reverse("admin:speeches_schedule_changelist")).status_code == 200
    client.post(address, {"cancel": Schedule.objects.get().pk})
    assert Schedule.objects.get().state == ScheduleState.CANCELLED


def test_a_neighbour_does_not_see_what_is_set(approved, staff, client):
    set_for(approved, staff.final)
    client.force_login(staff.colleague, "django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:speeches_meeting_schedule", args=[approved.pk])
    assert client.get(address).status_code == 403
    listing = client.get(reverse("admin:speeches_schedule_changelist"))
    assert not listing.context["cl"].result_list
    assert not client.get(reverse("admin:index")).context["scheduled"]
