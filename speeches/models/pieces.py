"""Rows about a draft of any kind, which they name by a generic key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from speeches.models.drafts import Draft

Key = tuple[int, int]
"""A draft of any kind: its content type and its number."""


def key_of(draft: Draft) -> Key:
    """Return the generic key of ``draft``."""
    return ContentType.objects.get_for_model(type(draft)).pk, draft.pk


def among(drafts: Iterable[Draft]) -> Q:
    """Return the condition of being about one of ``drafts``, of whatever kinds."""
    numbers: dict[int, list[int]] = {}
    for draft in drafts:
        content_type, object_id = key_of(draft)
        numbers.setdefault(content_type, []).append(object_id)
    wanted = Q(pk__in=[])
    for content_type, object_ids in numbers.items():
        wanted |= Q(content_type=content_type, object_id__in=object_ids)
    return wanted


class AboutDraftsQuerySet(models.QuerySet):
    """Rows about drafts, found by these."""

    def about(self, draft: Draft) -> AboutDraftsQuerySet:
        """The rows about one draft."""
        content_type, object_id = key_of(draft)
        return self.filter(content_type=content_type, object_id=object_id)

    def about_all(self, drafts: Iterable[Draft]) -> AboutDraftsQuerySet:
        """The rows about ``drafts`` of whatever kinds, in one query."""
        return self.filter(among(drafts))


class AboutDraft(models.Model):
    """A row about a draft of any kind."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    draft = GenericForeignKey()

    objects = AboutDraftsQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def key(self) -> Key:
        """The generic key of the draft."""
        return self.content_type_id, self.object_id
