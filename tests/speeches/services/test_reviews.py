import pytest

from speeches.enums import Action, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import ReviewRecord, Speech
from speeches.services import drafts, reviews


def act(draft, action, user, opinion=""):
    return reviews.advance(draft=draft, action=action, user=user, opinion=opinion)


def test_three_people_take_a_draft_to_approval_and_each_is_on_record(speech, staff):
    act(speech, Action.SUBMIT, staff.editor)
    for reviewer in staff.reviewers():
        act(speech, Action.APPROVE, reviewer, "同意")
    assert Speech.objects.get().stage == Stage.APPROVED
    approvals = speech.records.filter(action=Action.APPROVE)
    assert [(r.review, r.actor, r.opinion) for r in approvals] == [
        (Stage.FIRST_REVIEW, staff.first, "同意"),
        (Stage.SECOND_REVIEW, staff.second, "同意"),
        (Stage.FINAL_REVIEW, staff.final, "同意"),
    ]


def test_nobody_reviews_own_work_whatever_the_permissions(speech, staff, django_user_model):
    chief = django_user_model.objects.create_superuser("chief", password="pw")
    speech.title = "总编改过的标题"
    drafts.save_draft(draft=speech, user=chief)
    act(speech, Action.SUBMIT, staff.editor)
    with pytest.raises(TransitionRefused, match="自己"):
        act(speech, Action.APPROVE, chief)
    assert Speech.objects.get().stage == Stage.FIRST_REVIEW


def test_nobody_takes_two_steps_of_one_piece(speech, staff, django_user_model):
    chief = django_user_model.objects.create_superuser("chief", password="pw")
    act(speech, Action.SUBMIT, staff.editor)
    act(speech, Action.APPROVE, chief)
    with pytest.raises(TransitionRefused, match=r"另一人|不同的人|他人"):
        act(speech, Action.APPROVE, chief)
    assert Speech.objects.get().stage == Stage.SECOND_REVIEW


def test_a_new_round_is_reviewed_by_the_same_people_again(speech, staff):
    act(speech, Action.SUBMIT, staff.editor)
    act(speech, Action.APPROVE, staff.first)
    act(speech, Action.RETURN, staff.second, "数字与原文不符")
    act(speech, Action.SUBMIT, staff.editor)
    act(speech, Action.APPROVE, staff.first)
    assert Speech.objects.get().stage == Stage.SECOND_REVIEW


@pytest.mark.parametrize("opinion", ["", "   "])
def test_sending_back_needs_a_reason(speech, staff, opinion):
    act(speech, Action.SUBMIT, staff.editor)
    with pytest.raises(TransitionRefused):
        act(speech, Action.RETURN, staff.first, opinion)
    assert Speech.objects.get().stage == Stage.FIRST_REVIEW
    assert speech.records.count() == 1


def test_a_step_needs_the_permission_of_its_review(speech, staff):
    act(speech, Action.SUBMIT, staff.editor)
    for wrong in (staff.second, staff.final, staff.colleague, staff.manager):
        with pytest.raises(TransitionRefused):
            act(speech, Action.APPROVE, wrong)


def test_only_the_author_submits(speech, staff):
    with pytest.raises(TransitionRefused):
        act(speech, Action.SUBMIT, staff.colleague)


def test_a_step_that_the_stage_does_not_have_is_refused(speech, staff):
    with pytest.raises(TransitionRefused, match="草稿"):
        act(speech, Action.APPROVE, staff.first)


def test_a_double_submit_moves_once_and_fails_cleanly(speech, staff):
    act(speech, Action.SUBMIT, staff.editor)
    again = Speech.objects.get()
    act(speech, Action.APPROVE, staff.first)
    with pytest.raises(TransitionRefused):
        act(again, Action.APPROVE, staff.first)
    assert ReviewRecord.objects.filter(action=Action.APPROVE).count() == 1


def test_a_review_of_an_outdated_text_is_refused(speech, staff):
    act(speech, Action.SUBMIT, staff.editor)
    read = speech.lock_version
    act(speech, Action.RETURN, staff.first, "请核对")
    act(speech, Action.SUBMIT, staff.editor)
    with pytest.raises(TransitionRefused):
        reviews.advance(
            draft=speech, action=Action.APPROVE, user=staff.first, expected_version=read
        )


def test_a_small_office_merges_steps_but_every_review_keeps_its_line(speech, staff, settings):
    settings.REVIEW_STEPS = 2
    act(speech, Action.SUBMIT, staff.editor)
    act(speech, Action.APPROVE, staff.first)
    act(speech, Action.APPROVE, staff.final)
    assert Speech.objects.get().stage == Stage.APPROVED
    approvals = speech.records.filter(action=Action.APPROVE)
    assert [(r.review, r.actor) for r in approvals] == [
        (Stage.FIRST_REVIEW, staff.first),
        (Stage.SECOND_REVIEW, staff.final),
        (Stage.FINAL_REVIEW, staff.final),
    ]


def test_submitting_many_reports_each_refusal_and_keeps_the_rest(speech, meeting, staff):
    act(speech, Action.SUBMIT, staff.editor)
    result = reviews.submit_all(candidates=[speech, meeting], user=staff.editor)
    assert result.submitted == [meeting]
    assert len(result.problems) == 1
    assert speech.title in result.problems[0]


def test_archiving_and_restoring(speech, staff):
    act(speech, Action.ARCHIVE, staff.manager)
    assert Speech.objects.get().stage == Stage.ARCHIVED
    act(speech, Action.RESTORE, staff.manager)
    assert Speech.objects.get().stage == Stage.DRAFT
