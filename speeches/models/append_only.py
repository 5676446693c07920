"""Rows that are inserted and then never changed or deleted."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speeches.exceptions import EditionImmutable, SpeechesError
from speeches.querysets import AppendOnlyQuerySet


class FollowsMergers(models.Model):
    """A published row whose links follow a body or person that is merged into another.

    ``published_links`` keeps, by column, the number that the link had when it was published: the
    hash covers that one, and the words as printed never change.
    """

    published_links = models.JSONField(_("links at publication"), default=dict, editable=False)

    class Meta:
        abstract = True

    def link_at_publication(self, column: str) -> int | None:
        """Return the number that the link ``column`` (``speaker_id``) had at publication."""
        number: int | None = self.published_links.get(column, getattr(self, column))
        return number


class AppendOnly(models.Model):
    """A row that is inserted and then never changed or deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to change a row that is already stored."""
        if not self._state.adding:
            raise self.immutable()
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise self.immutable()

    @staticmethod
    def immutable() -> SpeechesError:
        """Return the refusal to change or delete such a row."""
        return EditionImmutable(gettext("A published edition is never changed or deleted."))
