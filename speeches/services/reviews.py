"""Moving drafts through 三审三校: each step checks, moves and records in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from speeches import workflow
from speeches.enums import Action, Stage
from speeches.exceptions import TransitionRefused
from speeches.models import Draft, ReviewRecord, Speech
from speeches.services import proofreading
from speeches.workflow import Transition

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PROOFREAD_BEFORE = (Stage.APPROVED, Stage.PUBLISHED)
"""The stages that no speech reaches with a severe finding that nobody settled."""


def advance(
    *,
    draft: Draft,
    action: Action,
    user: User,
    opinion: str = "",
    expected_version: int | None = None,
) -> ReviewRecord:
    """Submit, approve, send back, revise, archive or restore ``draft``; return the record.

    ``expected_version`` is the version that the reviewer read. Raises TransitionRefused, in
    Chinese, for a wrong stage, a missing permission or reason, a reviewer who is the author or
    reviewed this round already, and a draft that somebody else moved or saved meanwhile.
    """
    with transaction.atomic():
        transition = checked(draft=draft, action=action, user=user, opinion=opinion)
        if action == Action.ARCHIVE and draft.editions.current().exists():
            raise TransitionRefused(
                _("“%(title)s” is public: withdraw it first.") % {"title": draft}
            )
        return move(
            draft=draft,
            transition=transition,
            user=user,
            opinion=opinion,
            expected_version=expected_version,
        )


@dataclass(slots=True)
class Submissions:
    """What ``submit_all`` did: the drafts now under review, and why the others are not."""

    submitted: list[Draft] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def submit_all(*, candidates: Iterable[Draft], user: User) -> Submissions:
    """Submit every one of ``candidates``; a refusal is reported and keeps none of the others."""
    result = Submissions()
    for draft in candidates:
        try:
            advance(draft=draft, action=Action.SUBMIT, user=user)
        except TransitionRefused as error:
            told = str(error)
            named = told if str(draft) in told else f"“{draft}”：{told}"
            result.problems.append(named)
        else:
            result.submitted.append(draft)
    return result


def checked(*, draft: Draft, action: Action, user: User, opinion: str = "") -> Transition:
    """Return the row of the table for this step; raise TransitionRefused where not allowed."""
    transition = workflow.transitions(settings.REVIEW_STEPS).get(
        (Stage(draft.stage), Action(action))
    )
    if transition is None:
        raise TransitionRefused(
            _("“%(title)s” is at stage “%(stage)s”: “%(action)s” is not possible there.")
            % {
                "title": draft,
                "stage": draft.get_stage_display(),
                "action": Action(action).label,
            }
        )
    problem = refusal(draft=draft, transition=transition, user=user)
    if problem:
        raise TransitionRefused(problem)
    if transition.needs_opinion and not opinion.strip():
        raise TransitionRefused(
            _("“%(action)s” needs a reason.") % {"action": transition.action.label}
        )
    return transition


def refusal(*, draft: Draft, transition: Transition, user: User) -> str:
    """Return why ``user`` may not take ``transition``, empty where they may."""
    if not user.has_perm(transition.permission):
        return _("You have no permission for “%(action)s” at this stage.") % {
            "action": transition.action.label
        }
    if transition.action == Action.SUBMIT and not _may_submit(draft, user):
        return _("Only the author submits a draft.")
    if transition.independent:
        if user.pk in contributors(draft):
            return _("Nobody reviews own work.")
        if user.pk in earlier_reviewers(draft):
            return _(
                "You already reviewed “%(title)s” in this round; each review is by another person."
            ) % {"title": draft}
    if transition.target in PROOFREAD_BEFORE and isinstance(draft, Speech):
        return proofreading.blocking_findings(speeches=[draft])
    return ""


def _may_submit(draft: Draft, user: User) -> bool:
    return draft.author_id == user.pk or user.has_perm("speeches.change_any_draft")


def contributors(draft: Draft) -> set[int]:
    """Return the ids of everybody who wrote on ``draft``: its author and all its editors."""
    editors = draft.history.values_list("history_user_id", flat=True)
    return {draft.author_id, *editors} - {None}


def earlier_reviewers(draft: Draft) -> set[int]:
    """Return the ids of those who approved a step of the present round."""
    approvals = draft.records.filter(round=draft.review_round, action=Action.APPROVE)
    return set(approvals.values_list("actor_id", flat=True))


def move(
    *,
    draft: Draft,
    transition: Transition,
    user: User,
    opinion: str = "",
    expected_version: int | None = None,
    edition_hash: str = "",
) -> ReviewRecord:
    """Take a checked ``transition``: a conditional update on the old stage, and its records.

    Must run inside a transaction. Raises TransitionRefused where the row is no longer as read, so
    a double submit fails cleanly. ``draft`` is brought up to date.
    """
    version = draft.lock_version if expected_version is None else expected_version
    new_round = draft.review_round + (transition.action == Action.SUBMIT)
    moved = (
        type(draft)
        ._default_manager.filter(pk=draft.pk, stage=transition.source, lock_version=version)
        .update(
            stage=transition.target,
            review_round=new_round,
            lock_version=F("lock_version") + 1,
            updated_at=timezone.now(),
        )
    )
    if not moved:
        raise TransitionRefused(
            _("“%(title)s” was changed or moved by somebody else meanwhile; please look again.")
            % {"title": draft}
        )
    draft.refresh_from_db(fields=["stage", "review_round", "lock_version", "updated_at"])
    return _record(draft, transition, user, opinion, edition_hash)


def _record(
    draft: Draft, transition: Transition, user: User, opinion: str, edition_hash: str
) -> ReviewRecord:
    reviews: tuple[str, ...] = ("",)
    if transition.action == Action.APPROVE:
        reviews = workflow.covered_reviews(transition.source, settings.REVIEW_STEPS)
    elif transition.action == Action.RETURN:
        reviews = (transition.source,)
    text_hash = draft.text_hash()
    for review in reviews:
        record = ReviewRecord.objects.create(
            draft=draft,
            action=transition.action,
            source=transition.source,
            target=transition.target,
            review=review,
            round=draft.review_round,
            actor=user,
            opinion=opinion.strip(),
            edition_hash=edition_hash,
            text_hash=text_hash,
        )
    return record
