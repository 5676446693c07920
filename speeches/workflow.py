"""三审三校 as one table: which action leads from which stage to which, and who may not take it.

The review practice of a publishing office: three reviews, each by another person and none by the
author. A small office may merge steps (``steps`` of 2 or 1); the review that remains then stands
for the merged ones, and each keeps its line in the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from speeches.enums import Action, Stage

REVIEW_PATHS: Mapping[int, tuple[Stage, ...]] = MappingProxyType(
    {
        1: (Stage.FINAL_REVIEW,),
        2: (Stage.FIRST_REVIEW, Stage.FINAL_REVIEW),
        3: (Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.FINAL_REVIEW),
    }
)
"""The reviews a draft passes, by the number of steps an office has people for."""

REVIEW_STAGES = REVIEW_PATHS[3]
EDITABLE_STAGES = (Stage.DRAFT, Stage.NEEDS_CHANGES)
IN_WORK_STAGES = (*EDITABLE_STAGES, *REVIEW_STAGES, Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    ``permission`` is the full Django name. ``needs_opinion`` demands a written reason.
    ``independent`` means: not by the author, and not by anyone who already reviewed this round.
    """

    source: Stage
    action: Action
    target: Stage
    permission: str
    needs_opinion: bool = False
    independent: bool = False


@cache
def transitions(steps: int = 3) -> Mapping[tuple[Stage, Action], Transition]:
    """Return the table for an office with ``steps`` review steps (1 to 3).

    Raises KeyError for any other number.
    """
    path = REVIEW_PATHS[steps]
    rows = [
        Transition(stage, Action.SUBMIT, path[0], "speeches.submit_draft")
        for stage in EDITABLE_STAGES
    ]
    for stage in REVIEW_STAGES:
        following = _following(stage, path)
        permission = f"speeches.{stage.value}"
        rows += [
            Transition(stage, Action.APPROVE, following, permission, independent=True),
            Transition(
                stage,
                Action.RETURN,
                Stage.NEEDS_CHANGES,
                permission,
                needs_opinion=True,
                independent=True,
            ),
        ]
    rows += [
        Transition(Stage.APPROVED, Action.PUBLISH, Stage.PUBLISHED, "speeches.publish_draft"),
        Transition(Stage.PUBLISHED, Action.REVISE, Stage.DRAFT, "speeches.submit_draft"),
        Transition(Stage.WITHDRAWN, Action.REVISE, Stage.DRAFT, "speeches.submit_draft"),
        Transition(Stage.ARCHIVED, Action.RESTORE, Stage.DRAFT, "speeches.archive_draft"),
    ]
    rows += [
        Transition(
            stage,
            Action.WITHDRAW,
            Stage.WITHDRAWN,
            "speeches.withdraw_draft",
            needs_opinion=True,
        )
        for stage in (*IN_WORK_STAGES, Stage.PUBLISHED)
    ]
    rows += [
        Transition(stage, Action.ARCHIVE, Stage.ARCHIVED, "speeches.archive_draft")
        for stage in (*EDITABLE_STAGES, Stage.WITHDRAWN)
    ]
    return MappingProxyType({(row.source, row.action): row for row in rows})


def _following(stage: Stage, path: tuple[Stage, ...]) -> Stage:
    """Return the next review on ``path`` after ``stage``, itself maybe no longer on it."""
    later = REVIEW_STAGES[REVIEW_STAGES.index(stage) + 1 :]
    return next((review for review in later if review in path), Stage.APPROVED)


def actions_from(stage: Stage, steps: int = 3) -> tuple[Transition, ...]:
    """Return the rows that lead away from ``stage``, in the order of the table."""
    return tuple(row for row in transitions(steps).values() if row.source == stage)


def covered_reviews(stage: Stage, steps: int = 3) -> tuple[Stage, ...]:
    """Return the reviews that an approval at ``stage`` stands for.

    With three steps each stands for itself; with fewer, a review also stands for the merged ones
    right before it.
    """
    path = REVIEW_PATHS[steps]
    covered = [stage]
    for earlier in reversed(REVIEW_STAGES[: REVIEW_STAGES.index(stage)]):
        if earlier in path:
            break
        covered.insert(0, earlier)
    return tuple(covered)
