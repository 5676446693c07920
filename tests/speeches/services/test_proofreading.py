"""Proofreading drafts: corrections, decisions, and what keeps a speech from its approval."""

import pytest

from organizations.models import Appointment, Organization, Speaker
from speeches.enums import Action, FindingSeverity, Stage
from speeches.exceptions import EditConflict, ProofreadingRefused, TransitionRefused
from speeches.models import FindingDecision, Speech, Term
from speeches.services import drafts, proofreading, publications, reviews

pytestmark = pytest.mark.django_db

BODY = (
    "<p>白鹭县政协坚持党建引领,认真<strong>落实实</strong>责任,办好实事。</p>"
    "<p>2025年2月30日，召开协商会。</p>"
)


@pytest.fixture
def faulty(meeting, staff) -> Speech:
    return drafts.save_draft(
        draft=Speech(meeting=meeting, title="把协商桌搬到田埂上", body=BODY), user=staff.editor
    )


def key_of(speech: Speech, rule: str) -> str:
    proof = proofreading.check(speech=speech)
    return next(mark.key for mark in proof.open if mark.finding.rule == rule)


def rules(speech: Speech) -> list[str]:
    return [mark.finding.rule for mark in proofreading.check(speech=speech).open]


def test_a_suggestion_is_taken_with_history_and_a_new_version(faulty, staff):
    proofreading.accept(
        speech=faulty,
        user=staff.editor,
        key=key_of(faulty, "doubled-character"),
        expected_version=faulty.lock_version,
    )
    version = faulty.lock_version
    faulty.refresh_from_db()
    assert "认真<strong>落实</strong>责任," in faulty.body
    assert faulty.lock_version == version + 1
    assert faulty.history.first().history_user == staff.editor


def test_all_of_a_kind_are_taken_at_once(faulty, staff):
    count = proofreading.accept_all(
        speech=faulty, user=staff.editor, rule="narrow-mark", expected_version=faulty.lock_version
    )
    faulty.refresh_from_db()
    assert count == 2
    assert "," not in faulty.body
    assert rules(faulty) == ["doubled-character", "impossible-date"]


@pytest.mark.parametrize("step", ["accept", "accept_all", "ignore", "typeset"])
def test_a_stale_version_names_the_other_editor(faulty, staff, step):
    steps = {
        "accept": (proofreading.accept, {"key": key_of(faulty, "narrow-mark")}),
        "accept_all": (proofreading.accept_all, {"rule": "narrow-mark"}),
        "ignore": (proofreading.ignore, {"key": key_of(faulty, "narrow-mark"), "reason": "引文"}),
        "typeset": (proofreading.apply_typesetting, {}),
    }
    service, given = steps[step]
    version = faulty.lock_version
    drafts.save_draft(draft=faulty, user=staff.editor)
    with pytest.raises(EditConflict):
        service(speech=faulty, user=staff.editor, expected_version=version, **given)


def test_what_has_no_suggestion_or_is_gone_cannot_be_taken(faulty, staff):
    step = {"speech": faulty, "user": staff.editor, "expected_version": faulty.lock_version}
    with pytest.raises(ProofreadingRefused):
        proofreading.accept(**step, key=key_of(faulty, "impossible-date"))
    with pytest.raises(ProofreadingRefused):
        proofreading.accept(**step, key="narrow-mark.9.1.2")
    with pytest.raises(ProofreadingRefused):
        proofreading.accept_all(**step, rule="impossible-date")


def test_only_who_may_edit_takes_a_suggestion(faulty, staff):
    with pytest.raises(TransitionRefused):
        proofreading.accept(
            speech=faulty,
            user=staff.colleague,
            key=key_of(faulty, "narrow-mark"),
            expected_version=faulty.lock_version,
        )


def test_a_decision_to_ignore_outlives_changes_elsewhere_and_lapses_with_the_words(faulty, staff):
    decision = proofreading.ignore(
        speech=faulty,
        user=staff.editor,
        key=key_of(faulty, "impossible-date"),
        reason="引用原件",
        expected_version=faulty.lock_version,
    )
    assert (decision.reason, decision.decided_by) == ("引用原件", staff.editor)
    assert "impossible-date" not in rules(faulty)
    faulty.body = f"<p>新的一段。</p>{faulty.body.replace('召开', '现场召开')}"
    drafts.save_draft(draft=faulty, user=staff.editor)
    assert "impossible-date" not in rules(faulty)
    faulty.body = faulty.body.replace("2月30日", "2月31日")
    drafts.save_draft(draft=faulty, user=staff.editor)
    assert "impossible-date" in rules(faulty)


def test_a_decision_needs_a_reason_and_is_taken_once(faulty, staff):
    key = key_of(faulty, "impossible-date")
    step = {"speech": faulty, "user": staff.editor, "key": key}
    version = faulty.lock_version
    with pytest.raises(ProofreadingRefused):
        proofreading.ignore(**step, reason=" ", expected_version=version)
    proofreading.ignore(**step, reason="引用原件", expected_version=version)
    with pytest.raises(ProofreadingRefused):
        proofreading.ignore(**step, reason="引用原件", expected_version=version)


def test_a_decision_can_be_taken_back_and_its_history_stays(faulty, staff):
    decision = proofreading.ignore(
        speech=faulty,
        user=staff.editor,
        key=key_of(faulty, "impossible-date"),
        reason="引用原件",
        expected_version=faulty.lock_version,
    )
    proofreading.reopen(speech=faulty, user=staff.editor, decision_id=decision.pk)
    assert "impossible-date" in rules(faulty)
    kinds = FindingDecision.history.values_list("history_type", flat=True)
    assert sorted(kinds) == ["+", "-"]
    with pytest.raises(ProofreadingRefused):
        proofreading.reopen(speech=faulty, user=staff.editor, decision_id=decision.pk)


@pytest.mark.parametrize(
    ("stage", "who", "may"),
    [
        (Stage.DRAFT, "editor", True),
        (Stage.DRAFT, "colleague", False),
        (Stage.DRAFT, "final", False),
        (Stage.DRAFT, "manager", True),
        (Stage.FIRST_REVIEW, "editor", False),
        (Stage.FIRST_REVIEW, "first", True),
        (Stage.FINAL_REVIEW, "final", True),
        (Stage.APPROVED, "final", True),
        (Stage.PUBLISHED, "final", False),
    ],
)
def test_who_may_decide_at_which_stage(faulty, staff, stage, who, may):
    faulty.stage = stage
    assert proofreading.may_decide(speech=faulty, user=getattr(staff, who)) is may


def at_final_review(speech: Speech, staff) -> None:
    reviews.advance(draft=speech, action=Action.SUBMIT, user=staff.editor)
    reviews.advance(draft=speech, action=Action.APPROVE, user=staff.first)
    reviews.advance(draft=speech, action=Action.APPROVE, user=staff.second)


def test_severe_open_findings_block_the_final_approval_and_are_named(faulty, staff):
    at_final_review(faulty, staff)
    with pytest.raises(TransitionRefused, match="2025年2月30日"):
        reviews.advance(draft=faulty, action=Action.APPROVE, user=staff.final)
    proofreading.ignore(
        speech=faulty,
        user=staff.final,
        key=key_of(faulty, "impossible-date"),
        reason="引用原件",
        expected_version=faulty.lock_version,
    )
    reviews.advance(draft=faulty, action=Action.APPROVE, user=staff.final)
    assert faulty.stage == Stage.APPROVED


def test_what_the_term_list_calls_severe_later_blocks_the_publication_of_the_meeting(
    meeting, speech, staff
):
    staff.approve(meeting, speech)
    Term.objects.create(wrong="白鹭县", right="白鹭市", severity=FindingSeverity.SEVERE)
    with pytest.raises(TransitionRefused, match="白鹭县"):
        publications.publish_meeting(meeting=meeting, user=staff.final)
    assert not speech.editions.exists()
    assert not meeting.editions.exists()


def test_a_term_that_is_not_in_use_finds_nothing(speech):
    Term.objects.create(wrong="提案", right="建议", is_active=False)
    assert rules(speech) == []


def test_the_records_of_the_day_of_the_meeting_count(meeting, speech):
    body = Organization.objects.create(name="白鹭县政协")
    person = Speaker.objects.create(name="林清溪")
    now = Appointment.objects.create(
        speaker=person, organization=body, post_title="副主席", start_date="2026-01-01"
    )
    assert rules(speech) == []
    now.start_date = "2020-01-01"
    now.save()
    (mark,) = proofreading.check(speech=speech).blocking
    assert (mark.finding.excerpt, mark.finding.suggestion) == ("党组书记、主席", "副主席")


def test_typesetting_keeps_the_look_and_touches_no_word(faulty, staff):
    before, after = proofreading.typeset(speech=faulty)
    assert before != after
    count = proofreading.apply_typesetting(
        speech=faulty, user=staff.editor, expected_version=faulty.lock_version
    )
    faulty.refresh_from_db()
    assert count == 2
    assert "坚持党建引领，认真<strong>落实实</strong>责任，办好实事。" in faulty.body
    with pytest.raises(ProofreadingRefused):
        proofreading.apply_typesetting(
            speech=faulty, user=staff.editor, expected_version=faulty.lock_version
        )


def test_the_title_and_the_summary_are_corrected_too(meeting, staff):
    speech = drafts.save_draft(
        draft=Speech(
            meeting=meeting, title="把协商桌搬到田埂上。", body="<p>好。</p>", summary="好,很好。"
        ),
        user=staff.editor,
    )
    proofreading.apply_typesetting(
        speech=speech, user=staff.editor, expected_version=speech.lock_version
    )
    speech.refresh_from_db()
    assert (speech.title, speech.summary) == ("把协商桌搬到田埂上", "好，很好。")


def test_several_speeches_take_a_constant_number_of_queries(
    meeting, staff, django_assert_num_queries
):
    speeches = [
        drafts.save_draft(
            draft=Speech(meeting=meeting, title=f"第{number}篇", body=BODY), user=staff.editor
        )
        for number in range(6)
    ]
    with django_assert_num_queries(5):
        proofs = proofreading.check_all(speeches=speeches)
    assert [len(proof.open) for proof in proofs] == [4] * 6
    assert proofreading.check_all(speeches=[]) == []
