"""The order of the speeches of a meeting, set by staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from speeches import workflow
from speeches.exceptions import TransitionRefused
from speeches.models import Meeting, Speech
from speeches.services import drafts
from speeches.services.ordering import planned_positions

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def reorder(*, meeting: Meeting, order: Sequence[int], user: User) -> list[Speech]:
    """Bring the speeches of ``meeting`` into ``order`` (their numbers); return those that moved.

    As few as possible get another position. One under review keeps its reviews, as its words stay,
    but only who may change drafts of others moves it; what is public is moved by a new edition
    alone. Raises TransitionRefused, and moves nothing, where the order names other speeches than
    the meeting has or a speech may not be moved.
    """
    drafts.locked(meeting)
    speeches = {speech.pk: speech for speech in meeting.speech_set.select_for_update()}
    if sorted(order) != sorted(speeches):
        raise TransitionRefused(
            _("Speeches were added or taken away meanwhile: look at the board again.")
        )
    rows = [(pk, (speeches[pk].position, pk)) for pk in order]
    planned = planned_positions(rows)
    moved = [speeches[pk] for pk in planned]
    for speech in moved:
        if not _may_move(speech, user):
            raise TransitionRefused(
                _("“%(title)s” is at stage “%(stage)s”: you cannot move it.")
                % {"title": speech, "stage": speech.get_stage_display()}
            )
    for speech in moved:
        speech.position = planned[speech.pk]
        speech.lock_version += 1
        speech._history_user = user
        speech.full_clean()
        speech.save()
    return moved


def _may_move(speech: Speech, user: User) -> bool:
    if speech.is_editable():
        return drafts.may_edit(draft=speech, user=user)
    return speech.stage in workflow.IN_WORK_STAGES and user.has_perm("speeches.change_any_draft")
