"""Visibility as queryset methods, each with an instance twin on the model."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models

from speeches.enums import ClosedAs

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class DraftQuerySet(models.QuerySet):
    """What staff may see and change."""

    def visible_to(self, user: AbstractUser) -> DraftQuerySet:
        """Drafts that ``user`` may open: all of them for reviewers, their own for editors."""
        if user.has_perm("speeches.view_any_draft"):
            return self
        return self.filter(author=user)


class KeptDrafts(models.Manager):
    """Drafts outside the recycle bin: what every list, choice and count is made of."""

    def get_queryset(self) -> models.QuerySet:
        """Leave out what was thrown away."""
        return super().get_queryset().filter(binned_at__isnull=True)


class ImportBatchQuerySet(models.QuerySet):
    """Imported files that staff may work on."""

    def visible_to(self, user: AbstractUser) -> ImportBatchQuerySet:
        """Files that ``user`` may open: all of them for reviewers, their own for editors."""
        if user.has_perm("speeches.view_any_draft"):
            return self
        return self.filter(created_by=user)


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are read and added, and nothing else."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Insert many; refuse to change those that are there already."""
        if kwargs.get("update_conflicts"):
            raise self.model.immutable()
        return super().bulk_create(objs, *args, **kwargs)

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise self.model.immutable()

    def delete(self) -> NoReturn:
        """Refuse."""
        raise self.model.immutable()

    def follow_merger(self, *, column: str, old: int, new: int) -> list[int]:
        """Lead the links ``column`` (``speaker_id``) of a merged record to the one that stays.

        The number as of publication is kept, so that hashes hold. Return the rows' numbers.
        """
        rows = list(self.filter(**{column: old}).values_list("pk", "published_links"))
        for pk, kept in rows:
            links = {column: old, **kept}
            one = super().filter(pk=pk)
            super(AppendOnlyQuerySet, one).update(**{column: new, "published_links": links})
        return [pk for pk, _kept in rows]

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise self.model.immutable()


class EditionQuerySet(AppendOnlyQuerySet):
    """Editions: append-only, and closed once."""

    def current(self) -> EditionQuerySet:
        """The editions that readers see: at most one of each draft."""
        return self.filter(closed_at__isnull=True)

    def close(self, *, at: datetime, closed_as: ClosedAs) -> int:
        """End the life of the current editions among these; return how many there were."""
        return super(AppendOnlyQuerySet, self.current()).update(closed_at=at, closed_as=closed_as)
