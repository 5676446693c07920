"""Whose turn is it? The drafts that wait for one person."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from speeches import workflow
from speeches.enums import Action, Stage
from speeches.models import ReviewRecord


def waiting_for(drafts: QuerySet, user) -> QuerySet:
    """Return the ``drafts`` on which ``user`` can take the next step.

    Reviews that the user has the permission for, without own work and what the user approved in
    this round; approved drafts for those who publish; own drafts that were sent back.
    """
    stages = [
        stage
        for stage in workflow.REVIEW_PATHS[settings.REVIEW_STEPS]
        if user.has_perm(f"speeches.{stage.value}")
    ]
    wrote = drafts.model.history.filter(id=OuterRef("pk"), history_user=user)
    approved = ReviewRecord.objects.filter(
        content_type=ContentType.objects.get_for_model(drafts.model),
        object_id=OuterRef("pk"),
        round=OuterRef("review_round"),
        action=Action.APPROVE,
        actor=user,
    )
    waiting = Q(stage__in=stages) & ~Q(author=user) & ~Exists(wrote) & ~Exists(approved)
    waiting |= Q(stage=Stage.NEEDS_CHANGES, author=user)
    if user.has_perm("speeches.publish_draft"):
        waiting |= Q(stage=Stage.APPROVED)
    return drafts.filter(waiting)
