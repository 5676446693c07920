"""Every stage × action × person: the office's rules, written out, against what the services do."""

import pytest
from django.db import transaction

from speeches.enums import Action, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Speech
from speeches.services import drafts, publications, reviews

RULES = """
draft          submit    first_review   editor manager root
needs_changes  submit    first_review   editor manager root
first_review   approve   second_review  first root
first_review   return    needs_changes  first root
second_review  approve   final_review   second root
second_review  return    needs_changes  second root
final_review   approve   approved       final root
final_review   return    needs_changes  final root
approved       publish   published      final manager root
published      revise    draft          editor colleague manager root
withdrawn      revise    draft          editor colleague manager root
draft          withdraw  withdrawn      final manager root
needs_changes  withdraw  withdrawn      final manager root
first_review   withdraw  withdrawn      final manager root
second_review  withdraw  withdrawn      final manager root
final_review   withdraw  withdrawn      final manager root
approved       withdraw  withdrawn      final manager root
published      withdraw  withdrawn      final manager root
draft          archive   archived       manager root
needs_changes  archive   archived       manager root
withdrawn      archive   archived       manager root
archived       restore   draft          manager root
"""
"""Stage, action, the stage it leads to, and who may. What is not written here nobody may."""
PEOPLE = ("editor", "colleague", "first", "second", "final", "manager", "root")
"""``editor`` wrote the speech, ``colleague`` writes others, ``root`` is a superuser."""
NEED_A_REASON = {"return", "withdraw"}


def rules() -> dict[tuple[str, str, str], str]:
    """Return (stage, action, person) → the stage it leads to."""
    lines = (line.split() for line in RULES.strip().splitlines())
    return {
        (stage, action, person): target
        for stage, action, target, *people in lines
        for person in people
    }


class Undone(Exception):
    """Takes back what a step did, for the next one."""


def take(action: str, draft: Speech, user, reason: str) -> None:
    if action == "publish":
        publications.publish(draft=draft, user=user)
    elif action == "withdraw":
        publications.withdraw(draft=draft, user=user, opinion=reason)
    else:
        reviews.advance(draft=draft, action=Action(action), user=user, opinion=reason)


@pytest.fixture
def attempt(meeting, speech, staff, django_user_model):
    """Return a function: what a step by a person leads to; None where it is refused."""
    people = {name: getattr(staff, name) for name in PEOPLE if name != "root"}
    people["root"] = django_user_model.objects.create_superuser("root")
    staff.approve(meeting, speech)
    publications.publish_meeting(meeting=meeting, user=staff.manager)
    unseen = drafts.save_draft(
        draft=Speech(meeting=meeting, title="还没公开的发言", body="<p>正文。</p>"),
        user=staff.editor,
    )

    def do(stage: str, action: str, person: str, reason: str = "有误") -> str | None:
        draft = Speech.objects.get(pk=unseen.pk if action == "archive" else speech.pk)
        reached = None
        try:
            with transaction.atomic():
                Speech.objects.filter(pk=draft.pk).update(stage=stage, review_round=9)
                draft.refresh_from_db()
                take(action, draft, people[person], reason)
                reached = Speech.objects.get(pk=draft.pk).stage
                raise Undone
        except (Undone, TransitionRefused):
            return reached

    return do


def test_every_step_is_open_to_exactly_those_whom_the_rules_name(attempt):
    expected = rules()
    asked = [(stage, action, who) for stage in Stage for action in Action for who in PEOPLE]
    assert set(expected) <= {(str(stage), str(action), who) for stage, action, who in asked}
    wrong = [
        (key, found, expected.get(key))
        for key in ((str(stage), str(action), who) for stage, action, who in asked)
        if (found := attempt(*key)) != expected.get(key)
    ]
    assert wrong == []


def test_a_step_without_a_reason_is_refused_exactly_where_one_is_needed(attempt):
    for (stage, action, person), target in rules().items():
        reached = attempt(stage, action, person, reason="  ")
        assert reached == (None if action in NEED_A_REASON else target), (stage, action, person)
