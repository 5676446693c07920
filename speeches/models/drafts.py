"""What every draft has beside its content: a stage, an author, and a version for locking."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from speeches import workflow
from speeches.enums import Stage
from speeches.models.content import Content
from speeches.models.editions import hash_of
from speeches.querysets import DraftQuerySet


class Draft(Content):
    """A piece of content that staff edit and review; readers never see it.

    ``lock_version`` grows with every write; ``review_round`` with every submission, so that the
    reviewers of an earlier round may review again.
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
    records = GenericRelation("speeches.ReviewRecord")

    history: Any  # each concrete draft keeps its own
    _history_user: Any  # whom django-simple-history names as the editor
    editions: Any  # the related manager of its own kind of edition

    objects = DraftQuerySet.as_manager()

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
