"""The recycle bin: what goes, what stays, what comes back."""

import datetime as dt

import pytest
from django.utils import timezone

from speeches.enums import Action, ScheduleState, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Meeting, ReviewRecord, Schedule, Speech, WorkItem
from speeches.services import bin as recycling
from speeches.services import drafts, links, publications, reviews, schedules


@pytest.fixture
def item(speech, staff) -> WorkItem:
    """A piece of work that the speech tells of."""
    return drafts.save_draft(draft=WorkItem(title="办实事", speech=speech), user=staff.editor)


def test_a_draft_comes_back_at_its_stage_and_place(speech, staff):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    recycling.throw_away(draft=speech, user=staff.manager)
    assert not Speech.objects.exists()
    recycling.restore(draft=speech, user=staff.manager)
    back = Speech.objects.get()
    assert (back.stage, back.position, back.title) == (
        Stage.FIRST_REVIEW,
        speech.position,
        speech.title,
    )


def test_a_meeting_takes_along_what_is_inside_and_brings_that_back_alone(
    meeting, speech, item, staff
):
    earlier = drafts.save_draft(draft=WorkItem(title="早已丢弃", speech=speech), user=staff.editor)
    recycling.throw_away(draft=earlier, user=staff.editor)
    recycling.throw_away(draft=meeting, user=staff.editor)
    assert [row.pk for row in recycling.thrown_away(Meeting, staff.editor)] == [meeting.pk]
    assert not recycling.thrown_away(Speech, staff.editor).exists()
    with pytest.raises(TransitionRefused, match="请先恢复"):
        recycling.restore(draft=speech, user=staff.editor)
    recycling.restore(draft=meeting, user=staff.editor)
    assert list(WorkItem.objects.all()) == [item]
    assert list(Speech.objects.all()) == [speech]


def test_what_is_public_must_be_withdrawn_first(meeting, speech, staff):
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.final)
    speech.refresh_from_db()
    reviews.advance(draft=speech, action=Action.REVISE, user=staff.editor)
    for draft in (speech, meeting):
        with pytest.raises(TransitionRefused, match="撤稿"):
            recycling.throw_away(draft=draft, user=staff.manager)
    assert Speech.objects.exists()


def test_one_public_speech_keeps_the_whole_meeting(meeting, speech, staff):
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.final)
    meeting.refresh_from_db()
    publications.withdraw(draft=meeting, user=staff.final, opinion="撤")
    meeting.refresh_from_db()
    recycling.throw_away(draft=meeting, user=staff.manager)
    with pytest.raises(TransitionRefused, match="曾经公开"):
        recycling.delete(draft=meeting, user=staff.manager)
    recycling.restore(draft=meeting, user=staff.manager)
    assert Meeting.objects.get().stage == Stage.WITHDRAWN


@pytest.mark.parametrize(
    ("name", "stage", "may"),
    [
        ("editor", Stage.DRAFT, True),
        ("colleague", Stage.DRAFT, False),
        ("first", Stage.DRAFT, False),
        ("manager", Stage.DRAFT, True),
        ("editor", Stage.FIRST_REVIEW, False),
        ("first", Stage.FIRST_REVIEW, False),
        ("manager", Stage.FIRST_REVIEW, True),
    ],
)
def test_who_throws_away(speech, staff, name, stage, may):
    if stage == Stage.FIRST_REVIEW:
        reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    assert (not recycling.refusal(draft=speech, user=getattr(staff, name))) is may


def test_a_schedule_does_not_wake_what_lies_in_the_bin(speech, staff):
    schedules.schedule(
        draft=speech,
        action=Action.PUBLISH,
        due_at=timezone.now() + dt.timedelta(hours=1),
        user=staff.manager,
    )
    recycling.throw_away(draft=speech, user=staff.manager)
    assert Schedule.objects.get().state == ScheduleState.CANCELLED
    with pytest.raises(TransitionRefused, match="回收站"):
        publications.publish(draft=speech, user=staff.manager)
    with pytest.raises(TransitionRefused, match="回收站"):
        drafts.save_draft(draft=speech, user=staff.editor)


def test_deleting_for_good_keeps_record_and_history(speech, item, staff):
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    _link, token = links.create(draft=speech, recipient="林清溪", user=staff.editor)
    links.comment(link=links.find(token), name="林", text="改一个字")
    recycling.throw_away(draft=speech, user=staff.manager)
    with pytest.raises(TransitionRefused, match="只有管理员"):
        recycling.delete(draft=speech, user=staff.editor)
    recycling.delete(draft=speech, user=staff.manager)
    assert not Speech.everything.exists()
    assert not WorkItem.everything.exists()
    assert ReviewRecord.objects.get().object_id == speech.pk
    assert Speech.history.filter(id=speech.pk).latest().history_type == "-"


def test_what_is_not_in_the_bin_is_not_deleted(speech, staff):
    with pytest.raises(TransitionRefused, match="已不在回收站"):
        recycling.delete(draft=speech, user=staff.manager)
    assert Speech.objects.exists()


def test_the_address_of_a_meeting_in_the_bin_stays_taken(meeting, staff):
    recycling.throw_away(draft=meeting, user=staff.editor)
    copy = Meeting(slug=meeting.slug, title="同一网址")
    with pytest.raises(Exception, match="网址"):
        drafts.save_draft(draft=copy, user=staff.editor)
