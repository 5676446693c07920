"""What every draft has beside its content: a stage, an author, and a version for locking."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Model, QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.signals import pre_create_historical_record

from speeches import workflow
from speeches.enums import Stage
from speeches.models.content import Content
from speeches.models.editions import hash_of
from speeches.querysets import DraftQuerySet, KeptDrafts


class LastingRecords(GenericRelation):
    """The review records of a draft, which stay when the draft is deleted for good."""

    def bulk_related_objects(self, objs: Iterable[Model], using: str | None = None) -> QuerySet:
        """Offer nothing to be deleted together with ``objs``."""
        return super().bulk_related_objects(objs, using or "default").none()


class Draft(Content):
    """A piece of content that staff edit and review; readers never see it.

    ``lock_version`` grows with every write; ``review_round`` with every submission, so that the
    reviewers of an earlier round may review again. One with ``binned_at`` lies in the recycle bin,
    at the stage and place it had: ``objects`` does not know it, ``everything`` does.
    """

    stage = models.CharField(
        _("stage"), max_length=16, choices=Stage, default=Stage.DRAFT, editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    review_round = models.PositiveSmallIntegerField(default=0, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    binned_at = models.DateTimeField(
        _("in the recycle bin since"), null=True, blank=True, editable=False
    )
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("put into the recycle bin by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    records = LastingRecords("speeches.ReviewRecord")

    history: Any  # each concrete draft keeps its own
    _history_user: Any  # whom django-simple-history names as the editor
    _change_reason: str  # why, as the history tells it
    editions: Any  # the related manager of its own kind of edition

    objects = KeptDrafts.from_queryset(DraftQuerySet)()
    everything = DraftQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_editable(self) -> bool:
        """Whether the text may be changed: not while it is under review, approved or public."""
        return self.stage in workflow.EDITABLE_STAGES

    def text_hash(self) -> str:
        """Return the SHA-256 of everything that readers would be shown."""
        return hash_of(kind=self._meta.model_name, content=self.content())

    def is_visible_to(self, user) -> bool:
        """Whether ``user`` may open the draft: the twin of ``visible_to()``."""
        return user.has_perm("speeches.view_any_draft") or self.author_id == user.pk


class DraftHistory(models.Model):
    """An earlier state of a draft, with what stands in other tables.

    ``kept_parts`` holds the speakers, figures and topics as ``Content.parts`` tells them; None in
    rows from before they were kept.
    """

    kept_parts = models.JSONField(_("speakers, figures and topics"), null=True, editable=False)

    class Meta:
        abstract = True


@receiver(pre_create_historical_record)
def keep_parts(instance: Model, history_instance: Any, **_named: Any) -> None:
    """Note the parts with every state of a draft that is kept."""
    if isinstance(instance, Draft) and instance.pk is not None:
        history_instance.kept_parts = instance.parts()
