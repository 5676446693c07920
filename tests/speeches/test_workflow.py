import pytest

from speeches import workflow
from speeches.enums import Action, Stage


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_approvals_lead_from_submission_to_approval_in_as_many_steps(steps):
    table = workflow.transitions(steps)
    stage = table[Stage.DRAFT, Action.SUBMIT].target
    passed = 0
    while stage != Stage.APPROVED:
        stage = table[stage, Action.APPROVE].target
        passed += 1
    assert passed == steps


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_every_review_is_covered_once_whatever_the_number_of_steps(steps):
    covered = [
        review
        for stage in workflow.REVIEW_PATHS[steps]
        for review in workflow.covered_reviews(stage, steps)
    ]
    assert covered == list(workflow.REVIEW_STAGES)


@pytest.mark.parametrize("stage", workflow.REVIEW_STAGES)
def test_every_review_may_send_back_with_a_reason_and_only_by_another_person(stage):
    row = workflow.transitions()[stage, Action.RETURN]
    assert row.target == Stage.NEEDS_CHANGES
    assert row.needs_opinion
    assert row.independent
    assert row.permission == f"speeches.{stage}"


def test_only_approved_drafts_are_published():
    rows = workflow.transitions().values()
    sources = {row.source for row in rows if row.action == Action.PUBLISH}
    assert sources == {Stage.APPROVED}


def test_a_withdrawn_piece_returns_to_the_public_only_through_the_reviews():
    reachable = {row.target for row in workflow.actions_from(Stage.WITHDRAWN)}
    assert reachable == {Stage.DRAFT, Stage.ARCHIVED}


def test_withdrawal_is_possible_while_a_new_version_is_in_work_and_needs_a_reason():
    table = workflow.transitions()
    for stage in (*workflow.IN_WORK_STAGES, Stage.PUBLISHED):
        assert table[stage, Action.WITHDRAW].needs_opinion


@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("stage", workflow.REVIEW_STAGES)
def test_no_draft_is_stranded_when_an_office_merges_steps(steps, stage):
    reached = set()
    while stage != Stage.APPROVED:
        assert stage not in reached
        reached.add(stage)
        stage = workflow.transitions(steps)[stage, Action.APPROVE].target


def test_an_unknown_number_of_steps_is_an_error():
    with pytest.raises(KeyError):
        workflow.transitions(4)
