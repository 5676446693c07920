import pytest

from speeches.enums import Action, ClosedAs, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import (
    Figure,
    MeetingEdition,
    ReviewRecord,
    Speech,
    SpeechEdition,
    WorkItem,
    WorkItemEdition,
)
from speeches.services import drafts, publications, reviews


@pytest.fixture
def work_item(speech, staff):
    item = drafts.save_draft(
        draft=WorkItem(title="田埂协商", speech=speech, paragraph="p1"), user=staff.editor
    )
    Figure.objects.create(work_item=item, printed="19件", low=19, high=19, unit="件")
    return item


def publish_all(meeting, speech, staff):
    staff.approve(meeting, speech)
    return publications.publish_meeting(meeting=meeting, user=staff.manager)


def test_a_whole_meeting_is_published_with_its_approved_work(meeting, speech, work_item, staff):
    staff.approve(meeting, speech, work_item)
    speech.tags.add("协商")
    result = publications.publish_meeting(meeting=meeting, user=staff.manager)
    assert len(result.editions) == 3
    edition = SpeechEdition.objects.current().get()
    assert (edition.title, edition.body) == (speech.title, Speech.objects.get().body)
    assert list(edition.tags.names()) == ["协商"]
    assert WorkItemEdition.objects.current().get().figures.get().printed == "19件"
    assert Speech.objects.get().stage == Stage.PUBLISHED


def test_nothing_of_a_meeting_is_published_while_one_speech_is_not_approved(meeting, speech, staff):
    other = drafts.save_draft(
        draft=Speech(meeting=meeting, title="还没审完的发言", body="<p>文</p>"), user=staff.editor
    )
    staff.approve(meeting, speech)
    with pytest.raises(TransitionRefused, match="还没审完的发言"):
        publications.publish_meeting(meeting=meeting, user=staff.manager)
    assert not MeetingEdition.objects.exists()
    assert not SpeechEdition.objects.exists()
    assert other.stage == Stage.DRAFT


def test_a_failure_in_the_middle_publishes_nothing(meeting, speech, staff, monkeypatch):
    staff.approve(meeting, speech)

    def failing(**kwargs):
        if isinstance(kwargs["draft"], Speech):
            raise RuntimeError("disk full")
        return real(**kwargs)

    real = publications.append_edition
    monkeypatch.setattr(publications, "append_edition", failing)
    with pytest.raises(RuntimeError):
        publications.publish_meeting(meeting=meeting, user=staff.manager)
    assert not MeetingEdition.objects.exists()
    meeting.refresh_from_db()
    assert meeting.stage == Stage.APPROVED


def test_work_that_is_not_approved_is_left_out_and_named(meeting, speech, work_item, staff):
    staff.approve(meeting, speech)
    result = publications.publish_meeting(meeting=meeting, user=staff.manager)
    assert result.left_out == (work_item,)
    assert not WorkItemEdition.objects.exists()


def test_publishing_again_with_nothing_new_is_refused(meeting, speech, staff):
    publish_all(meeting, speech, staff)
    meeting.refresh_from_db()
    with pytest.raises(TransitionRefused):
        publications.publish_meeting(meeting=meeting, user=staff.manager)


def test_a_speech_is_not_public_before_its_meeting(meeting, speech, staff):
    staff.approve(speech)
    with pytest.raises(TransitionRefused, match=meeting.title):
        publications.publish(draft=speech, user=staff.manager)


def test_work_is_not_public_before_its_speech(meeting, speech, work_item, staff):
    staff.approve(work_item)
    with pytest.raises(TransitionRefused, match=speech.title):
        publications.publish(draft=work_item, user=staff.manager)


def test_publishing_needs_its_permission(meeting, staff):
    staff.approve(meeting)
    with pytest.raises(TransitionRefused):
        publications.publish(draft=meeting, user=staff.editor)


def test_a_revision_stays_unseen_until_it_is_published_and_then_supersedes(meeting, speech, staff):
    publish_all(meeting, speech, staff)
    speech.refresh_from_db()
    reviews.advance(draft=speech, action=Action.REVISE, user=staff.editor)
    speech.title = "更正后的标题"
    drafts.save_draft(draft=speech, user=staff.editor)
    assert SpeechEdition.objects.current().get().title == "把协商桌搬到田埂上"
    staff.approve(speech)
    publications.publish(draft=speech, user=staff.final)
    first, second = SpeechEdition.objects.order_by("number")
    assert (first.closed_as, second.title) == (ClosedAs.SUPERSEDED, "更正后的标题")
    assert second.previous_hash == first.content_hash
    assert second.first_published_at == first.first_published_at


def test_withdrawing_a_meeting_takes_everything_in_it_from_the_public(
    meeting, speech, work_item, staff
):
    staff.approve(meeting, speech, work_item)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    meeting.refresh_from_db()
    record = publications.withdraw(draft=meeting, user=staff.final, opinion="内容有误")
    for model in (MeetingEdition, SpeechEdition, WorkItemEdition):
        assert not model.objects.current().exists()
        assert model.objects.get().closed_as == ClosedAs.WITHDRAWN
    assert record.opinion == "内容有误"
    assert ReviewRecord.objects.filter(action=Action.WITHDRAW).count() == 3
    assert meeting.stage == Stage.WITHDRAWN


def test_a_piece_in_revision_is_withdrawn_at_once(meeting, speech, staff):
    publish_all(meeting, speech, staff)
    speech.refresh_from_db()
    reviews.advance(draft=speech, action=Action.REVISE, user=staff.editor)
    publications.withdraw(draft=speech, user=staff.manager, opinion="当事人要求")
    assert not SpeechEdition.objects.current().exists()
    assert Speech.objects.get().stage == Stage.WITHDRAWN


def test_withdrawal_needs_a_reason_and_something_public(meeting, speech, staff):
    with pytest.raises(TransitionRefused):
        publications.withdraw(draft=speech, user=staff.manager, opinion="没有发布过")
    publish_all(meeting, speech, staff)
    speech.refresh_from_db()
    with pytest.raises(TransitionRefused):
        publications.withdraw(draft=speech, user=staff.manager, opinion=" ")
    assert SpeechEdition.objects.current().exists()


def test_republishing_a_withdrawn_piece_repeats_the_review(meeting, speech, staff):
    publish_all(meeting, speech, staff)
    speech.refresh_from_db()
    publications.withdraw(draft=speech, user=staff.manager, opinion="有误")
    with pytest.raises(TransitionRefused):
        publications.publish(draft=speech, user=staff.manager)
    reviews.advance(draft=speech, action=Action.REVISE, user=staff.editor)
    staff.approve(speech)
    assert publications.publish(draft=speech, user=staff.manager).number == 2


def test_what_is_public_is_withdrawn_before_it_is_archived(meeting, speech, staff):
    publish_all(meeting, speech, staff)
    speech.refresh_from_db()
    reviews.advance(draft=speech, action=Action.REVISE, user=staff.editor)
    with pytest.raises(TransitionRefused):
        reviews.advance(draft=speech, action=Action.ARCHIVE, user=staff.manager)


def test_publishing_a_draft_that_somebody_changed_meanwhile_is_refused(meeting, staff):
    staff.approve(meeting)
    with pytest.raises(TransitionRefused):
        publications.publish(draft=meeting, user=staff.manager, expected_version=0)
    assert not MeetingEdition.objects.exists()
