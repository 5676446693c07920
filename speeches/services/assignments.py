"""Who takes the next step of a draft: claiming, assigning, reminding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.colleagues import name_of
from speeches import workflow
from speeches.enums import Action, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Assignment, Draft
from speeches.services import reviews

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ONWARD = (Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
"""The steps that lead a draft on, of which each stage has one at most."""


@dataclass(slots=True)
class Outcome:
    """What was done with several drafts: with which, and why not with the others."""

    done: list[Draft] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def for_each(drafts: Iterable[Draft], step: Callable[[Draft], object]) -> Outcome:
    """Take ``step`` with each of ``drafts``; a refusal is told and keeps none of the others."""
    outcome = Outcome()
    for draft in drafts:
        try:
            step(draft)
        except TransitionRefused as error:
            told = str(error)
            outcome.problems.append(told if str(draft) in told else f"“{draft}”：{told}")
        else:
            outcome.done.append(draft)
    return outcome


def onward(stage: Stage) -> workflow.Transition | None:
    """Return the step that leads a draft on from ``stage``; None where nothing is to be done."""
    steps = workflow.actions_from(stage, settings.REVIEW_STEPS)
    return next((step for step in steps if step.action in ONWARD), None)


def people() -> list[User]:
    """Return the active colleagues who may take any step onward, by name."""
    permissions = {
        step.permission
        for step in workflow.transitions(settings.REVIEW_STEPS).values()
        if step.action in ONWARD
    }
    found = {
        user.pk: user
        for permission in sorted(permissions)
        for user in get_user_model().objects.with_perm(
            permission, backend="django.contrib.auth.backends.ModelBackend"
        )
        if user.is_staff
    }
    return sorted(found.values(), key=name_of)


@transaction.atomic
def claim(*, draft: Draft, user: User) -> Assignment:
    """Take the next step of ``draft`` upon oneself.

    Raises TransitionRefused where ``user`` may not take it, or a colleague has claimed it already.
    """
    step = _step_of(draft)
    taken = Assignment.objects.about(draft).filter(stage=step.source).first()
    if taken is not None and taken.assignee_id != user.pk:
        raise TransitionRefused(
            _("“%(title)s” is with %(name)s already.")
            % {"title": draft, "name": name_of(taken.assignee)}
        )
    due_on = taken.due_on if taken else None
    return _store(draft, step, assignee=user, by=user, due_on=due_on)


@transaction.atomic
def assign(
    *, draft: Draft, assignee: User, user: User, due_on: dt.date | None = None
) -> Assignment:
    """Give the next step of ``draft`` to ``assignee``, in place of whoever had it.

    Raises TransitionRefused where ``user`` may not assign, ``assignee`` may not take the step, or
    the day has passed.
    """
    _require_assigning(user)
    if due_on is not None and due_on < timezone.localdate():
        raise TransitionRefused(_("The due date has passed already."))
    return _store(draft, _step_of(draft), assignee=assignee, by=user, due_on=due_on)


@transaction.atomic
def remind(*, draft: Draft, user: User) -> Assignment:
    """Put a reminder on the desk of the person with whom ``draft`` is.

    Raises TransitionRefused where it is with nobody, or with ``user``.
    """
    _require_assigning(user)
    assignment: Assignment | None = (
        Assignment.objects.about(draft).filter(stage=draft.stage).first()
    )
    if assignment is None:
        raise TransitionRefused(_("“%(title)s” is with nobody yet.") % {"title": draft})
    if assignment.assignee_id == user.pk:
        raise TransitionRefused(_("“%(title)s” is with you.") % {"title": draft})
    assignment.reminded_at, assignment.reminded_by = timezone.now(), user
    assignment.save(update_fields=["reminded_at", "reminded_by"])
    return assignment


def _require_assigning(user: User) -> None:
    if not user.has_perm("speeches.assign_draft"):
        raise TransitionRefused(_("You may not assign drafts to colleagues."))


def _step_of(draft: Draft) -> workflow.Transition:
    step = onward(Stage(draft.stage))
    if step is None:
        raise TransitionRefused(
            _("“%(title)s” is at stage “%(stage)s”, where nothing is to be done.")
            % {"title": draft, "stage": draft.get_stage_display()}
        )
    return step


def _store(
    draft: Draft,
    step: workflow.Transition,
    *,
    assignee: User,
    by: User,
    due_on: dt.date | None,
) -> Assignment:
    if not draft.is_visible_to(assignee) or reviews.refusal(
        draft=draft, transition=step, user=assignee
    ):
        raise TransitionRefused(
            _("%(name)s may not take the step “%(action)s” of “%(title)s”.")
            % {"name": name_of(assignee), "action": step.action.label, "title": draft}
        )
    assignment = Assignment.objects.about(draft).filter(stage=step.source).first()
    if assignment is None:
        assignment = Assignment(draft=draft, stage=step.source)
    assignment.assignee, assignment.assigned_by, assignment.due_on = assignee, by, due_on
    assignment.reminded_at = assignment.reminded_by = None
    assignment.full_clean()
    assignment.save()
    return assignment
